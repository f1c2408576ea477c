"""That an alert went out, told to whoever subscribed to its like: asked for here, done later by a worker."""

from csirt_network.models import Alert, Announcement
from csirt_network.signals import alert_changed
from notices.bell import sweep_soon


def announce(alert: Alert) -> None:
    """In the transaction of what happened; the same version once, however often this is called."""
    # No id comes back: the wall lets whoever publishes write it.
    Announcement.objects.bulk_create([Announcement(alert=alert, version=alert.version)], ignore_conflicts=True)
    alert_changed.send(sender=Alert, alert=alert)
    sweep_soon()
