"""The feed of a collection: its newest events, of alerts before those of pushed indicators. In the reader's scope."""

import hashlib
import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Max

from exchange.misp import of_alerts, of_pushes
from exchange.misp.events import Event
from exchange.models import Collection

MOST = 1_000
FORMAT = 1  # one more when an event is written otherwise than before


def events_in(collection: Collection, reader: Any) -> Iterator[Event]:
    """As many queries for one as for a thousand."""
    alerts = of_alerts.alerts_in(collection, reader)[:MOST]
    found = of_alerts.events_of_alerts(alerts, reader)
    return islice(chain(found, of_pushes.events_of_pushes(collection, reader)), MOST)


def state_of(collection: Collection, reader: Any) -> str:
    """Another one whenever the feed is: of an alert all changes with its version or its end. Costs no text."""
    facts = ("pk", "version", "changed_at", "closed_at", "from_team__name")
    alerts = list(of_alerts.alerts_in(collection, reader).values_list(*facts)[:MOST])
    pushes = of_pushes.pushed_into(collection, reader).aggregate(Count("pk"), Max("date_added"))
    known = [FORMAT, settings.SITE_URL, str(collection), alerts, pushes]
    return hashlib.sha256(json.dumps(known, cls=DjangoJSONEncoder).encode()).hexdigest()


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
