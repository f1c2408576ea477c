"""Ids and times of the objects that the portal makes: the same row has the same id for every reader, for ever.

Nobody computes an id whose object they were not given, for the namespace is drawn at random where the portal is set up
and kept by its database. Only the ids of what everybody knows, the programme and markings, are open.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

OPEN = UUID("f5908646-6940-4a3e-b651-6de3cf5a4a1f")  # the portal's own (STIX 2.1, section 2.9)
MILLISECOND = timedelta(milliseconds=1)


@cache
def namespace() -> UUID:
    """Migration 0008 drew it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT exchange_namespace()")
        return UUID(str(cursor.fetchone()[0]))


def open_id(kind: str, *of: object) -> str:
    return _id(OPEN, kind, of)


def stix_id(kind: str, *of: object) -> str:
    """`of`: the model and the number of the row it is made from."""
    return _id(namespace(), kind, of)


def _id(within: UUID, kind: str, of: tuple[object, ...]) -> str:
    return f"{kind}--{uuid5(within, '/'.join(map(str, (kind, *of))))}"


def indicator_id(indicator: Any) -> str:
    """What was revoked stays so (STIX 2.1, section 3.6): an indicator that came back is another object."""
    return stix_id("indicator", *life_of(indicator))


def life_of(indicator: Any) -> tuple[object, ...]:
    return ("indicator", indicator.pk, *([indicator.returned] if indicator.returned else []))


def uuid_in(stix_id: str) -> UUID:
    """Raises ValueError for what is no id of STIX."""
    return UUID(stix_id.partition("--")[2])


def moment(at: datetime) -> str:
    """A timestamp of STIX 2.1 (section 3.2), to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
