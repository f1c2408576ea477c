"""A kept file on its way out: to be saved, never run, shown or remembered by the browser."""

import logging
from typing import Any, TypeVar

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

logger = logging.getLogger(__name__)
R = TypeVar("R", bound=HttpResponseBase)


def as_download(file: Any, name: str) -> FileResponse:
    """`file` is a row with `content` and `media_type`. Ask both walls before."""
    return _closed(FileResponse(_content(file), as_attachment=True, filename=name, content_type=file.media_type))


def bytes_as_download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Of what is kept in a row, or made when it is read."""
    told = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return _closed(HttpResponse(content, content_type=media_type, headers=told))


def _closed(response: R) -> R:
    """Saved and never run, shown or remembered."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cache-Control"] = "no-store, private"
    return response


def _content(file: Any) -> Any:
    try:
        return file.content.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file of row %s is missing on the disk", file.pk)
        raise Http404 from error
