"""Errors as problem details (RFC 9457): a sentence that says what happened and what to do."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


class Conflict(exceptions.APIException):
    """May, but the status forbids."""

    status_code = 409


class Gone(exceptions.APIException):
    """It was there; what is left says when it went."""

    status_code = 410


class TooLarge(exceptions.APIException):
    """The limit is that of forms: ``DATA_UPLOAD_MAX_MEMORY_SIZE``."""

    status_code = 413


class Unready(exceptions.APIException):
    """Well formed, and yet it cannot be done: ``errors`` say what is missing, each with its own sentence."""

    status_code = 422

    def __init__(self, detail: str, errors: list[dict[str, str]]) -> None:
        super().__init__(detail)
        self.errors = errors


def as_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, RequestDataTooBig):
        error = TooLarge(_("This is more than the portal takes at once. Send links instead of long texts."))
    response = exception_handler(error, context)
    if response is None:
        return None
    errors = getattr(error, "errors", None)
    if isinstance(error, exceptions.ValidationError):
        errors = [{"field": field, "detail": sentence} for field, sentence in _leaves(error.detail)]
    problem = problem_of(response.status_code, _sentence(error, errors or []))
    response.data = problem | ({"errors": errors} if errors else {})
    response.content_type = MEDIA_TYPE
    return response


def problem_of(status: int, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


class ProblemMiddleware:
    """What is refused below /api/ before a view of the API is reached is told as everything else is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_told = response.headers.get("Content-Type") == MEDIA_TYPE
        if response.status_code < 400 or is_told or not request.path_info.startswith("/api/"):
            return response
        told = JsonResponse(
            problem_of(response.status_code, _refusal(response.status_code)),
            status=response.status_code,
            content_type=MEDIA_TYPE,
        )
        for name in {"Allow", "Retry-After"} & set(response.headers):
            told[name] = response.headers[name]
        return told


def _refusal(status: int) -> str:
    sentences = {
        403: _("You may not do this. Your programme officer can say who may."),
        404: _("There is no such thing, or you may not see it."),
        405: _("This address is not asked this way. The header Allow says how it is."),
    }
    return sentences.get(status) or _("This cannot be read. Its description is at /api/v1/schema/.")


def _sentence(error: Exception, errors: list[dict[str, str]]) -> str:
    if isinstance(error, Http404 | exceptions.NotFound):
        return _("There is no such thing, or you may not see it.")
    if isinstance(error, exceptions.NotAuthenticated):
        return _("Send an access token in the header Authorization, after the word Bearer. Make one on your profile.")
    if isinstance(error, PermissionDenied):
        return str(error) or _("You may not do this. Your programme officer can say who may.")
    if isinstance(error, exceptions.ValidationError):
        first = errors[0] if errors else {"field": "", "detail": ""}
        return f"{first['field']}: {first['detail']}" if first["field"] else first["detail"]
    return str(getattr(error, "detail", error))


def _leaves(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(place, sentence): answers.3.stage, "A valid integer is required."."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            here = "" if name == "non_field_errors" else str(name)
            yield from _leaves(inner, ".".join(filter(None, (path, here))))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            is_place = isinstance(inner, dict | list)
            yield from _leaves(inner, f"{path}.{number}".lstrip(".") if is_place else path)
    else:
        yield path, str(detail)
