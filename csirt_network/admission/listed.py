"""Applications as a list: for the page, for downloads and for the API."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from common.days import day_of
from common.downloads import where, whereabouts
from csirt_network.admission.clock import Clock, clocks_of
from csirt_network.admission.steps import WHOSE, Stand
from csirt_network.models import Application


@dataclass(frozen=True)
class Line:
    application: Application
    clock: Clock | None

    @property
    def whose_move(self) -> str | Promise:
        return WHOSE.get(Stand(self.application.stands), "")

    @property
    def is_overdue(self) -> bool:
        return self.clock is not None and self.clock.is_overdue

    @property
    def due_on(self) -> date | None:
        return self.clock.due_on if self.clock else None


def lines_of(applications: Iterable[Application]) -> list[Line]:
    """What is late first, then what falls due, then what the clock does not run for; what is over at the end."""
    found = list(applications)
    clocks = clocks_of(found)
    lines = [Line(one, clocks.get(one.pk)) for one in found]
    return sorted(lines, key=lambda line: (line.application.is_over, line.due_on or date.max, -line.application.pk))


def table(lines: Iterable[Line]) -> Iterator[list[Any]]:
    yield [
        _("Team"),
        _("Member state"),
        _("Kind"),
        _("Where it stands"),
        _("Next move"),
        _("Sent on"),
        _("Working days used"),
        _("Due"),
        _("Answered on"),
        *where(),
    ]
    for line in lines:
        one, clock = line.application, line.clock
        yield [
            one.team_name,
            str(one.state),
            str(one.team_kind_words),
            str(one.get_stands_display()),
            str(line.whose_move),
            day_of(one.sent_at) if one.sent_at else "",
            clock.used if clock else "",
            line.due_on,
            clock.answered_on if clock else "",
            *whereabouts(one),
        ]
