import csv
from collections import defaultdict
from pathlib import Path

from common.catalogue.message import Message

Row = dict[str, str]


class Glossary:
    """The agreed words (locale/glossary.csv: key, context, en, es, fr, pt_br, status)."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self.rows[folded(row["en"])].append(row)

    @classmethod
    def of(cls, locale: Path) -> "Glossary":
        path = locale / "glossary.csv"
        if not path.exists():
            return cls([])
        with path.open(encoding="utf-8-sig", newline="") as file:
            return cls(list(csv.DictReader(file)))

    def translation(self, message: Message, language: str) -> str:
        """The agreed translation, or nothing when there is none or when contexts disagree."""
        if message.plural:
            return ""
        rows = self.rows.get(folded(message.msgid), [])
        if message.context is not None:
            rows = [row for row in rows if row["context"] == message.context]
        exact = [row for row in rows if row["en"] == message.msgid]
        found = {with_case_of(message.msgid, row, language) for row in exact or rows}
        return found.pop() if len(found) == 1 else ""


def folded(text: str) -> str:
    return text.strip().casefold().replace("’", "'")


def with_case_of(msgid: str, row: Row, language: str) -> str:
    """The first letter follows the msgid's, except in abbreviations (CSIRT)."""
    translation = row[language.lower()].strip()
    if msgid == row["en"] or translation[1:2].isupper():
        return translation
    first = translation[:1].upper() if msgid[:1].isupper() else translation[:1].lower()
    return first + translation[1:]
