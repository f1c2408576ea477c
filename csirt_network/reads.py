"""That somebody opened an alert: a receipt for the origin, and under the strict labels an entry in the audit trail."""

from typing import Any

from accounts.audit import record_read
from common.tlp import Tlp
from csirt_network.actions.answering import note_opened
from csirt_network.answers import sides_of
from csirt_network.models import Alert

RECORDED = (Tlp.STRICT, Tlp.RED)


def note_reading(request: Any, alert: Alert) -> None:
    """After the answer has gone out. What the programme was not given stays out of its sight in the trail too."""
    if not request.user.is_authenticated or not alert.published_at:
        return
    if alert.tlp in RECORDED:
        is_private = alert.tlp == Tlp.RED or not alert.with_programme
        request.after_response.append(lambda: record_read(request, alert, private=is_private))
    request.after_response.append(lambda: note_receipt(alert, request.user))


def note_receipt(alert: Alert, user: Any) -> None:
    if sides := sides_of(alert, user):
        note_opened(alert=alert, sides=sides, by=user)
