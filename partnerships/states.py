"""The ways of a delivery, with the sentences for whoever tries one elsewhere (review/actions.py walks them)."""

from django.utils.translation import gettext_lazy as _

from review.states import Status, Way

DECIDED = _("This delivery is not waiting for review any more. Open it again to see what was decided.")
SUBMIT = Way(
    "submit",
    frozenset({Status.DRAFT, Status.RETURNED}),
    Status.SUBMITTED,
    _("This delivery was already sent. Nothing was sent a second time."),
)
ACCEPT = Way("accept", frozenset({Status.SUBMITTED}), Status.ACCEPTED, DECIDED)
RETURN = Way("return", frozenset({Status.SUBMITTED}), Status.RETURNED, DECIDED, needs_reason=True)
STILL_WRITTEN = (Status.DRAFT, Status.RETURNED)
