"""What an upload must be before it is kept: told by its content, and by its name as well; they must agree.

Everything here costs little whatever the file claims: sizes are refused before anything is unpacked.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents import archives, pictures, portable
from documents.arriving import NoRoom
from documents.names import clean_name, extension_of
from documents.refusal import NO_ROOM, Refused

OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "odt": f"{ODF}.text",
    "ods": f"{ODF}.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
ACCEPT = ",".join(f".{extension}" for extension in MEDIA_TYPES)  # for <input type="file" accept>
ALLOWED: Promise | str = _("Send a PDF, a Word or Excel file, an OpenDocument file or a picture (PNG, JPEG, WebP).")

MAGIC = (
    (b"%PDF-", portable.check),
    (b"PK\x03\x04", archives.check),
    (b"\x89PNG\r\n\x1a\n", pictures.check_png),
    (b"\xff\xd8\xff", pictures.check_jpeg),
    (b"RIFF", pictures.check_webp),
)


@dataclass(frozen=True)
class Checked:
    """What is known of a file that passed: the type by content, and a name that is safe to write into a header."""

    media_type: str
    sha256: str
    size: int
    clean_name: str


def check_upload(uploaded: Any) -> Checked:
    """Looks at an uploaded file (Django's UploadedFile) without keeping it; raises Refused, a ValidationError whose
    message is a sentence that says what is wrong and what to do. Leaves the file at its beginning."""
    if isinstance(uploaded, NoRoom):
        raise Refused(NO_ROOM)
    name = clean_name(uploaded.name or "")
    _check_size(uploaded.size)
    uploaded.seek(0)
    told = _type_by_content(uploaded)
    if MEDIA_TYPES.get(extension_of(name)) != told:
        raise Refused(_("The content of this file is not what its name says. Save it again in its own format."))
    uploaded.seek(0)
    return Checked(told, digest(uploaded), uploaded.size, name)


def digest(content: Any) -> str:
    """The SHA-256 of a file, read to its end; leaves it at its beginning."""
    found = hashlib.sha256()
    while chunk := content.read(1 << 20):
        found.update(chunk)
    content.seek(0)
    return found.hexdigest()


def _check_size(size: int) -> None:
    if not size:
        raise Refused(_("This file is empty. Choose another one."))
    if size > settings.EVIDENCE_MAX_BYTES:
        most = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        raise Refused(_("This file is too large. A file may have up to %(size)s."), params={"size": most})


def _type_by_content(uploaded: Any) -> str:
    head = uploaded.read(1024)
    check = next((check for magic, check in MAGIC if head.startswith(magic)), None)
    if check is None:
        raise Refused(str(ALLOWED))
    if not head.startswith(b"%PDF-") and b"%PDF-" in head:  # readers of PDF look through the first kilobyte
        raise Refused(_("This file is of two types at once. Save it again in one format."))
    uploaded.seek(0)
    return MEDIA_TYPES[check(uploaded)]
