"""Indicators that teams pushed into a collection: one event for each day (UTC) on which some came.

From whom each is stays unsaid here: members of a group may be hidden from one another.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models.functions import TruncDate
from django.utils import timezone

from common.tlp import strictest
from exchange.misp.attributes import attribute_of
from exchange.misp.events import Event
from exchange.misp.of_alerts import orgc_of
from exchange.misp.tags import tlp_tag
from exchange.models import Collection, Observable, StixObject
from exchange.stix.ids import stix_id, uuid_in

MOST = 10_000  # the newest, over all days of a collection
SETTLED = timedelta(minutes=1)
HARMLESS = {"benign", "anonymization"}


def pushed_into(collection: Collection, reader: Any) -> Any:
    """The newest first. What came just now waits: MISP counts in seconds, and must find each second whole."""
    indicators = StixObject.objects.visible_to(reader).newest().filter(collection=collection, type="indicator")
    settled = indicators.filter(alert=None, from_team__isnull=False, date_added__lt=timezone.now() - SETTLED)
    return settled.order_by("-date_added")[:MOST]


def days_of(collection: Collection, reader: Any) -> list[date]:
    """The newest first."""
    newest = StixObject.objects.filter(pk__in=pushed_into(collection, reader).values("pk"))
    days = newest.order_by().values_list(TruncDate("date_added", tzinfo=UTC), flat=True).distinct()
    return sorted(days, reverse=True)


def uuid_of(collection: Collection, day: date) -> UUID:
    return uuid_in(stix_id("misp-event", collection.uuid, day))


def events_of_pushes(collection: Collection, reader: Any, day: date | None = None) -> Iterator[Event]:
    """Of all days, or of one; two queries."""
    rows = [row for row in pushed_into(collection, reader) if day in (None, _day(row))]
    values: dict[int, list[Observable]] = {row.pk: [] for row in rows}
    for one in Observable.objects.visible_to(reader).filter(object__in=list(values)) if rows else ():
        values[one.object_id].append(one)
    for of, of_day in groupby(rows, key=_day):
        yield _event(collection, of, list(of_day), values)


def _event(collection: Collection, day: date, rows: list[StixObject], values: dict[int, list[Observable]]) -> Event:
    uuid = uuid_of(collection, day)
    at = int(max(row.date_added for row in rows).timestamp())
    label = strictest(row.tlp for row in rows)
    return Event(
        uuid=uuid,
        info=f"OAS Cyber indicators of {day.isoformat()}: {collection}",
        day=day,
        at=at,
        orgc=orgc_of(None),
        tags=[tlp_tag(label)],
        attributes=list(_attributes(uuid, at, rows, values)),
    )


def _attributes(
    event: UUID, at: int, rows: Iterable[StixObject], values: dict[int, list[Observable]]
) -> Iterator[dict[str, Any]]:
    """A value once, as the newest object that holds it says; one that was revoked tells nothing."""
    told = set()
    for row in rows:
        said = json.loads(row.body)
        for one in values[row.pk] if not said.get("revoked") else ():
            if (one.kind, one.value) not in told:
                told.add((one.kind, one.value))
                comment, to_ids = _comment(row, said), not _is_harmless(said)
                yield attribute_of(event, one.kind, one.value, at=at, comment=comment, to_ids=to_ids)


def _is_harmless(said: dict[str, Any]) -> bool:
    types = said.get("indicator_types")
    return isinstance(types, list) and any(one in HARMLESS for one in types if isinstance(one, str))


def _comment(row: StixObject, said: dict[str, Any]) -> str:
    until = said.get("valid_until")
    return " ".join(filter(None, [str(said.get("name") or ""), row.stix_id, f"Valid until {until}." if until else ""]))


def _day(row: StixObject) -> date:
    added: datetime = row.date_added
    return added.astimezone(UTC).date()
