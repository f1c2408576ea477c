"""Identifiers of vulnerabilities: CVE-, the year, and four to eleven digits (the CVE programme's syntax since 2014)."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

SYNTAX = re.compile(r"CVE-(\d{4})-(\d{4}|[1-9]\d{4,10})", re.ASCII)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
FIRST_YEAR = 1999
MOST = 500
MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Cves:
    """`ids` in the order given, each once; `problems` has a sentence for each word that is none."""

    ids: tuple[str, ...]
    problems: tuple[str, ...] = ()


def cve_of(text: str) -> str:
    """In capitals and with plain hyphens; raises ValidationError for what is no identifier."""
    cve = text.strip().translate(DASHES).upper()
    found = SYNTAX.fullmatch(cve)
    if not found:
        raise ValidationError(
            _("“%(text)s” is no CVE identifier. Write it like CVE-2024-3400.") % {"text": text.strip()[:60]}
        )
    if not FIRST_YEAR <= int(found[1]) <= timezone.now().year + 1:
        text = _("%(cve)s: no CVE identifiers are given for the year %(year)s.")
        raise ValidationError(text % {"cve": cve, "year": found[1]})
    return cve


def parse(text: str) -> Cves:
    """A pasted list, one after another or divided by commas, semicolons or line breaks; raises when it is too long."""
    words = re.split(r"[\s,;]+", text.strip()) if len(text) <= MOST_CHARACTERS else []
    if not words or len(words) > MOST:
        raise ValidationError(_("Give at most %(most)d CVE identifiers at a time.") % {"most": MOST})
    ids: dict[str, None] = {}
    problems = []
    for word in filter(None, words):
        try:
            ids[cve_of(word)] = None
        except ValidationError as error:
            problems += error.messages
    return Cves(tuple(ids), tuple(problems))
