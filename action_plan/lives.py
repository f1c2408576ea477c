"""Life is a table: where a request for support stands, and the ways between."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Asked(TextChoices):
    SENT = "sent", _("Sent")
    TRIAGED = "triaged", pgettext_lazy("request for support", "Taken over")
    PLANNED = "planned", pgettext_lazy("request for support", "Planned")
    DECLINED = "declined", _("Declined")
    MET = "met", _("Met")
    WITHDRAWN = "withdrawn", pgettext_lazy("request for support", "Taken back")


@dataclass(frozen=True)
class Way:
    """A verb, where it may start, where it ends, and the sentence for whoever tries it elsewhere."""

    verb: str
    start: frozenset[Asked]
    end: Asked
    refusal: str | Promise
    needs_reason: bool = False


MOVED_ON = _("This request has moved on meanwhile. Open it again to see where it stands.")
OPEN = frozenset({Asked.SENT, Asked.TRIAGED})
TAKE_OVER = Way("take over", frozenset({Asked.SENT}), Asked.TRIAGED, _("Somebody has taken this request over already."))
PLAN = Way("plan", OPEN | {Asked.PLANNED, Asked.DECLINED}, Asked.PLANNED, MOVED_ON)
DECLINE = Way("decline", OPEN | {Asked.PLANNED}, Asked.DECLINED, MOVED_ON, needs_reason=True)
MEET = Way("meet", frozenset({Asked.PLANNED}), Asked.MET, _("Only what is planned can be met."), needs_reason=True)
TAKE_BACK = Way(
    "take back", OPEN, Asked.WITHDRAWN, _("The programme has answered, so this is not taken back any more.")
)
