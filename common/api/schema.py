from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from common.api.problems import MEDIA_TYPE


class Fault(serializers.Serializer):
    field = serializers.CharField(required=False, help_text="Where in what was sent.")
    question = serializers.CharField(required=False, help_text="The question of an update.")
    detail = serializers.CharField(help_text="A sentence for people.")


class Problem(serializers.Serializer):
    """What went wrong (RFC 9457). The sentences are in the language of the token's owner."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened, and what to do.")
    errors: Any = Fault(many=True, required=False)


FAILURES = {
    400: "Bad request",
    401: "No token that holds",
    403: "Not allowed",
    406: "It is not given in what Accept asks for",
    429: "Too many requests",
}
UNCOUNTED: dict[Any, Any] = {(503, MEDIA_TYPE): Problem}  # of what is closed while nothing can be counted
NOT_THERE = {404: "Not there, or not for you"}
OF_SENDING = {
    409: "The status forbids it",
    413: "Too large",
    415: "Not JSON",
    422: "Answers are missing or not complete",
    503: "Cannot be taken now",
}


def _header(words: str, kind: str = "string") -> dict[str, Any]:
    return {"description": words, "schema": {"type": kind}}


LIMITS = {
    "RateLimit-Policy": _header("The limits that count here: how many requests (q) in how many seconds (w)."),
    "RateLimit": _header("What is left of each (r), and for how many seconds (t)."),
}
WAIT = {"Retry-After": _header("After how many seconds to try again.", "integer")}
CHALLENGE = {"WWW-Authenticate": _header("How to show a token.")}
MORE_HEADERS = {"401": CHALLENGE, "429": WAIT, "503": WAIT}


class Operation(AutoSchema):
    """Says of each operation how it can fail, too."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        failures = FAILURES | (NOT_THERE if "{" in self.path else {}) | (OF_SENDING if self.method == "POST" else {})
        for code, words in failures.items():
            body = self._get_response_for_code(Problem, str(code), [MEDIA_TYPE], direction)
            bodies[str(code)] = body | {"description": words}
        for answered, body in bodies.items():
            body["headers"] = LIMITS | MORE_HEADERS.get(answered, {})
        return bodies
