"""Entries that somebody should look after, and what came of a contact test, as tables."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.downloads import where, whereabouts
from csirt_network.freshness import Freshness
from csirt_network.models import DrillCall


def fresh_lines(listed: Iterable[Freshness]) -> Iterator[list[Any]]:
    yield [
        _("Team"), _("State"), _("What to look after"), _("Last confirmed"), _("Last answered a test"), *where(),
    ]  # fmt: skip
    for one in listed:
        days = [_day(one.confirmed_at), _day(one.answered_at)]
        yield [one.team.name, one.team.state.name, " ".join(one.problems), *days, *whereabouts(one.team)]


def call_lines(calls: Iterable[DrillCall]) -> Iterator[list[Any]]:
    """Whom the test reached, and how soon; a team that could not be called says why."""
    yield [
        _("Team"), _("State"), _("Called at"), _("Why it was not called"), _("Answered at"), _("How"),
        _("Answered by"), _("Note"), _("Minutes"), *where(),
    ]  # fmt: skip
    for call in calls:
        not_called = "" if call.called_at else call.why or str(call.get_status_display())
        yield [
            call.team.name, call.team.state.name, call.called_at, not_called, call.answered_at,
            call.get_how_display() if call.how else "", call.answered_by.name if call.answered_by else "", call.note,
            call.minutes, *whereabouts(call.team),
        ]  # fmt: skip


def _day(moment: datetime | None) -> date | str:
    return localtime(moment).date() if moment else _("Never")
