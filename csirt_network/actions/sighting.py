"""Teams say what they have seen of an alert."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from csirt_network.models import Alert, Indicator, Sighting, Team
from csirt_network.signals import alert_changed
from review.actions import Refused


@transaction.atomic
def sight(
    *,
    alert: Alert,
    team: Team,
    indicator: Indicator | None,
    kind: str,
    count: int,
    seen_on: date,
    note: str,
    key: UUID,
    by: Any,
) -> None:
    """Once per key; a closed alert still takes them. Raises Refused for an indicator of another alert."""
    if indicator is not None and indicator.alert_id != alert.pk:
        raise Refused(_("Choose an indicator of this alert."))
    if kind != Sighting.Kind.SEEN and indicator is None:
        raise Refused(_("Say which indicator is a false positive, or expired."))
    facts = {"kind": kind, "count": count, "seen_on": seen_on, "note": note.strip(), "key": key, "by": by}
    Sighting.objects.bulk_create(
        [Sighting(alert=alert, team=team, indicator=indicator, **facts)], ignore_conflicts=True
    )
    alert_changed.send(sender=Alert, alert=alert)
