"""Office files are ZIP archives of XML: Word and Excel (OOXML, ECMA-376) and OpenDocument.

The order matters: the directory of the archive is measured before it is read, the sizes it states are summed before
anything is unpacked, and only then are a few parts looked into.
"""

import re
import struct
import zlib
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

from documents import prolog
from documents.refusal import DAMAGED, TOO_LARGE, Refused

MOST_ENTRIES = 1_000
MOST_BYTES = 50 * 1024 * 1024
HIGHEST_RATIO = 100
LARGEST_DIRECTORY = 512 * 1024
LARGEST_TYPES = 512 * 1024
EMPTY = 16  # bytes at most that a part without content is packed in

END = struct.Struct("<4s4H2LH")  # end of central directory (APPNOTE 4.3.16), without a comment

MACROS = _("This file holds macros. Save it without macros, as .docx or .xlsx, or as PDF.")
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
XML = {"xml", "rels", "rdf", "svg"}  # by their name; others by their content type or how they begin
UNREADABLE = (BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, EOFError, OSError)
NO_ARCHIVE = _("An archive cannot be sent as it is. Send the files in it one by one.")
NO_OFFICE = _("This is not a Word document or an Excel workbook. Save it as PDF and send that.")


def check(uploaded: Any) -> str:
    _check_directory(uploaded)
    try:
        with ZipFile(uploaded) as archive:
            _check_entries(archive.infolist(), uploaded.size)
            kind, types = _kind(archive)
            _check_prologs(archive, XML | types)
            return kind
    except UNREADABLE as error:
        raise Refused(DAMAGED) from error


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
        and (entry.file_size > 0 or entry.compress_size <= EMPTY)
    )


def _kind(archive: ZipFile) -> tuple[str, set[str]]:
    """What the file is, and which of its parts are XML whatever they are called (see `_is_xml`)."""
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        if archive.getinfo("[Content_Types].xml").file_size > LARGEST_TYPES:
            raise Refused(TOO_LARGE)
        return _office_kind(archive.read("[Content_Types].xml"))
    if "mimetype" in names and (kind := ODF_TYPES.get(archive.read("mimetype").strip())):
        return kind, set()
    raise Refused(NO_ARCHIVE)


def _office_kind(content: bytes) -> tuple[str, set[str]]:
    types: set[str] = set()
    in_xml: set[str] = set()

    def declared(_element: str, attributes: dict[str, str]) -> None:
        types.add(kind := attributes.get("ContentType", "").partition(";")[0].strip())
        if kind.lower().endswith("xml"):
            in_xml.add(unquote(attributes.get("PartName") or attributes.get("Extension", "")).lower())

    prolog.each_element(content, declared)
    if any("macroenabled" in kind.lower() or "vba" in kind.lower() for kind in types):
        raise Refused(MACROS)
    kinds = {MAIN_TYPES[kind] for kind in types if kind in MAIN_TYPES}
    if len(kinds) != 1:
        raise Refused(NO_OFFICE)
    return kinds.pop(), in_xml


def _check_prologs(archive: ZipFile, types: set[str]) -> None:
    for entry in archive.infolist():
        if entry.file_size:
            with archive.open(entry) as part:
                start = part.read(prolog.LENGTH)
            prolog.check(start, whole=entry.file_size <= prolog.LENGTH, is_xml=_is_xml(entry.filename.lower(), types))


def _is_xml(name: str, types: set[str]) -> bool:
    """OOXML goes by type, given for an extension ("xml") or a part ("/word/document.dat"), not by name."""
    return name.rpartition(".")[2] in types or f"/{name}" in types
