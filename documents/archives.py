"""Office files are ZIP archives of XML: Word and Excel (OOXML, ECMA-376) and OpenDocument.

The order matters: the directory of the archive is measured before it is read, the sizes it states are summed before
anything is unpacked, and only then are a few parts looked into.
"""

import re
import struct
import zlib
from collections import Counter
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

from documents import embedded, prolog
from documents.refusal import DAMAGED, TOO_LARGE, Refused

MOST_ENTRIES = 1_000
MOST_BYTES = 50 * 1024 * 1024
HIGHEST_RATIO = 100
LARGEST_DIRECTORY = 512 * 1024
# With the documents in it; "read" are types and relationships, in bytes, which are read to their end.
MOST = {"parts": 1_500, "read": 2 * 1024 * 1024, "elements": 20_000, "embedded": 8 * 1024 * 1024}
EMPTY = 16  # bytes at most that a part without content is packed in

END = struct.Struct("<4s4H2LH")  # end of central directory (APPNOTE 4.3.16), without a comment

MACROS = _("This file holds macros. Save it without macros, as .docx or .xlsx, or as PDF.")
LOCKED = _("This file is protected by a password. Remove the password and send it again.")
EMBEDDED = _("There is a file in this one that would not be taken by itself. Remove it, or save it all as PDF.")
FETCHES = _("This file fetches a template or another file when it is opened. Remove that link, or save it as PDF.")

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


class Spent(Counter[str]):
    """What was looked at of one upload, together with the documents in it."""

    def add(self, what: str, amount: int = 1) -> None:
        self[what] += amount
        if self[what] > MOST[what]:
            raise Refused(TOO_LARGE)


def check(uploaded: Any) -> str:
    return _check(uploaded, uploaded.size, Spent(), inside=False)


def _check(file: Any, size: int, spent: Spent, *, inside: bool) -> str:
    _check_directory(file, size)
    try:
        with ZipFile(file) as archive:
            _check_entries(archive.infolist(), size)
            spent.add("parts", len(archive.infolist()))
            kind, types = _kind(archive, spent)
            for entry in archive.infolist():
                if entry.file_size:
                    _check_part(archive, entry, XML | types, spent, inside=inside)
            return kind
    except UNREADABLE as error:
        raise Refused(DAMAGED) from error


def _check_directory(uploaded: Any, whole: int) -> None:
    """The archive is all of the file: nothing before, after or between, so that it is not two files at once."""
    uploaded.seek(-min(END.size, whole), 2)
    end = uploaded.read()
    if len(end) < END.size or end[:4] != b"PK\x05\x06":
        raise Refused(DAMAGED)
    _mark, disk, first_disk, here, entries, size, start, comment = END.unpack(end)
    if entries > MOST_ENTRIES or size > LARGEST_DIRECTORY:
        raise Refused(TOO_LARGE)
    if disk or first_disk or comment or here != entries or start + size + END.size != whole:
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


def _kind(archive: ZipFile, spent: Spent) -> tuple[str, set[str]]:
    """What the file is, and which of its parts are XML whatever they are called (see `_is_xml`)."""
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        return _office_kind(_read(archive, archive.getinfo("[Content_Types].xml"), "read", spent), spent)
    if "mimetype" in names:
        told = _read(archive, archive.getinfo("mimetype"), "read", spent)
        if kind := ODF_TYPES.get(told.strip()):
            return kind, set()
    raise Refused(NO_ARCHIVE)


def _read(archive: ZipFile, entry: ZipInfo, what: str, spent: Spent) -> bytes:
    spent.add(what, entry.file_size)
    return archive.read(entry)


def _office_kind(content: bytes, spent: Spent) -> tuple[str, set[str]]:
    types: set[str] = set()
    in_xml: set[str] = set()

    def declared(_element: str, attributes: dict[str, str]) -> None:
        spent.add("elements")
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


def _check_part(archive: ZipFile, entry: ZipInfo, types: set[str], spent: Spent, *, inside: bool) -> None:
    name = entry.filename.lower()
    with archive.open(entry) as part:
        start = part.read(prolog.LENGTH)
    prolog.check(start, whole=entry.file_size <= prolog.LENGTH, is_xml=_is_xml(name, types))
    if start.startswith(b"PK\x03\x04") and not inside:
        _check_embedded(_read(archive, entry, "embedded", spent), spent)
    elif start.startswith(b"PK\x03\x04") or embedded.is_foreign(name, start):
        raise Refused(EMBEDDED)
    if name.endswith(".rels"):
        _check_relationships(_read(archive, entry, "read", spent), spent)


def _check_embedded(content: bytes, spent: Spent) -> None:
    try:
        _check(BytesIO(content), len(content), spent, inside=True)
    except Refused as refused:
        raise Refused(TOO_LARGE if refused.message == TOO_LARGE else EMBEDDED) from refused


def _check_relationships(content: bytes, spent: Spent) -> None:
    def related(_element: str, attributes: dict[str, str]) -> None:
        spent.add("elements")
        if embedded.is_fetched(attributes):
            raise Refused(FETCHES)

    prolog.each_element(content, related)


def _is_xml(name: str, types: set[str]) -> bool:
    """OOXML goes by type, given for an extension ("xml") or a part ("/word/document.dat"), not by name."""
    return name.rpartition(".")[2] in types or f"/{name}" in types
