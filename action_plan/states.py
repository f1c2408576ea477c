"""Life is a table: where a country plan stands, and the ways between.

A plan has a status, and what is written of it has one too: the proposal, which the state does not read before it is
offered. While an amendment is written, the version in force stays as it was signed.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed by the state")
    ACTIVE = "active", pgettext_lazy("plan", "Active")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")


class Proposal(TextChoices):
    NONE = "none", _("Nothing is proposed")
    DRAFT = "draft", _("Being written")
    OFFERED = "offered", _("Waits for the state")


class Verb(TextChoices):
    DRAFT = "draft", _("Plan begun")
    OFFER = "offer", _("Offered to the state")
    TAKE_BACK = "take back", _("Taken back by the programme")
    SEND_BACK = "send back", _("Sent back by the state")
    AGREE = "agree", _("Agreed by the state")
    AMEND = "amend", _("Amendment begun")
    DROP = "drop", _("Amendment dropped")
    START = "start", _("Put into effect")
    CLOSE = "close", pgettext_lazy("plan", "Closed")


STATE = frozenset({Verb.SEND_BACK, Verb.AGREE})  # what only the state's lead liaison does
UNTOLD = (Verb.DRAFT, Verb.AMEND, Verb.DROP)  # of what is not offered the state does not know
UNSIGNED = (Status.DRAFT, Status.AGREED, Status.ACTIVE)
IN_FORCE = (Status.AGREED, Status.ACTIVE)


@dataclass(frozen=True)
class Way:
    """A verb, where it may start, where it ends, and the sentence for whoever tries it elsewhere.

    `is_open`: whether the state reads the lines as they stand afterwards.
    """

    verb: Verb
    statuses: tuple[Status, ...]
    proposal: Proposal
    then: Proposal
    is_open: bool
    refusal: str | Promise
    ends: dict[Status, Status]
    needs_reason: bool = False

    def may_start(self, status: str, proposal: str) -> bool:
        return status in self.statuses and proposal == self.proposal

    def status_after(self, status: str) -> str:
        return self.ends.get(Status(status), Status(status))


MOVED_ON = _("This plan has moved on meanwhile. Open it again to see where it stands.")
NOT_OFFERED = _("Nothing of this plan waits for an answer of the state any more. Open it again to see where it stands.")
WAYS = {
    way.verb: way
    for way in (
        Way(
            Verb.OFFER,
            UNSIGNED,
            Proposal.DRAFT,
            Proposal.OFFERED,
            True,
            _("This was offered to the state already. Nothing was sent a second time."),
            {},
        ),
        Way(Verb.TAKE_BACK, UNSIGNED, Proposal.OFFERED, Proposal.DRAFT, False, NOT_OFFERED, {}, needs_reason=True),
        Way(Verb.SEND_BACK, UNSIGNED, Proposal.OFFERED, Proposal.DRAFT, False, NOT_OFFERED, {}, needs_reason=True),
        Way(
            Verb.AGREE,
            UNSIGNED,
            Proposal.OFFERED,
            Proposal.NONE,
            True,
            NOT_OFFERED,
            {Status.DRAFT: Status.AGREED},
        ),
        Way(Verb.AMEND, IN_FORCE, Proposal.NONE, Proposal.DRAFT, False, MOVED_ON, {}, needs_reason=True),
        Way(Verb.DROP, IN_FORCE, Proposal.DRAFT, Proposal.NONE, True, MOVED_ON, {}),
        Way(
            Verb.START,
            (Status.AGREED,),
            Proposal.NONE,
            Proposal.NONE,
            True,
            MOVED_ON,
            {Status.AGREED: Status.ACTIVE},
        ),
        Way(
            Verb.CLOSE,
            IN_FORCE,
            Proposal.NONE,
            Proposal.NONE,
            True,
            _("Only a plan in force of which nothing is being changed can be closed."),
            dict.fromkeys(IN_FORCE, Status.CLOSED),
            needs_reason=True,
        ),
    )
}
