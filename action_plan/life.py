"""The life of an activity as a table: its statuses, and the ways between them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity

Status = Activity.Status


@dataclass(frozen=True)
class Way:
    """A verb, where it may start and where it ends; `done` is the sentence for whoever did it."""

    verb: str
    label: str | Promise
    start: frozenset[str]
    end: str
    done: str | Promise
    needs_reason: bool = False
    needs_date: bool = False
    is_for_the_past: bool = False  # only once the first day has come


WAYS = {
    way.verb: way
    for way in (
        Way(
            "plan",
            _("Plan it"),
            frozenset({Status.IDEA}),
            Status.PLANNED,
            _("It is planned. The states that take part read of it now."),
            needs_date=True,
        ),
        Way(
            "confirm",
            _("Confirm it"),
            frozenset({Status.PLANNED}),
            Status.CONFIRMED,
            _("It is confirmed."),
            needs_date=True,
        ),
        Way(
            "begin",
            _("It has begun"),
            frozenset({Status.PLANNED, Status.CONFIRMED}),
            Status.UNDER_WAY,
            _("It is under way."),
            needs_date=True,
            is_for_the_past=True,
        ),
        Way(
            "finish",
            _("It is done"),
            frozenset({Status.PLANNED, Status.CONFIRMED, Status.UNDER_WAY}),
            Status.DONE,
            _("It is done. Say now what came of it."),
            needs_date=True,
            is_for_the_past=True,
        ),
        Way(
            "cancel",
            _("Cancel it"),
            frozenset({Status.IDEA, Status.PLANNED, Status.CONFIRMED, Status.UNDER_WAY}),
            Status.CANCELLED,
            _("It is cancelled. Whoever reads of it sees the reason."),
            needs_reason=True,
        ),
        Way(
            "take-up",
            _("Take it up again"),
            frozenset({Status.CANCELLED}),
            Status.IDEA,
            _("It is an idea again."),
            needs_reason=True,
        ),
        Way(
            "reopen",
            _("It is not done yet"),
            frozenset({Status.DONE}),
            Status.UNDER_WAY,
            _("It is under way again."),
            needs_reason=True,
            needs_date=True,
        ),
    )
}


def ways_from(status: str) -> list[Way]:
    return [way for way in WAYS.values() if status in way.start]
