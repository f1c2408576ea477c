"""What every address of TAXII has in common: who asks, in which media type, and how it is told what is wrong.

Every answer is in the media type of TAXII, those that tell of an error too (section 3.6.1).
"""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from exchange.machines import machine

TYPE, VERSION = "application/taxii+json", "2.1"
MEDIA_TYPE = f"{TYPE};version={VERSION}"
STIX_TYPE = "application/stix+json;version=2.1"
TITLES = {
    400: "Bad request", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 405: "Method not allowed",
    406: "Not acceptable", 413: "Too long", 415: "Unsupported media type", 422: "Not processed",
    429: "Too many requests",
}  # fmt: skip
WHOLE = re.compile(r"0(\.0*)?")  # a quality of nothing at all (RFC 9110, section 12.4.2)

View = Callable[..., HttpResponseBase]


class Wrong(Exception):
    """What was asked cannot be answered: a status, and a sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def taxii(view: View) -> View:
    """A view for the machines of TAXII; what it raises becomes an error message of TAXII."""

    @machine(error=error)
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if not is_acceptable(request.headers.get("Accept", "*/*")):
                raise Wrong(406, _("This server speaks %(type)s.") % {"type": MEDIA_TYPE})
            response = view(request, *args, **kwargs)
        except Wrong as wrong:
            return error(request, wrong.status, wrong.sentence)
        return _not_by_this_method(request, response) if response.status_code == 405 else response

    return answered


def answer(told: dict[str, Any], *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    return written(json.dumps(told, ensure_ascii=False), status=status, headers=headers)


def written(text: str, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """`text` is JSON already."""
    return HttpResponse(text.encode(), status=status, content_type=MEDIA_TYPE, headers=headers)


def error(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Section 3.6.1."""
    told = {"title": TITLES[status], "description": sentence, "http_status": str(status)}
    if reference := getattr(request, "reference", ""):
        told["error_id"] = reference
    return answer(told, status=status)


def is_acceptable(header: str) -> bool:
    """Without a version it is the newest we serve; a space before `version` changes nothing (section 1.6.8.1)."""
    return any(_serves(one) for one in header.split(",")) if header.strip() else True


def is_taxii(content_type: str) -> bool:
    name, parameters = _parts(content_type)
    return name == TYPE and parameters.get("version", VERSION) == VERSION


def _serves(one: str) -> bool:
    name, parameters = _parts(one)
    if WHOLE.fullmatch(parameters.get("q", "1")):
        return False
    return name in ("*/*", "application/*") or (name == TYPE and parameters.get("version", VERSION) == VERSION)


def _parts(media_type: str) -> tuple[str, dict[str, str]]:
    name, *rest = media_type.lower().split(";")
    pairs = (parameter.partition("=") for parameter in rest)
    return name.strip(), {key.strip(): value.strip().strip('"') for key, _is, value in pairs}


def _not_by_this_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    told = error(request, 405, _("This address answers %(methods)s.") % {"methods": response["Allow"]})
    told["Allow"] = response["Allow"]
    return told
