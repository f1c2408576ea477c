"""What others publish of a state: indices, each by its edition and scale, and laws. Never mixed with its answers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from capability.models import ExternalIndex, Law
from member_states.models import MemberState


@dataclass(frozen=True)
class Publication:
    """A figure of an index (`title` its edition) or a law (`title` its name), with the source."""

    is_law: bool
    kind: str
    title: str
    score: str
    scale: str
    number: int | None
    grade: str
    source: str
    source_key: str

    @property
    def label(self) -> Any:
        return (Law.Kind if self.is_law else ExternalIndex.Kind)(self.kind).label

    @property
    def figure(self) -> str:
        """Without the zeros behind the point that the column keeps."""
        return self.score.rstrip("0").rstrip(".") if "." in self.score else self.score


def publications(user: Any, state: MemberState) -> list[Publication]:
    """Indices from the newest edition, then laws. One query."""
    indices = _rows(
        ExternalIndex.objects.visible_to(user).filter(state=state),
        *(Value("index"), F("edition"), Cast("score", CharField()), F("scale"), F("rank"), F("tier")),
    )
    nothing = Value("", output_field=CharField())
    laws = _rows(
        Law.objects.visible_to(user).filter(state=state),
        *(Value("law"), F("name"), nothing, nothing, F("year"), F("confidence")),
    )
    rows = indices.union(laws, all=True)
    found = [Publication(table == "law", *row) for table, *row in rows]
    return sorted(found, key=lambda row: (row.is_law, row.kind, _newest_first(row)))


def _rows(facts: Any, table: Any, title: Any, score: Any, scale: Any, number: Any, grade: Any) -> Any:
    told = {"told": title, "given": score, "on": scale, "figure": number, "graded": grade}
    return (
        facts.annotate(table=Cast(table, CharField()), **told)
        .order_by()
        .values_list("table", "kind", *told, "source__title", "source__key")
    )


def _newest_first(row: Publication) -> int:
    return -int(row.title[:4]) if row.title[:4].isdecimal() else 0
