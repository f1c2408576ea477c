"""The threat picture of one state: each class of incident, update by update."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from capability.models import ThreatClass, ThreatLevel, Update
from capability.questions import threat_classes
from member_states.models import MemberState

Level, Trend = ThreatLevel.Level, ThreatLevel.Trend
DIGITS = {"none": "0", "low": "1", "medium": "2", "high": "3"}  # not assessed has no digit
ORDER = list(reversed(Level.values))
COLUMNS = 8


@dataclass(frozen=True)
class Heat:
    """One class in one update; without a row nothing was said of it."""

    row: ThreatLevel | None
    before: ThreatLevel | None

    @property
    def css(self) -> str:
        return f"heat--{self.row.level}" if self.row else "heat--silent"

    @property
    def digit(self) -> str:
        return DIGITS.get(self.row.level, "") if self.row else ""

    @property
    def change(self) -> int:
        """Levels up or down since the update before, where both assessed it."""
        if self.row is None or self.before is None or not self.digit or self.before.level not in DIGITS:
            return 0
        return int(self.digit) - int(DIGITS[self.before.level])


@dataclass(frozen=True)
class ThreatLine:
    threat: ThreatClass
    now: ThreatLevel | None
    cells: list[Heat]


@dataclass(frozen=True)
class Column:
    """One update that said something of threats."""

    key: int
    update: Update | None

    @property
    def title(self) -> str:
        return self.update.round.title if self.update and self.update.round else gettext("An accepted update")

    @property
    def accepted_on(self) -> str:
        at = self.update.accepted_at if self.update else None
        return localtime(at).date().isoformat() if at else ""


class ThreatsPage:
    """Two queries."""

    def __init__(self, user: Any, state: MemberState) -> None:
        said = ThreatLevel.objects.visible_to(user).filter(state=state).select_related("threat", "update__round")
        self.rows: list[ThreatLevel] = [row for row in said if row.is_confirmed]
        self.classes: list[ThreatClass] = list(threat_classes())

    @cached_property
    def columns(self) -> list[Column]:
        """The oldest first, the last eight."""
        updates = {row.update_id or 0: row.update for row in self.rows}
        columns = [Column(key, update) for key, update in updates.items()]
        return sorted(columns, key=lambda column: (column.accepted_on, column.key))[-COLUMNS:]

    @property
    def now(self) -> list[ThreatLevel]:
        """The gravest first."""
        current = [row for row in self.rows if row.is_current]
        return sorted(current, key=lambda row: (ORDER.index(row.level), row.threat.position))

    @cached_property
    def lines(self) -> list[ThreatLine]:
        said = {(row.threat_id, row.update_id): row for row in self.rows}
        now = {row.threat_id: row for row in self.rows if row.is_current}
        return [ThreatLine(threat, now.get(threat.pk), list(self._cells(threat, said))) for threat in self.classes]

    def _cells(self, threat: ThreatClass, said: dict[Any, ThreatLevel]) -> Iterator[Heat]:
        before = None
        for column in self.columns:
            row = said.get((threat.pk, column.key))
            yield Heat(row, before)
            before = row or before

    @property
    def unassessed(self) -> int:
        """Classes that nobody assessed in the last picture, or that it does not name."""
        assessed = {row.threat_id for row in self.now if row.level != Level.UNASSESSED}
        return sum(threat.pk not in assessed for threat in self.classes)

    @property
    def round(self) -> str:
        return self.columns[-1].title if self.columns and self.now else ""

    def csv_rows(self) -> Iterator[tuple[str, ...]]:
        yield (
            *(gettext("Update"), gettext("Accepted"), gettext("Code"), gettext("Threat")),
            *(gettext("Level"), gettext("Trend"), gettext("Source")),
        )
        columns = {column.key: column for column in self.columns}
        for row in sorted(self.rows, key=lambda row: (-(row.update_id or 0), row.threat.position)):
            column = columns.get(row.update_id or 0, Column(0, row.update))
            level, trend = str(row.get_level_display()), str(row.get_trend_display())
            yield column.title, column.accepted_on, row.threat.code, row.threat.name, level, trend, row.source_note
