"""Labels of what is out rise at a word of the originator, and fall only with a reason; the database holds to it too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.scope import Reach, reach_of, scope
from common.tlp import ORDER, Tlp
from csirt_network.actions.publishing import change, keep_version, readers_today, tell
from csirt_network.actions.writing import audience_of, lock
from csirt_network.models import Alert, Countersign, Lowering
from csirt_network.obstacles import lowest_label, sources_of
from review.actions import Refused

OPEN = (Tlp.CLEAR, Tlp.GREEN)


@contextmanager
def _as_holder(alert: Alert, by: Any) -> Iterator[None]:
    """What the programme published for a hidden source is the programme's to write, and its origin's to label."""
    if alert.from_team_id is None and audience_of(alert).origin_id is not None:
        with scope(Reach(teams=reach_of(by).teams, person=by.pk, staff=True)):
            yield
    else:
        yield


@transaction.atomic
def raise_label(*, alert: Alert, tlp: str, by: Any) -> Alert:
    """Narrows who reads, at once and everywhere."""
    with _as_holder(alert, by):
        held = lock(alert)
        if not held.is_out or ORDER[tlp] <= ORDER[held.tlp]:
            raise Refused(_("Choose a stricter label than the alert has."))
        if tlp == Tlp.RED and held.author_id != by.pk:
            raise Refused(_("Only its author can put it under TLP:RED: nobody else of the team reads it then."))
        _relabel(held, tlp, by)
    return held


@transaction.atomic
def lower_label(*, alert: Alert, tlp: str, reason: str, by: Any) -> Lowering:
    """At once down to AMBER; down to GREEN or CLEAR once a second person of the originator agrees."""
    if not alert.is_out or ORDER[tlp] >= ORDER[alert.tlp]:
        raise Refused(_("Choose a lower label than the alert has."))
    if alert.tlp == Tlp.RED and tlp in OPEN:
        raise Refused(
            _("A second person must agree, and cannot read what is under TLP:RED. Lower it to TLP:AMBER first.")
        )
    _refuse_below_sources(alert, tlp, by)
    asked, _new = Lowering.objects.get_or_create(
        alert=alert,
        change=alert.relabelled + 1,
        after=tlp,
        defaults={"before": alert.tlp, "reason": reason, "by": by},
    )
    if tlp not in OPEN:
        with _as_holder(alert, by):
            _relabel(lock(alert), tlp, by)
    return asked


@transaction.atomic
def agree_to_lower(*, lowering: Lowering, by: Any) -> Alert:
    """The second person's word, with which the label falls."""
    alert = lowering.alert
    if by.pk in (lowering.by_id, alert.author_id):
        raise Refused(_("Somebody else must agree: neither who wrote it nor who asked can."))
    if lowering.change != alert.relabelled + 1:
        raise Refused(_("Its label has changed meanwhile."))
    _refuse_below_sources(alert, lowering.after, by)
    Countersign.objects.get_or_create(alert=alert, edited=alert.edited, lowering=lowering, by=by)
    with _as_holder(alert, by):
        held = lock(alert)
        _relabel(held, lowering.after, by)
    return held


def waiting(alert: Alert, user: Any) -> Any:
    """The lowering that a second person has not agreed to yet."""
    asked = Lowering.objects.visible_to(user).filter(alert=alert, change=alert.relabelled + 1)
    return asked.select_related("by").first()


def _refuse_below_sources(alert: Alert, tlp: str, by: Any) -> None:
    lowest = lowest_label(alert, sources_of(alert))
    if lowest and ORDER[tlp] < ORDER[lowest]:
        text = _("What it quotes, or a file of it, is under %(label)s. Its own label may not be lower.")
        raise Refused(text % {"label": Tlp(lowest).label})


def _relabel(held: Alert, tlp: str, by: Any) -> None:
    """Counted, and a version of its own: what was read under the label before keeps it."""
    change(held, tlp=tlp, relabelled=held.relabelled + 1, version=held.version + 1)
    keep_version(held, by=by)
    tell(held, readers_today(held), kind="alert labelled", by=by, threshold=f"v{held.version}")
