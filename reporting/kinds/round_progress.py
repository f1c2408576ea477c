"""Progress of an update round: one run for each round that is open at the slot, for the programme's staff alone."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from capability.models import Round
from reporting.kinds.kind import ReadyMade, ReportKind, Subject
from reporting.listed import language_list
from reporting.progress.facts import facts_of
from reporting.progress.pdf import pdf
from reporting.progress.worded import worded
from reporting.progress.xlsx import xlsx

if TYPE_CHECKING:
    from reporting.models import Run, Schedule


def due(schedule: "Schedule", slots: Sequence[datetime]) -> Iterable[tuple[datetime, Subject]]:
    """By the slot, not by the clock: who asks later finds the same. Without an open round nothing is owed."""
    if not slots:
        return []
    opened = list(Round.objects.filter(opened_at__lte=max(slots)).order_by("pk"))
    return [(slot, Subject(round_id=round.pk)) for slot in slots for round in opened if was_open(round, slot)]


def was_open(round: Any, moment: datetime) -> bool:
    return round.opened_at <= moment and (round.closed_at is None or round.closed_at > moment)


def gather(run: "Run") -> Callable[[str], Any]:
    facts = facts_of(run)
    return lambda language: worded(facts, language)


def what(schedule: "Schedule", states: Sequence[Any]) -> str:
    words = gettext("Progress of each round that is open then, in %(languages)s. While none is open, nothing is made.")
    return words % {"languages": language_list(schedule.languages)}


ROUND_PROGRESS = ReportKind(
    code="round progress",
    title=_("Progress of a round"),
    text=_("How far an update round is: who has sent, who is late and what waits for whom. For the programme’s staff."),
    about_making=_("It takes a few seconds. You get an e-mail when it is ready; nobody else does."),
    asks=frozenset(),
    asks_now="rounds",
    due=due,
    gather=gather,
    writers={"pdf": pdf, "xlsx": xlsx},
    what=what,
    mail="progress ready",
    mail_template="emails/progress_ready",
    suggests={"every": "week"},
    ready_made=(
        ReadyMade(
            "progress-weekly",
            _("Progress every Monday, while a round is open"),
            _("Every Monday at 08:00 (America/New York), in your language, to you alone."),
            {"every": "week", "weekday": 0},
            to_liaisons=False,
            to_me=True,
            own_language_only=True,
        ),
        ReadyMade(
            "progress-daily",
            _("Progress every day, while a round is open"),
            _("Every day at 08:00 (America/New York), in your language, to you alone."),
            {"every": "day"},
            to_liaisons=False,
            to_me=True,
            own_language_only=True,
        ),
    ),
)
