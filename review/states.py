"""Life is a table: the statuses of what is submitted, and the moves between them."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    DRAFT = "draft", _("In progress")
    SUBMITTED = "submitted", _("Sent")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")


@dataclass(frozen=True)
class Way:
    """A verb, where it may start, where it ends, and the sentence for whoever tries it elsewhere."""

    verb: str
    start: frozenset[Status]
    end: Status
    refusal: str | Promise
    needs_reason: bool = False


SUBMIT = Way(
    "submit",
    frozenset({Status.DRAFT, Status.RETURNED}),
    Status.SUBMITTED,
    _("This update was already sent. Nothing was sent a second time."),
)
RETURN = Way(
    "return",
    frozenset({Status.SUBMITTED}),
    Status.RETURNED,
    _("This update is not waiting for review any more. Open it again to see what was decided."),
)
ACCEPT = Way(
    "accept",
    frozenset({Status.SUBMITTED}),
    Status.ACCEPTED,
    _("This update is not waiting for review any more. Open it again to see what was decided."),
)
WITHDRAW_ACCEPTANCE = Way(
    "withdraw the acceptance",
    frozenset({Status.ACCEPTED}),
    Status.SUBMITTED,
    _("This update is not accepted, so there is no acceptance to withdraw."),
    needs_reason=True,
)
TAKE_BACK = Way(
    "take back",
    frozenset({Status.SUBMITTED}),
    Status.DRAFT,
    _("This update is not waiting for review, so it cannot be taken back."),
)

WAYS = {way.verb: way for way in (SUBMIT, RETURN, ACCEPT, WITHDRAW_ACCEPTANCE, TAKE_BACK)}
