"""The life of an agreement as a table: what people do to it. What time does to it, its dates say alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm

from partnerships.models import Agreement, Standing


@dataclass(frozen=True)
class Way:
    """A verb, where it may start and where it ends; `done` is the sentence for whoever did it."""

    verb: str
    label: str | Promise
    start: frozenset[Standing]
    end: Standing
    done: str | Promise
    permission: str = "partnerships.edit_agreement"
    needs_reason: bool = False
    asks_day: bool = False  # the one on which it was signed, or ended


WAYS = {
    way.verb: way
    for way in (
        Way(
            "negotiate",
            _("Begin negotiation"),
            frozenset({Standing.DRAFT}),
            Standing.NEGOTIATION,
            _("It is in negotiation."),
        ),
        Way(
            "conclude",
            _("It is signed"),
            frozenset({Standing.DRAFT, Standing.NEGOTIATION}),
            Standing.CONCLUDED,
            _("It is concluded. From here on its dates say whether it is in force."),
            permission="partnerships.conclude_agreement",
            asks_day=True,
        ),
        Way(
            "redraft",
            _("Back to the draft"),
            frozenset({Standing.NEGOTIATION}),
            Standing.DRAFT,
            _("It is a draft again."),
            needs_reason=True,
        ),
        Way(
            "end",
            _("End it early"),
            frozenset({Standing.CONCLUDED}),
            Standing.ENDED,
            _("It is ended. Whoever reads of it sees the reason."),
            permission="partnerships.conclude_agreement",
            needs_reason=True,
            asks_day=True,
        ),
        Way(
            "resume",
            _("It was not ended"),
            frozenset({Standing.ENDED}),
            Standing.CONCLUDED,
            _("It stands as its dates say."),
            permission="partnerships.conclude_agreement",
            needs_reason=True,
        ),
        Way(
            "reopen",
            _("It was not signed yet"),
            frozenset({Standing.CONCLUDED}),
            Standing.NEGOTIATION,
            _("It is in negotiation again."),
            permission="partnerships.conclude_agreement",
            needs_reason=True,
        ),
    )
}


def standing_of(agreement: Agreement) -> Standing:
    return Standing.ENDED if agreement.ended_on else Standing(agreement.phase)


def ways_from(agreement: Agreement, user: Any) -> list[Way]:
    here = standing_of(agreement)
    return [way for way in WAYS.values() if here in way.start and has_perm(way.permission, user)]
