"""Indicators as authors paste them: a value a line, and after a bar when it was first seen and a note.

hxxps://bad[.]example/login | 2026-11-17 | asks for the password twice
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.partial_dates import first_day
from csirt_network import indicators
from csirt_network.actions.writing import Seen
from csirt_network.models import Indicator

FIRST_BAR, BAR = re.compile(r"\s+\|\s*|\t"), re.compile(r"\s*[|\t]\s*")
LONGEST_NOTE = 300


def read(text: str) -> list[Seen]:
    """Raises one ValidationError with a sentence for each line that is wrong; lines given twice count once."""
    parts = [_parts(line) for line in text.splitlines()]
    rows = indicators.parse_lines("\n".join(line[0] for line in parts))
    found, problems = [], []
    for row in rows:
        more = [part.strip() for part in (*parts[row.line - 1][1:], "", "")]
        problem = (row.problem if row.same_as is None else "") or _problem(more[0], more[1])
        if problem:
            problems.append(_("Line %(line)d: %(problem)s") % {"line": row.line, "problem": problem})
        elif row.same_as is None and row.kind:
            found.append(Seen(row.kind, row.value, more[0], more[1]))
    if problems:
        raise ValidationError(problems)
    return found


def _parts(line: str) -> list[str]:
    value, *rest = FIRST_BAR.split(line, maxsplit=1)
    return [value, *(BAR.split(rest[0], maxsplit=1) if rest else [])]


def _problem(first_seen: str, note: str) -> str:
    if first_seen and not first_day(first_seen):
        text = _("“%(text)s” is no date. Write 2026, 2026-11 or 2026-11-17, and a note after a further bar.")
        return text % {"text": first_seen[:40]}
    return _("A note has at most %(most)d characters.") % {"most": LONGEST_NOTE} if len(note) > LONGEST_NOTE else ""


def written(rows: Iterable[Indicator]) -> str:
    """The other way round, defanged, so that it can be read again."""
    return "\n".join(_line(row) for row in rows)


def _line(row: Indicator) -> str:
    parts = [_value(row), row.first_seen, row.note]
    while not parts[-1]:
        parts.pop()
    return " | ".join(parts) if "" not in parts else f"{parts[0]} |  | {parts[2]}"


def _value(row: Indicator) -> str:
    shown = indicators.defang(row.value, row.kind)
    try:
        if indicators.recognise(shown) == indicators.Indicator(row.value, indicators.Kind(row.kind)):
            return shown
    except ValidationError:
        pass
    return f"{row.kind}: {row.value}"
