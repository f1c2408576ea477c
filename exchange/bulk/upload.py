"""A file as somebody sends it: bounded before it is read."""

from typing import Any

from django.utils.translation import gettext as _

from documents.arriving import NoRoom
from documents.refusal import NO_ROOM, Refused
from exchange.models import Import

ACCEPT = ".csv,.txt,.json,text/csv,application/json"


def content_of(upload: Any) -> bytes:
    """Raises Refused."""
    if isinstance(upload, NoRoom):
        raise Refused(NO_ROOM)
    if upload.size > Import.MOST_BYTES:
        raise Refused(_("This file is too large. Import at most 5 MB at a time."))
    if not upload.size:
        raise Refused(_("This file is empty. Choose another one."))
    upload.seek(0)
    content: bytes = upload.read()
    return content
