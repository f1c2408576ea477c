"""Asks that collections follow the alerts of the portal."""

from datetime import timedelta

from django.db.models.functions import Now
from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network.models import Alert
from exchange.models import Collection, Mirroring
from notices.bell import sweep_soon

KEPT = timedelta(days=7)


def mirror_soon(alert: Alert) -> None:
    """In the transaction of what happened. A draft is in no collection.

    A row that waits is enough when nobody takes it before this transaction ends, which its lock sees to.
    """
    if alert.published_at and not _waits(alert):
        # No id comes back: the wall lets whoever changes an alert write it.
        Mirroring.objects.bulk_create([Mirroring(alert=alert)], ignore_conflicts=True)
        sweep_soon()


def _waits(alert: Alert) -> bool:
    with scope(PROGRAMME):
        waiting = Mirroring.objects.filter(alert=alert, status="queued", not_before__lte=Now()).order_by("pk")
        return waiting.select_for_update(skip_locked=True).values("pk").first() is not None


def mirror_all() -> None:
    """Every collection is compared whole, object by object; those that wait for it already are not asked twice."""
    with scope(PROGRAMME, page="mirroring"):
        Mirroring.objects.filter(status="done", finished_at__lt=timezone.now() - KEPT).delete()
        waiting = Mirroring.objects.filter(status="queued", collection__isnull=False)
        rest = Collection.objects.exclude(pk__in=waiting.values("collection"))
        Mirroring.objects.bulk_create([Mirroring(collection=collection) for collection in rest])
        sweep_soon()
