"""Telling which kind of indicator somebody typed or pasted."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from csirt_network.indicators.defanged import INVISIBLE, refang
from csirt_network.indicators.forms import ASN, HASHES, HEXADECIMAL, NORMALISERS, NUMBERS, SCHEME
from csirt_network.indicators.kinds import Kind

MOST_LINES = 2000
MOST_CHARACTERS = 2048
PREFIX = re.compile(rf"({'|'.join(map(re.escape, Kind.values))})\s*:(?!//)\s*(.+)", re.IGNORECASE | re.DOTALL)
# Endings that no registry sells, so that a name with one is a file. .zip, .com and .py are domains as well.
FILE_ENDINGS = frozenset(
    [
        "7z",
        "apk",
        "bat",
        "bin",
        "chm",
        "cmd",
        "cpl",
        "dat",
        "dll",
        "dmg",
        "doc",
        "docm",
        "docx",
        "dotm",
        "elf",
        "exe",
        "gz",
        "hta",
        "htm",
        "html",
        "img",
        "iso",
        "jar",
        "js",
        "jse",
        "json",
        "lnk",
        "log",
        "msi",
        "ods",
        "odt",
        "one",
        "pdf",
        "php",
        "ppt",
        "pptm",
        "pptx",
        "ps1",
        "rar",
        "reg",
        "rtf",
        "scr",
        "sys",
        "tar",
        "tmp",
        "txt",
        "vbe",
        "vbs",
        "wsf",
        "xls",
        "xlsb",
        "xlsm",
        "xlsx",
        "xml",
    ]
)


@dataclass(frozen=True)
class Indicator:
    value: str
    kind: Kind


@dataclass(frozen=True)
class Row:
    """A line of a pasted list: an indicator, or the sentence that says what is wrong with it.

    The second line with the same value has both a `value` and a `problem`; `same_as` is the line of the first.
    """

    line: int
    typed: str
    value: str = ""
    kind: Kind | None = None
    problem: str = ""
    same_as: int | None = None


def recognise(typed: str) -> Indicator:
    """Raises ValidationError with a sentence that says what is wrong."""
    text = typed.strip()
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(_("An indicator has at most %(most)d characters.") % {"most": MOST_CHARACTERS})
    if found := PREFIX.fullmatch(text):
        kind = Kind(found[1].lower())
        return Indicator(normalise(found[2], kind), kind)
    text = _unwrapped(refang(text))
    if not text:
        raise ValidationError(_("Type or paste an indicator."))
    kind = _kind_of(text)
    return Indicator(NORMALISERS[kind](text), kind)


def normalise(typed: str, kind: str) -> str:
    """The one form of a value whose kind is known; raises ValidationError for what is none of that kind."""
    kind = Kind(kind)
    if kind in (Kind.FILE, Kind.MUTEX):
        return NORMALISERS[kind](INVISIBLE.sub("", typed).strip())
    return NORMALISERS[kind](_unwrapped(refang(typed)))


def _unwrapped(text: str) -> str:
    """Without the quotes and brackets around it, and the comma after it."""
    text = text.rstrip(",;").strip("\"'`“”‘’«» ")
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    if text.startswith("[") and text.endswith("]") and ":" in text:
        text = text[1:-1]
    return text.strip()


def _kind_of(text: str) -> Kind:
    if SCHEME.match(text):
        return Kind.URL
    if NUMBERS.fullmatch(text):
        return Kind.IPV4_NETWORK if "/" in text else Kind.IPV4
    if text.count(":") > 1 and not re.search(r"[g-z\s\\@]", text, re.IGNORECASE):
        return Kind.IPV6_NETWORK if "/" in text else Kind.IPV6
    if ASN.fullmatch(text):
        return Kind.ASN
    if HEXADECIMAL.fullmatch(text):
        return _kind_of_hash(text)
    if "@" in text:
        return Kind.EMAIL
    return _kind_of_name(text)


def _kind_of_hash(text: str) -> Kind:
    if kind := HASHES.get(len(text)):
        return kind
    problem = _(
        "This looks like a hash, but has %(count)d characters. An MD5 has 32, a SHA-1 40, a SHA-256 64, a SHA-512 128."
    )
    raise ValidationError(problem % {"count": len(text)})


def _kind_of_name(text: str) -> Kind:
    if "/" in text:
        problem = _("If “%(text)s” is an address of a page, write it with http:// or https:// before it.")
        raise ValidationError(problem % {"text": text[:60]})
    if text.rpartition(".")[2].lower() in FILE_ENDINGS and "." in text:
        return Kind.FILE
    if "." in text and not re.search(r"[\s\\:]", text):
        return Kind.DOMAIN
    problem = _(
        "“%(text)s” is no kind of indicator the portal knows by sight. Write its kind before it, such as"
        " “file: name” or “mutex: name”."
    )
    raise ValidationError(problem % {"text": text[:60]})


def parse_lines(text: str) -> list[Row]:
    """One indicator a line; empty lines and those that begin with # are left out. Raises when there are too many."""
    lines = text.splitlines() if len(text) <= MOST_LINES * (MOST_CHARACTERS + 2) else []
    given = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip() and line.strip()[0] != "#"]
    if len(lines) > 2 * MOST_LINES or len(given) > MOST_LINES or (text and not lines):
        raise ValidationError(_("Paste at most %(most)d indicators at a time, one a line.") % {"most": MOST_LINES})
    rows: list[Row] = []
    first: dict[Indicator, int] = {}
    for number, line in given:
        try:
            found = recognise(line)
        except ValidationError as error:
            rows.append(Row(number, line[:MOST_CHARACTERS], problem=error.messages[0]))
            continue
        same_as = first.setdefault(found, number)
        problem = _("The same as line %(line)d.") % {"line": same_as} if same_as != number else ""
        rows.append(Row(number, line, found.value, found.kind, problem, same_as if problem else None))
    return rows
