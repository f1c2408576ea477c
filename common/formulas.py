"""Texts that a spreadsheet would run get an apostrophe, and lose it again where our own files come back.

A cell of a workbook has a type, and stays one cell. A CSV file is cut by whoever opens it, at the list separator of the
country: after a `;`, a tab or the end of a line anything may begin a cell, with or without a quotation mark.
"""

import re
from typing import Any

from django.utils.functional import Promise

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # some spreadsheets narrow the wide ones
CUT = r";\t\r\n"
BLANK = r"\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
NUMBER = rf"[\d{BLANK}().\-/]*(?:[\"{CUT}]|\Z)"  # of a telephone too: it reaches nothing
CALL = rf"[^{CUT}]*?(?:\w\(|\||![\w$])"  # of a function, a program, another sheet
SUM = rf"[+\-＋－](?:(?![{BLANK}{CUT}]|\Z|{NUMBER})|{CALL})"  # neither a line of a list with dashes nor a number
BEGINS = rf"\A[{BLANK}]*{{0}}(?='*[\t\r\n=+\-@＝＋－＠])"
COMES = rf"[{CUT}][{BLANK}\"]*{{0}}(?='*(?:[=@＝＠]|{SUM}))"


def _between(pattern: str, sign: str = "") -> re.Pattern[str]:
    before, after = pattern.split("{0}")
    return re.compile(f"({before}){sign}{after}")


FIRST, LATER = _between(BEGINS), _between(COMES)
KEPT_FIRST, KEPT_LATER = _between(BEGINS, "'"), _between(COMES, "'")


def defused(value: Any) -> Any:
    """A text that a cell would run as a formula gets an apostrophe before it."""
    text = as_text(value)
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


def defused_in_csv(value: Any) -> Any:
    """Wherever a cell may begin. An apostrophe that is there gets another: `as_written` gives each text back."""
    text = value if isinstance(value, str) else as_text(value)
    if not isinstance(text, str):
        return text
    if not text[:1].isalnum():
        text = FIRST.sub(r"\1'", text)
    return LATER.sub(r"\1'", text) if LATER.search(text) else text  # to search alone is ten times as fast


def as_written(text: str) -> str:
    """Without the apostrophes of the portal's own files."""
    return KEPT_LATER.sub(r"\1", KEPT_FIRST.sub(r"\1", text))


def as_text(value: Any) -> Any:
    return "" if value is None else str(value) if isinstance(value, Promise) else value
