"""The feed of a collection: its newest events, of alerts before those of pushed indicators. In the reader's scope."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from uuid import UUID

from exchange.misp import of_alerts, of_pushes
from exchange.misp.events import Event
from exchange.models import Collection

MOST = 1_000


def events_in(collection: Collection, reader: Any) -> Iterator[Event]:
    """As many queries for one as for a thousand."""
    alerts = of_alerts.alerts_in(collection, reader)[:MOST]
    found = of_alerts.events_of_alerts(alerts, reader)
    return islice(chain(found, of_pushes.events_of_pushes(collection, reader)), MOST)


def event_named(uuid: UUID, collection: Collection, reader: Any) -> Event | None:
    """The one alone is made."""
    alerts = of_alerts.alerts_in(collection, reader)
    numbers = alerts.values_list("pk", flat=True)[:MOST]
    number = next((pk for pk in numbers if of_alerts.uuid_of(pk) == uuid), None)
    if number is not None:
        return next(of_alerts.events_of_alerts(alerts.filter(pk=number), reader), None)
    days = of_pushes.days_of(collection, reader)
    day = next((day for day in days if of_pushes.uuid_of(collection, day) == uuid), None)
    return next(of_pushes.events_of_pushes(collection, reader, day), None) if day else None
