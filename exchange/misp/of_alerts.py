"""Alerts as events. To be made in the scope of the reader; it is the alert's own policy that says what there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils import translation

from common.tlp import Tlp
from csirt_network.feeds import for_programs
from csirt_network.models import Alert, Indicator, Team
from exchange.misp.attributes import LINK, VULNERABILITY, attribute, attribute_of
from exchange.misp.events import Event
from exchange.misp.reports import reports_of
from exchange.misp.tags import tags_of_alert
from exchange.models import Collection
from exchange.stix.identities import id_of
from exchange.stix.ids import stix_id, uuid_in

KIND = Collection.Kind
LABELS: dict[str, tuple[Tlp, ...]] = {
    KIND.PUBLIC: (Tlp.CLEAR,),
    KIND.COMMUNITY: (Tlp.GREEN,),
    KIND.TEAM: (Tlp.AMBER, Tlp.STRICT),
    KIND.GROUP: (),
}


class Told(NamedTuple):
    """Of an indicator."""

    kind: str
    value: str
    note: str
    first_seen: str


def alerts_in(collection: Collection, reader: Any) -> Any:
    """Those that belong there and that the reader may read; what changed last first."""
    return for_programs(reader).filter(tlp__in=LABELS[collection.kind])


def uuid_of(alert: int) -> UUID:
    """That of its report in STIX."""
    return uuid_in(stix_id("report", "alert", alert))


def events_of_alerts(alerts: Iterable[Any], reader: Any) -> Iterator[Event]:
    """One query more, however many there are."""
    alerts = list(alerts)
    indicators: dict[int, list[Told]] = defaultdict(list)
    standing = Indicator.objects.visible_to(reader).standing().filter(alert__in=[alert.pk for alert in alerts])
    for number, *told in standing.values_list("alert", "kind", "value", "note", "first_seen") if alerts else ():
        indicators[number].append(Told(*told))
    return (_event(alert, indicators[alert.pk]) for alert in alerts)


def orgc_of(team: Team | None) -> dict[str, str]:
    """Whom it comes from, the programme where readers are not told whom; under the id of its identity in STIX."""
    with translation.override("en"):
        name = team.name if team else str(settings.PROGRAMME_NAME)
    return {"name": name, "uuid": str(uuid_in(id_of(team)))}


def _event(alert: Any, indicators: list[Told]) -> Event:
    uuid, at = uuid_of(alert.pk), timestamp_of(alert)
    with translation.override("en"):
        info = f"OAS Cyber {alert}"
    return Event(
        uuid=uuid,
        info=info,
        day=alert.published_at.date(),
        at=at,
        orgc=orgc_of(alert.from_team),
        tags=tags_of_alert(alert.tlp, alert.pap, alert.rsit),
        is_over=alert.closed_at is not None,
        attributes=list(_attributes(uuid, at, alert, indicators)),
        reports=reports_of(uuid, alert, at),
    )


def timestamp_of(alert: Any) -> int:
    """Two versions of the same second have two; its end is a change that has no version."""
    last = max(alert.changed_at, alert.closed_at or alert.changed_at)
    return int(last.timestamp()) + alert.version + (alert.closed_at is not None)


def _attributes(event: UUID, at: int, alert: Alert, indicators: list[Told]) -> Iterator[dict[str, Any]]:
    for one in indicators:
        yield attribute_of(event, one.kind, one.value, at=at, comment=one.note, first_seen=one.first_seen)
    for cve in dict.fromkeys(alert.cves):
        yield attribute(event, VULNERABILITY, cve, at=at)
    yield attribute(event, LINK, settings.SITE_URL + alert.get_absolute_url(), at=at, alone=True)
