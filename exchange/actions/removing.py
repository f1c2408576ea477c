"""Deleting objects: their rows stay as tombstones without a text, so that dates of adding are never given twice."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from common.scope import PROGRAMME, scope
from exchange.actions.holding import lock, mend
from exchange.models import Observable, Reference, StixObject


@transaction.atomic
def remove(rows: Iterable[StixObject]) -> int:
    """How many stood until now. In the scope of whoever they belong to: the wall leaves those of others alone."""
    by_collection: dict[int, list[StixObject]] = {}
    for row in rows:
        by_collection.setdefault(row.collection_id, []).append(row)
    removed = 0
    for collection in sorted(by_collection):
        gone = by_collection[collection]
        pks = [row.pk for row in gone]
        with scope(PROGRAMME):
            lock(collection)
        standing = StixObject.objects.standing().filter(pk__in=pks)
        Observable.objects.filter(object__in=pks).delete()
        Reference.objects.filter(object__in=pks).delete()
        removed += standing.update(gone_at=timezone.now(), body="", sought="")
        mend(collection, {row.stix_id for row in gone})
    return removed
