"""Office files are ZIP archives of XML: Word and Excel (OOXML, ECMA-376) and OpenDocument.

The order matters: the directory of the archive is measured before it is read, the sizes it states are summed before
anything is unpacked, and only then are a few parts looked into.
"""

import re
import struct
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext_lazy as _

from documents.refusal import Refused

MOST_ENTRIES = 2_000
MOST_BYTES = 50 * 1024 * 1024
HIGHEST_RATIO = 100
LARGEST_DIRECTORY = 512 * 1024
LARGEST_TYPES = 1024 * 1024
PROLOGUE = 64 * 1024

END = struct.Struct("<4s4H2LH")  # end of central directory (APPNOTE 4.3.16), without a comment

DAMAGED = _("This file is damaged. Open it, save it again and send the new file.")
TOO_LARGE = _("This file unpacks to far more than it should. Remove what is large in it, or save it as PDF.")
MACROS = _("This file holds macros. Save it without macros, as .docx or .xlsx, or as PDF.")
ENTITIES = _("This file holds XML definitions that no office program writes. Save it again, or save it as PDF.")
LOCKED = _("This file is protected by a password. Remove the password and send it again.")

MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
ODF_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
ACTIVE = re.compile(
    r"vbaproject|vbadata|(^|/)macrosheets/|(^|/)activex/|^(basic|scripts)/|\.(docm|dotm|xlsm|xltm|xlam|xlsb|exe|dll|js|vbs)$",
    re.IGNORECASE,
)
XML = re.compile(r"\.(xml|rels|rdf)$", re.IGNORECASE)
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
ROOT = re.compile(rb"<[A-Za-z_:]")


def check(uploaded: Any) -> str:
    _check_directory(uploaded)
    try:
        with ZipFile(uploaded) as archive:
            _check_entries(archive.infolist(), uploaded.size)
            kind = _kind(archive)
            _check_definitions(archive)
            return kind
    except (BadZipFile, DefusedXmlException, ElementTree.ParseError, ValueError, EOFError, OSError) as error:
        raise Refused(ENTITIES if isinstance(error, DefusedXmlException) else DAMAGED) from error


def _check_directory(uploaded: Any) -> None:
    """The archive is all of the file: nothing before, after or between, so that it is not two files at once."""
    uploaded.seek(-min(END.size, uploaded.size), 2)
    end = uploaded.read()
    if len(end) < END.size or end[:4] != b"PK\x05\x06":
        raise Refused(DAMAGED)
    _mark, disk, first_disk, here, entries, size, start, comment = END.unpack(end)
    if entries > MOST_ENTRIES or size > LARGEST_DIRECTORY:
        raise Refused(TOO_LARGE)
    if disk or first_disk or comment or here != entries or start + size + END.size != uploaded.size:
        raise Refused(DAMAGED)
    uploaded.seek(0)


def _check_entries(entries: list[ZipInfo], size: int) -> None:
    packed, unpacked = sum(e.compress_size for e in entries), sum(e.file_size for e in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or unpacked > HIGHEST_RATIO * max(packed, 1):
        raise Refused(TOO_LARGE)
    names = [entry.filename for entry in entries]
    if packed > size or len(set(map(str.lower, names))) < len(names) or not all(map(_is_plain, entries)):
        raise Refused(DAMAGED)  # parts that overlap, bear one name, or lie outside the archive
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(LOCKED)
    if any(ACTIVE.search(name) for name in names):
        raise Refused(MACROS)


def _is_plain(entry: ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    return (
        entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        and not path.is_absolute()
        and ".." not in path.parts
        and "\\" not in entry.filename
    )


def _kind(archive: ZipFile) -> str:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        if archive.getinfo("[Content_Types].xml").file_size > LARGEST_TYPES:
            raise Refused(TOO_LARGE)
        return _office_kind(archive.read("[Content_Types].xml"))
    if "mimetype" in names and (kind := ODF_TYPES.get(archive.read("mimetype").strip())):
        return kind
    raise Refused(_("An archive cannot be sent as it is. Send the files in it one by one."))


def _office_kind(types: bytes) -> str:
    parts = {e.get("ContentType", "") for e in ElementTree.fromstring(types, forbid_dtd=True).iter()}
    if any("macroenabled" in part.lower() or "vba" in part.lower() for part in parts):
        raise Refused(MACROS)
    kinds = {MAIN_TYPES[part] for part in parts if part in MAIN_TYPES}
    if len(kinds) != 1:
        raise Refused(_("This is not a Word document or an Excel workbook. Save it as PDF and send that."))
    return kinds.pop()


def _check_definitions(archive: ZipFile) -> None:
    """A document type stands before the root element, in any encoding; entities stand in a document type."""
    for entry in archive.infolist():
        if XML.search(entry.filename):
            with archive.open(entry) as part:
                start = COMMENT.sub(b"", part.read(PROLOGUE).replace(b"\x00", b""))
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start or (entry.file_size and not ROOT.search(start)):
                raise Refused(ENTITIES)
