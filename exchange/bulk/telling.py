"""Which format a file is in, told by its content; what is none of them is refused with a sentence."""

import json
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from documents.refusal import Refused
from exchange.bulk import misp, objects, tables
from exchange.bulk.lines import Line, Terms
from exchange.models import Import
from exchange.stix.cutting import DECODER, Uncuttable, cut

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MARK = b"\xef\xbb\xbf"


def read(content: bytes, terms: Terms) -> tuple[str, list[Line]]:
    """The format, and a line for each thing in it.

    Raises Refused when nothing of it can be read, and when something of it is under TLP:RED or PAP:RED: the file is
    not kept then.
    """
    if len(content) > Import.MOST_BYTES:
        raise Refused(_("This file is too large. Import at most 5 MB at a time."))
    if not content.strip():
        raise Refused(_("This file is empty. Choose another one."))
    is_json = content.removeprefix(MARK).lstrip()[:1] in (b"{", b"[")
    found, lines = _of_json(content, terms) if is_json else (Import.Format.CSV, tables.lines_of(_text(content), terms))
    several: list[Line] = []
    for line in lines:
        if line.is_red:
            raise Refused(_red(), params={"number": line.number})
        several.append(line)
        if len(several) > Import.MOST_ROWS:
            most = {"most": Import.MOST_ROWS}
            raise Refused(_("There are too many rows in this file. Import at most %(most)d at a time."), params=most)
    if not several:
        raise Refused(_("There is nothing in this file that could be imported."))
    return found, several


def _red() -> str:
    return _(
        "Row %(number)d of this file is under TLP:RED or PAP:RED, which never goes to programs, so nothing of the file"
        " is kept. Take out what is marked so, and import the rest."
    )


def _of_json(content: bytes, terms: Terms) -> tuple[str, Any]:
    given = _parsed(content)
    if misp.is_misp(given):
        return Import.Format.MISP, misp.lines_of(given, terms)
    if isinstance(given, dict) and isinstance(given.get("objects"), list):
        try:
            return Import.Format.STIX, objects.lines_of(cut(content), terms)
        except Uncuttable as error:
            raise Refused(str(error)) from error
    raise Refused(
        _(
            "This is JSON, but neither a bundle of STIX 2.1 (a list “objects”) nor an event of MISP (an “Event”)."
            " Export it again as one of them."
        )
    )


def _parsed(content: bytes) -> Any:
    """What every reader of JSON and every table takes: no half letters, no endless depth, no NaN."""
    try:
        found, end = DECODER.raw_decode(text := content.decode("utf-8-sig").strip())
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError as error:
        raise Refused(_("This file is nested too deeply to be read.")) from error
    except ValueError as error:
        raise Refused(_("This file begins like JSON and is none. Export it again, in UTF-8.")) from error
    if text[end:]:
        raise Refused(_("This file begins like JSON and is none. Export it again, in UTF-8."))
    return found


def _text(content: bytes) -> str:
    """UTF-8, or what spreadsheets write that do not know it."""
    if content.startswith(UTF_16):
        return _decoded(content, "utf-16")
    if b"\0" in content or content.lstrip().startswith((b"<", b"PK", b"%PDF", b"{\\rtf")):
        raise Refused(
            _(
                "This is no table as text (CSV), no STIX and no MISP. In a spreadsheet choose “Save as” and CSV, and"
                " import that file."
            )
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252", "latin-1")


def _decoded(content: bytes, *encodings: str) -> str:
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            if "\0" not in (text := content.decode(encoding)):
                return text
    raise Refused(_("The letters of this file cannot be read. Save it again as CSV in UTF-8."))
