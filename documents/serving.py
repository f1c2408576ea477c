"""A kept file on its way out: to be saved, never run, shown or remembered by the browser."""

import logging
from typing import Any

from django.http import FileResponse, Http404

logger = logging.getLogger(__name__)


def as_download(file: Any, name: str) -> FileResponse:
    """`file` is a row with `content` and `media_type`. Ask both walls before."""
    response = FileResponse(_content(file), as_attachment=True, filename=name, content_type=file.media_type)
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
