"""The same value elsewhere: in other alerts and stored objects, of what the reader may read and of nothing else.

Nothing is counted or hinted at beyond it. Drafts and exercises are not compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from csirt_network.indicators import defang
from csirt_network.models import Alert, Indicator
from exchange.models import Observable, StixObject

MOST = 200


def page_of(row: StixObject) -> str:
    return reverse("object-detail", args=[row.pk])


@dataclass(frozen=True)
class Elsewhere:
    """`harmless` is the value as it is shown. `item`: what holds it too, an alert or a stored object."""

    kind: str
    value: str
    item: Alert | StixObject

    @property
    def harmless(self) -> str:
        return defang(self.value, self.kind)

    @property
    def url(self) -> str:
        return self.item.get_absolute_url() if isinstance(self.item, Alert) else page_of(self.item)

    @property
    def title(self) -> str:
        return _("Alert %(code)s") % {"code": self.item.code} if isinstance(self.item, Alert) else self.item.stix_id

    @property
    def note(self) -> str:
        return self.harmless

    @property
    def is_alert(self) -> bool:
        return isinstance(self.item, Alert)


def related(
    values: Iterable[tuple[str, str]], reader: Any, *, alert: int | None = None, stix_id: str = ""
) -> list[Elsewhere]:
    """`values` are pairs of kind and value in their one form; `alert` and `stix_id` are what is looked at.

    To be asked in the scope of `reader`. Two queries, however many values; the newest first, at most `MOST` of each.
    """
    asked = set(values)
    words = {value for _kind, value in asked}
    if not words:
        return []
    in_alerts = _alerts(reader).filter(value__in=words).exclude(alert=alert or 0)
    in_objects = _observables(reader).filter(value__in=words).exclude(object__stix_id=stix_id)
    found = [Elsewhere(one.kind, one.value, one.alert) for one in in_alerts[:MOST]]
    found += [Elsewhere(one.kind, one.value, one.object) for one in in_objects[:MOST]]
    return [one for one in found if (one.kind, one.value) in asked]


def _alerts(reader: Any) -> QuerySet[Indicator]:
    out = Alert.objects.visible_to(reader).out().filter(is_exercise=False)
    found = Indicator.objects.visible_to(reader).standing().filter(alert__in=out)
    return found.select_related("alert").order_by("-alert__published_at", "pk")


def _observables(reader: Any) -> QuerySet[Observable]:
    """Objects that the portal made of an alert are that alert."""
    objects: Any = StixObject.objects.visible_to(reader).newest().filter(alert=None)
    found = Observable.objects.visible_to(reader).filter(object__in=objects)
    return found.select_related("object").order_by("-object__date_added", "pk")
