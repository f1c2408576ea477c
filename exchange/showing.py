"""Objects of STIX as people read them: by name, made harmless, with what they refer to."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from common.tlp import SHARING, Tlp
from csirt_network.indicators import defang, recognise
from exchange.correlations import Elsewhere, related
from exchange.models import Reference, StixObject
from exchange.origins import is_shown
from exchange.stix.labels import LABELS, refs_of
from exchange.stix.names import name_of

QUOTED = re.compile(r"'((?:[^'\\]|\\.)*+)('?)")  # what has no end is taken too, so that it is looked for once
LONGEST = 300
MOST_REFERRED, MOST_ABOUT = 200, 50
ORIGIN = ("from_team", "collection__group")
TEXTS = ("description", "content", "explanation", "summary", "opinion", "abstract")
TIMES = ("created", "modified", "valid_from", "valid_until", "first_seen", "last_seen", "published")


@dataclass(frozen=True)
class Shown:
    """A row of a list, or what a page begins with. Without `reader`, from whom it is may stay unsaid."""

    row: StixObject
    reader: Any = None

    @cached_property
    def value(self) -> dict[str, Any]:
        found = json.loads(self.row.body) if self.row.body else {}
        return found if isinstance(found, dict) else {}

    @property
    def title(self) -> str:
        return harmless(name_of(self.value))[:LONGEST] or self.row.stix_id

    @property
    def label(self) -> str:
        return Tlp(self.row.tlp).label

    @property
    def sharing(self) -> str:
        return str(SHARING[self.row.tlp])

    @property
    def origin(self) -> str:
        """Of a group whose members are hidden from each other nobody else's."""
        return str(self.row.from_team or _("The portal")) if self.is_named else _("Not shown")

    @property
    def is_named(self) -> bool:
        return is_shown(self.row, self.reader or AnonymousUser())

    @property
    def is_revoked(self) -> bool:
        return self.value.get("revoked") is True

    @property
    def pattern(self) -> str:
        found = self.value.get("pattern")
        return found if isinstance(found, str) else ""

    @property
    def harmless_pattern(self) -> str:
        return QUOTED.sub(lambda found: f"'{harmless(found[1])}{found[2]}", self.pattern)

    @property
    def texts(self) -> list[str]:
        return [found for name in TEXTS if isinstance(found := self.value.get(name), str) and found]

    @property
    def times(self) -> list[tuple[str, str]]:
        return [(name, found) for name in TIMES if isinstance(found := self.value.get(name), str)]

    @property
    def tags(self) -> list[str]:
        found = self.value.get("labels")
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    @property
    def readable(self) -> str:
        """The whole object, laid out."""
        return json.dumps(self.value, indent=2, ensure_ascii=False)


@dataclass(frozen=True)
class Referred:
    """What an object refers to: to be opened, where the reader may read it."""

    stix_id: str
    words: str = ""
    found: Shown | None = None


@dataclass(frozen=True)
class Beside:
    """An alert or an object that holds the same value."""

    found: Elsewhere

    @property
    def words(self) -> str:
        item = self.found.item
        if isinstance(item, StixObject):
            return Shown(item).title
        return _("Alert %(code)s: %(title)s") % {"code": item.code, "title": item.title_in_any}


def harmless(text: str) -> str:
    """Defanged, where it is an indicator as a whole."""
    try:
        one = recognise(text) if len(text) <= LONGEST else None
    except ValidationError:
        one = None
    return defang(one.value, one.kind) if one else text


def referred_by(shown: Shown, reader: Any) -> list[Referred]:
    ids = list(dict.fromkeys(refs_of(shown.value)))[:MOST_REFERRED]
    rows = StixObject.objects.visible_to(reader).newest().filter(stix_id__in=ids).select_related(*ORIGIN)
    own = shown.row.collection_id
    ordered = sorted(rows, key=lambda row: (row.collection_id == own, -row.pk))
    found = {row.stix_id: Shown(row, reader) for row in ordered}
    return [Referred(one, LABELS[one].label if one in LABELS else "", found.get(one)) for one in ids]


def about(shown: Shown, reader: Any) -> list[Shown]:
    """Sightings, notes, opinions and whatever else in the same collection refers to it; the last that came first."""
    beside = StixObject.objects.newest().filter(collection=shown.row.collection_id, pk=OuterRef("object"))
    said = Reference.objects.visible_to(reader).filter(Exists(beside), stix_id=shown.row.stix_id)
    last = said.order_by("-object_id").values("object_id")[:MOST_ABOUT]
    rows = StixObject.objects.filter(pk__in=last).exclude(stix_id=shown.row.stix_id)
    return [Shown(row, reader) for row in rows.select_related(*ORIGIN).order_by("-date_added")]


def elsewhere(shown: Shown, values: Iterable[tuple[str, str]], reader: Any) -> list[Beside]:
    """What else holds a value that it points at, of what the reader may read."""
    found = related(values, reader, alert=shown.row.alert_id, stix_id=shown.row.stix_id)
    return [Beside(one) for one in found[:MOST_ABOUT]]


def versions_of(shown: Shown, reader: Any) -> list[StixObject]:
    row = shown.row
    of = {"collection": row.collection_id, "stix_id": row.stix_id, "line": row.line}
    rows = StixObject.objects.visible_to(reader).standing()
    return list(rows.filter(**of).order_by("-version", "-pk"))
