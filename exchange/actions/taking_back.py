"""What a team brought, revoked or deleted by one of its representatives."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.events import note
from common.tlp import Tlp
from exchange.actions import adding
from exchange.actions.portal import unsay
from exchange.actions.removing import remove
from exchange.bulk.making import text_of
from exchange.models import StixObject
from exchange.showing import Shown
from exchange.stix.checking import OF_OBSERVABLES
from exchange.stix.ids import moment
from review.actions import Refused


def can_be_revoked(value: dict[str, Any]) -> bool:
    """Observables and markings have no versions, and what is revoked stays so (STIX 2.1, section 3.2)."""
    has_versions = value.get("type") not in {*OF_OBSERVABLES, "marking-definition"} and "modified" in value
    return has_versions and value.get("revoked") is not True


def revoke(row: StixObject, *, by: Any) -> StixObject:
    """A further version that says so. Raises Refused for what cannot be revoked."""
    value = Shown(row).value
    if not can_be_revoked(value) or not row.is_last:
        raise Refused(_("This cannot be revoked: it is revoked already, or there is a newer version of it."))
    newer = value | {"modified": moment(timezone.now()), "revoked": True}
    given = [adding.Given(text_of(newer), newer)]
    labels = [Tlp(row.tlp)]  # what was brought without a label of its own keeps the one it is held under
    team: Any = row.from_team
    [(result, why)] = adding.bring(collection=row.collection, team=team, objects=given, labels=labels, by=by)
    if result != "added":
        raise Refused(why)
    note("object revoked", account=by.pk, object=row.pk)
    return StixObject.objects.visible_to(by).newest().get(collection=row.collection, stix_id=row.stix_id, line=row.line)


def take_away(row: StixObject, *, by: Any) -> None:
    """With all its versions in this collection; in others it stays."""
    own = StixObject.objects.visible_to(by).standing().filter(from_team=row.from_team, alert=None)
    rows = list(own.filter(collection=row.collection, stix_id=row.stix_id))
    remove(rows)
    unsay(rows)
    note("object deleted", account=by.pk, object=row.pk)
