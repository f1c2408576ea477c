"""The board of a plan: seven lanes of twelve months, each activity a bar. Places are classes, not styles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from action_plan.models import Activity, ActivityState
from action_plan.progress import Progress, Status
from action_plan.text import LineText, PlanText

MONTHS = 12
INSIDE = 3  # a bar of three months has room for its name
LOOKS = {Status.DONE: "done", Status.UNDER_WAY: "under-way"}
MOST = 12  # in a lane; the list has all


@dataclass(frozen=True)
class Month:
    first: date
    column: int
    is_now: bool

    @property
    def has_year(self) -> bool:
        return self.column == 1 or self.first.month == 1


@dataclass(frozen=True)
class Bar:
    """`column` and `span` are months of the board; `beside` is where the name stands if the bar is too short for it."""

    activity: Activity
    column: int
    span: int
    row: int

    @property
    def look(self) -> str:
        return LOOKS.get(Status(self.activity.status), "planned")

    @property
    def is_inside(self) -> bool:
        return self.span >= INSIDE

    @property
    def after(self) -> int:
        return self.column + self.span

    @property
    def is_name_before(self) -> bool:
        return MONTHS - self.after < 2

    @property
    def room(self) -> int:
        return MONTHS + 1 - self.after


@dataclass(frozen=True)
class Lane:
    """`all` are the activities of the line, those outside the months shown included."""

    line: LineText
    bars: list[Bar]
    undated: list[Activity]
    progress: Progress
    more: int
    all: list[Activity]


class Board:
    """Of the twelve months from the `page`-th year of the plan on."""

    def __init__(self, text: PlanText, rows: Iterable[ActivityState], today: date, page: int | None = None) -> None:
        self.text, self.today = text, today
        self.pages = max(1, -(-_months(_first(text.starts_on), text.ends_on) // MONTHS))
        here = _months(_first(text.starts_on), today) - 1
        self.page = min(max(page if page is not None else here // MONTHS, 0), self.pages - 1)
        start = _later(_first(text.starts_on), self.page * MONTHS)
        self.months = [
            Month(first, n + 1, first == _first(today)) for n in range(MONTHS) for first in [_later(start, n)]
        ]
        self.by_line: dict[int, list[Activity]] = {}
        for row in rows:
            self.by_line.setdefault(row.line_id or 0, []).append(row.activity)

    @property
    def starts_on(self) -> date:
        return self.months[0].first

    @property
    def ends_before(self) -> date:
        return _later(self.starts_on, MONTHS)

    @property
    def today_column(self) -> int | None:
        return next((month.column for month in self.months if month.is_now), None)

    @property
    def today_tenth(self) -> int:
        """How far into the month, in tenths."""
        return min(9, (self.today.day - 1) * 10 // 30)

    def lanes(self, progress: dict[int, Progress]) -> list[Lane]:
        return [self._lane(line, progress.get(line.id, Progress())) for line in self.text.lines]

    def _lane(self, line: LineText, progress: Progress) -> Lane:
        activities = self.by_line.get(line.id, [])
        dated = [one for one in activities if one.starts_on and self._is_here(one)]
        shown = dated[:MOST]
        bars = [self._bar(activity, row) for row, activity in enumerate(shown, start=1)]
        return Lane(
            line, bars, [one for one in activities if not one.starts_on], progress, len(dated) - len(shown), activities
        )

    def _is_here(self, activity: Any) -> bool:
        return activity.starts_on < self.ends_before and (activity.ends_on or activity.starts_on) >= self.starts_on

    def _bar(self, activity: Any, row: int) -> Bar:
        first = max(activity.starts_on, self.starts_on)
        last = activity.ends_on or activity.starts_on
        column = _months(self.starts_on, first)
        return Bar(activity, column, min(_months(_first(first), last), MONTHS + 1 - column), row)


def _first(day: date) -> date:
    return day.replace(day=1)


def _later(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _months(first: date, last: date) -> int:
    """How many calendar months the two days touch, from the first on."""
    return (last.year - first.year) * 12 + last.month - first.month + 1
