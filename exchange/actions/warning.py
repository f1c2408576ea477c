"""Asking for a look, and what a team does with what was found."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from common.scope import PROGRAMME, scope
from csirt_network.models import Alert, Announcement
from exchange.early_warning import DAYS
from exchange.models import AssetClaim, Collection, EarlyWarning, StixObject, WarningLook
from notices.bell import sweep_soon
from review.actions import Refused

MOST_AT_ONCE = 1000


def look_soon(collection: Collection) -> None:
    """In the transaction that put something in. One that waits is enough."""
    _ask(WarningLook(collection=collection))


def look_at(alert: Alert) -> None:
    """In the transaction in which a version of it goes out."""
    _ask(WarningLook(alert=alert, version=alert.version))


def look_for(claim: AssetClaim) -> None:
    """Once, when it is approved: through all that its team may read of the last days."""
    _ask(WarningLook(claim=claim))


def look_anew() -> None:
    """For every claim: who may read what has changed, or a worker was away."""
    with scope(PROGRAMME, page="early warning"):
        _ask(WarningLook())


def look_at_what_was_missed() -> None:
    """Versions and collections that nobody was told to look at: the sweep, by beat."""
    since = timezone.now() - DAYS
    looked = WarningLook.objects.filter(alert=OuterRef("alert"), version=OuterRef("version"))
    with scope(PROGRAMME, page="early warning"):
        missed = Announcement.objects.filter(~Exists(looked), at__gte=since).order_by("pk")[:MOST_AT_ONCE]
        _ask(*(WarningLook(alert_id=one.alert_id, version=one.version) for one in missed))
        ends = StixObject.objects.filter(date_added__gte=since).order_by().values("collection")
        reached = dict(
            WarningLook.objects.filter(collection__isnull=False)
            .order_by()
            .values_list("collection")
            .annotate(Max("up_to"))
        )
        for pk, end in ends.values_list("collection", Max("date_added")):
            if reached.get(pk) is None or reached[pk] < end:
                _ask(WarningLook(collection_id=pk))


@transaction.atomic
def handle(*, warning: EarlyWarning, status: str, note: str, was: str, by: Any) -> None:
    """The same again changes nothing; `was` is what the person saw when they decided."""
    held = EarlyWarning.objects.select_for_update(no_key=True, of=("self",)).get(pk=warning.pk)
    if (held.status, held.note) == (status, note):
        return
    if held.status != was:
        raise Refused(_("A colleague was faster. Look at what was said, and change it if needed."))
    facts = {"status": status, "note": note, "handled_by": by, "handled_at": timezone.now()}
    EarlyWarning.objects.filter(pk=held.pk).update(**facts)


def note_seen(*, warning: EarlyWarning, by: Any) -> None:
    """By the first of the team. Called after the answer has gone out."""
    EarlyWarning.objects.filter(pk=warning.pk, seen_at=None).update(seen_by=by, seen_at=timezone.now())


def _ask(*looks: WarningLook) -> None:
    # No id comes back: the wall lets whoever publishes write it, and nobody read it.
    WarningLook.objects.bulk_create(looks, ignore_conflicts=True)
    if looks:
        sweep_soon()
