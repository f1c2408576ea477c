"""Many objects as files: read part by part in the scope of the reader, at most so many, each under its label."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from common.downloads import Incomplete, where, whereabouts
from common.moments import as_utc
from common.scope import Reach, scope
from common.tlp import Tlp, strictest
from csirt_network.indicators import Kind
from exchange.models import StixObject
from exchange.showing import Shown
from exchange.stix.labels import marking

MOST, PART = 10_000, 500


def rows_of(chosen: Any, reach: Reach) -> Iterator[StixObject]:
    """The newest first. Each part is a transaction of its own: an answer may be long on its way."""
    last: StixObject | None = None
    rows = chosen.order_by("-date_added", "-pk")
    for _part in range(0, MOST, PART):
        with scope(reach, read_only=True):
            part = list((rows.filter(_after(last)) if last else rows)[:PART])
        yield from part
        if len(part) < PART:
            return
        last = part[-1]


def _after(last: StixObject) -> Q:
    return Q(date_added__lt=last.date_added) | Q(date_added=last.date_added, pk__lt=last.pk)


def lines_of(chosen: Any, reader: Any) -> Iterator[list[Any]]:
    yield [
        "TLP",
        _("Type"),
        _("Name"),
        _("Kind"),
        _("Value"),
        _("Pattern"),
        _("From"),
        _("Collection"),
        _("Added at"),
        _("Version"),
        _("STIX id"),
        _("Revoked"),
        *where(),
    ]
    for row in rows_of(chosen.prefetch_related("observables"), reader.reach):
        yield from _lines(Shown(row, reader))
    if chosen.order_by("pk")[MOST : MOST + 1].exists():
        raise Incomplete.after(MOST)


def _lines(shown: Shown) -> Iterator[list[Any]]:
    """One for each value that it points at, as tools want them."""
    row = shown.row
    for kind, value in [(one.kind, one.value) for one in row.observables.all()] or [("", "")]:
        yield [
            shown.label,
            row.type,
            shown.title,
            str(Kind(kind).label) if kind else "",
            value,
            shown.pattern,
            shown.origin,
            str(row.collection),
            as_utc(row.date_added),
            f"{row.version:%Y-%m-%d %H:%M:%S}Z",
            row.stix_id,
            _("yes") if shown.is_revoked else "",
            *whereabouts(row),
        ]


def bundle_of(chosen: Any, reach: Reach, markings: str) -> Iterator[str]:
    """A bundle of STIX 2.1, the objects exactly as they came. Markings of TLP 2.0 travel with what uses them."""
    yield f'{{"type":"bundle","id":"bundle--{uuid.uuid4()}","objects":[{markings}'
    for row in rows_of(chosen, reach):
        yield f",{row.body}"
    yield "]}"


def name_with_label(chosen: Any, ending: str) -> str:
    """The strictest label of what is in it stands in the name, since a file goes on without its page."""
    labels = set(chosen.order_by("-date_added", "-pk").values_list("tlp", flat=True)[:MOST])
    label = strictest(labels) if labels else Tlp.CLEAR
    return f"objects-TLP-{label.value.replace('+', '-')}.{ending}"


TRAVELLING = [marking(label) for label in Tlp if label != Tlp.RED]
