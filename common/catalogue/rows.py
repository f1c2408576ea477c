"""The sheet that goes to translators and comes back."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import polib

from common.catalogue.checks import entry_problems, one_line
from common.catalogue.files import by_key

MISSING_COLUMNS = ["msgctxt", "msgid", "msgid_plural", "where"]


class Filled(NamedTuple):
    taken: int
    problems: list[str]


def missing_rows(catalogue: polib.POFile) -> list[list[str]]:
    return [
        [
            entry.msgctxt or "",
            entry.msgid,
            entry.msgid_plural,
            " ".join(file for file, _ in entry.occurrences),
        ]
        for entry in catalogue
        if not entry.obsolete and not entry.translated()
    ]


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return [{name: tidy(value) for name, value in row.items() if name} for row in rows]


def tidy(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n")


def fill(catalogue: polib.POFile, rows: Iterable[dict[str, str]]) -> Filled:
    """Fills what matches and keeps its placeholders; says of each other row of the sheet what is wrong."""
    entries, count, problems = by_key(catalogue), 0, []
    for number, row in enumerate(rows, start=2):
        entry = entries.get((row.get("msgctxt") or None, row.get("msgid", "")))
        if entry is None or entry.msgid_plural != row.get("msgid_plural", ""):
            found = ["matches no text of the catalogue."]
        else:
            found = fill_entry(entry, row)
        count += not found
        text = one_line(row.get("msgid", ""))
        problems += [f"Row {number}: “{text}” {problem}" for problem in found]
    return Filled(count, problems)


def fill_entry(entry: polib.POEntry, row: dict[str, str]) -> list[str]:
    """Takes the row's translation, or leaves the entry as it was and says why."""
    filled = polib.POEntry(msgid=entry.msgid, msgid_plural=entry.msgid_plural)
    if entry.msgid_plural:
        filled.msgstr_plural = {form: row.get(f"msgstr_plural{form}", "") for form in entry.msgstr_plural}
    else:
        filled.msgstr = row.get("msgstr", "")
    found = list(entry_problems(filled, same={one_line(entry.msgid), one_line(entry.msgid_plural)}))
    if not found:
        entry.msgstr, entry.msgstr_plural = filled.msgstr, filled.msgstr_plural
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return found
