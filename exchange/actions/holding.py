"""How rows come into a collection: one writer at a time, each row a microsecond later than the last.

Whoever reads by date of adding loses nothing, for rows become readable in the order of their dates: the lock is held
until the transaction ends. Writers of several collections in one transaction take them in the order of their numbers.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from csirt_network.models import GroupMember
from exchange.models import Collection, Observable, Reference, StixObject
from exchange.stix.labels import MARKINGS, marking, markings_of
from exchange.stix.referring import about_of

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('exchange collection'), %s)"
MICROSECOND = timedelta(microseconds=1)
STANDING = {identifier: label for label, identifier in MARKINGS.items()}
# First and last are told by version; of those of one moment the one that came first is the first.
MEND = """
UPDATE exchange_stixobject o SET is_first = r.is_first, is_last = r.is_last
FROM (SELECT id, row_number() OVER (PARTITION BY stix_id, line ORDER BY version, date_added) = 1 AS is_first,
             row_number() OVER (PARTITION BY stix_id, line ORDER BY version DESC, date_added DESC) = 1 AS is_last
      FROM exchange_stixobject WHERE collection_id = %s AND stix_id = ANY (%s) AND gone_at IS NULL) r
WHERE r.id = o.id AND (o.is_first, o.is_last) IS DISTINCT FROM (r.is_first, r.is_last)
"""


class Held(NamedTuple):
    """What is known of a collection once its lock is held: tombstones too, and what the writer may not read."""

    last: datetime
    rows: dict[str, list[StixObject]]  # by their ids, in the order in which they came
    readers: list[int] | None


class New(NamedTuple):
    """A row that is not in the database yet, without its `date_added`, what its body says and the values in it.

    The values are found before the lock of the collection is taken: nobody waits for another's patterns.
    """

    row: StixObject
    value: dict[str, Any]
    points_at: list[tuple[str, str]]


def hold(collection: Collection, ids: Iterable[str]) -> Held:
    """Takes the lock of the collection and looks at everything it has under `ids`."""
    asked = sorted({*ids, *STANDING})
    with scope(PROGRAMME):
        lock(collection.pk)
        rows = StixObject.objects.filter(collection=collection)
        last = rows.aggregate(last=Max("date_added"))["last"]
        known: dict[str, list[StixObject]] = {}
        for row in rows.filter(stix_id__in=asked).order_by("date_added"):
            known.setdefault(row.stix_id, []).append(row)
        members = GroupMember.objects.filter(group=collection.group_id).order_by("team").values_list("team", flat=True)
        readers = list(members) if collection.group_id else None
    now = timezone.now()
    return Held(max(now, last) if last else now, known, readers)


def lock(collection: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [collection])


def put(collection: Collection, new: list[New], held: Held) -> list[StixObject]:
    """Inserts them in their order, after the markings of TLP 2.0 that they are the first to use here."""
    rows = [one.row for one in new]
    first = _markings_to_bring(collection, new, held)
    for number, row in enumerate([*first, *rows], 1):
        row.date_added = held.last + number * MICROSECOND
        row.version = row.version or row.date_added
    if first:
        with scope(PROGRAMME):
            StixObject.objects.bulk_create(first)
    StixObject.objects.bulk_create(rows)
    Observable.objects.bulk_create(
        Observable(object=one.row, kind=kind, value=value) for one in new for kind, value in one.points_at
    )
    Reference.objects.bulk_create(
        Reference(object=one.row, stix_id=stix_id) for one in new for stix_id in about_of(one.value)
    )
    ids = [row.stix_id for row in rows]
    mend(collection.pk, {one for one in ids if one in held.rows} | _several(ids))
    return rows


def mend(collection: int, ids: Iterable[str]) -> None:
    """Says anew which versions of these are the first and the last that stand."""
    if asked := sorted(ids):
        with scope(PROGRAMME), connection.cursor() as cursor:
            cursor.execute(MEND, [collection, asked])


def stamp(moment: datetime) -> str:
    """TAXII 2.1, section 1.6: always six digits."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def text_of(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _markings_to_bring(collection: Collection, new: list[New], held: Held) -> list[StixObject]:
    used = {identifier for one in new for identifier in markings_of(one.value) if identifier in STANDING}
    missing = [STANDING[one] for one in sorted(used) if all(row.gone_at for row in held.rows.get(one, ()))]
    return [_standing(collection, label) for label in missing]


def _standing(collection: Collection, label: Tlp) -> StixObject:
    """Everybody knows the markings: in a group too, each of its teams reads them, whenever it joined."""
    value = marking(label)
    return StixObject(
        collection=collection,
        stix_id=value["id"],
        version=datetime.fromisoformat(value["created"]),
        type=value["type"],
        body=text_of(value),
        tlp=collection.tlp,
    )


def _several(ids: list[str]) -> set[str]:
    seen: set[str] = set()
    return {one for one in ids if one in seen or seen.add(one)}  # type: ignore[func-returns-value]
