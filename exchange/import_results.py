"""What a dry run found, and once it was carried out what became of each row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from common.downloads import where, whereabouts
from exchange.models import Import, ImportRun

LOOKS = {
    "new": ("info", "plus"),
    "added": ("good", "check"),
    "there": ("neutral", "equal"),
    "left": ("neutral", "circle-minus"),
    "refused": ("bad", "circle-x"),
}


@dataclass(frozen=True)
class Total:
    code: str
    word: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Results:
    rows: list[dict[str, Any]]
    run: ImportRun | None

    def count(self, result: str) -> int:
        return sum(row["result"] == result for row in self.rows)

    def totals(self, chosen: str) -> list[Total]:
        found = [(code, str(word), self.count(code)) for code, word in Import.Result.choices]
        return [Total(code, word, count, code == chosen) for code, word, count in found if count or code == chosen]


def results_of(importing: Import) -> Results:
    """In the order of the file."""
    run = getattr(importing, "run", None)
    rows = [dict(row) for row in importing.rows]
    if run and run.status == "done":
        for row, (result, why) in zip(rows, run.results, strict=True):
            row |= {"result": result, "why": why}
    for row in rows:
        row["tint"], row["icon"] = LOOKS[row["result"]]
        row["word"] = str(Import.Result(row["result"]).label)
        if row["held"] and not row["why"]:
            row["why"] = _("It has no label, so it waits under TLP:AMBER+STRICT in your team’s collection.")
    return Results(rows, run)


def table(imports: Iterable[Import]) -> Iterator[list[Any]]:
    yield [_("File"), _("Format"), _("Into the collection"), _("Team"), _("By"), _("Looked at"), _("Status"), *where()]
    for one in imports:
        run = getattr(one, "run", None)
        yield [
            one.name,
            one.get_format_display(),
            str(one.collection),
            str(one.team),
            str(one.by),
            one.made_at,
            run.get_status_display() if run else _("Not imported yet"),
            *whereabouts(one),
        ]
