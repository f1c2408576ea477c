"""The life of a joint operation as a table: its statuses, and the ways between them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import Operation

Status = Operation.Status


@dataclass(frozen=True)
class Way:
    """A verb, where it may start and where it ends; `done` is the sentence for whoever did it."""

    verb: str
    label: str | Promise
    start: frozenset[str]
    end: str
    done: str | Promise
    needs_reason: bool = False


WAYS = {
    way.verb: way
    for way in (
        Way("begin", _("It has begun"), frozenset({Status.PLANNED}), Status.UNDER_WAY, _("It is under way.")),
        Way(
            "end",
            _("It has ended"),
            frozenset({Status.PLANNED, Status.UNDER_WAY}),
            Status.ENDED,
            _("It has ended. Its log, its evidence and its figures stay."),
            needs_reason=True,
        ),
        Way(
            "reopen",
            _("Take it up again"),
            frozenset({Status.ENDED}),
            Status.UNDER_WAY,
            _("It is under way again."),
            needs_reason=True,
        ),
    )
}


def ways_from(status: str) -> list[Way]:
    return [way for way in WAYS.values() if status in way.start]
