"""What a request asks of the objects of a collection (section 3.4): the part of them, and the page."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from exchange.models import Collection
from exchange.stix.checking import IDENTIFIER, LONGEST_TYPE, TYPE, VERSION, moment
from exchange.views.taxii.answers import Wrong

MOST = 1_000  # objects of a page; without a limit as many
MOST_VALUES = 100  # of one match
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SPEC_VERSION = re.compile(r"2\.[0-9]{1,3}")
NUMBER = re.compile(r"[0-9]{1,9}")
WORDS = ("first", "last", "all")


@dataclass(frozen=True)
class Asked:
    """`matches`: by field, what stood there, as it was given; a field that the address does not know is left out."""

    matches: dict[str, tuple[str, ...]]
    added_after: datetime | None
    limit: int
    after: datetime | None  # where the page begins, that the cursor names
    binding: str

    def of(self, rows: QuerySet[Any], *, versions: str = "last") -> QuerySet[Any]:
        """Those of `rows` that are asked for, in the order of TAXII; `versions` where the request names none."""
        rows = _of_versions(rows, self.matches.get("version", (versions,)))
        if types := self.matches.get("type"):
            rows = rows.filter(type__in=types)
        if ids := self.matches.get("id"):
            rows = rows.filter(stix_id__in=ids)
        if specs := self.matches.get("spec_version"):
            rows = rows.filter(spec_version__in=specs)
        later = max((one for one in (self.added_after, self.after) if one), default=None)
        return rows.filter(date_added__gt=later) if later else rows

    def cursor(self, last: datetime) -> str:
        """Any worker reads it, as often as it comes; it says where a page ended, and gives no right."""
        return _signer(self.binding).sign(str((last - EPOCH) // timedelta(microseconds=1)))


def asked(request: HttpRequest, collection: Collection, *, fields: tuple[str, ...], about: str) -> Asked:
    """`about` is the address within the collection: a cursor serves for one with the same filters only."""
    matches = {field: _values(request, field) for field in fields if f"match[{field}]" in request.GET}
    added_after = _once(request, "added_after")
    since = _moment(added_after, "added_after") if added_after is not None else None
    binding = _binding(collection, about, matches, since)
    return Asked(matches, since, _limit(request), _after(_once(request, "next"), binding), binding)


def _values(request: HttpRequest, field: str) -> tuple[str, ...]:
    values = tuple((_once(request, f"match[{field}]") or "").split(","))
    if len(values) > MOST_VALUES:
        raise Wrong(400, _("Name %(most)d at most.") % {"most": MOST_VALUES})
    for value in values:
        if not CHECKS[field](value):
            raise Wrong(400, _("“%(value)s” is nothing that %(name)s takes.") % _told(value, f"match[{field}]"))
    if field == "version" and "all" in values and len(values) > 1:
        raise Wrong(400, _("“all” stands alone in match[version]."))
    return values


CHECKS: dict[str, Callable[[str], Any]] = {
    "id": IDENTIFIER.fullmatch,
    "type": lambda value: len(value) <= LONGEST_TYPE and TYPE.fullmatch(value),
    "version": lambda value: value in WORDS or moment(value),
    "spec_version": SPEC_VERSION.fullmatch,
}


def _once(request: HttpRequest, name: str) -> str | None:
    given = request.GET.getlist(name)
    if len(given) > 1:
        raise Wrong(400, _("Give %(name)s once; several values are separated by commas.") % {"name": name})
    return given[0] if given else None


def _limit(request: HttpRequest) -> int:
    given = _once(request, "limit")
    if given is None:
        return MOST
    if not NUMBER.fullmatch(given) or not int(given):
        raise Wrong(400, _("“%(value)s” is nothing that %(name)s takes.") % _told(given, "limit"))
    return min(int(given), MOST)


def _moment(given: str, name: str) -> datetime:
    found = moment(given)
    if found is None:
        raise Wrong(400, _("“%(value)s” is nothing that %(name)s takes.") % _told(given, name))
    return found


def _told(value: str, name: str) -> dict[str, str]:
    return {"value": value[:60], "name": name}


def _of_versions(rows: QuerySet[Any], versions: tuple[str, ...]) -> QuerySet[Any]:
    """The last are what the index of pages holds; so it is asked as plainly as it was made."""
    if versions == ("all",):
        return rows
    if versions == ("last",):
        return rows.filter(is_last=True)
    exact = [moment(version) for version in versions if version not in WORDS]
    wanted = Q(version__in=exact) if exact else Q(pk__in=())
    wanted |= Q(is_first=True) if "first" in versions else Q(pk__in=())
    return rows.filter(wanted | Q(is_last=True) if "last" in versions else wanted)


def _binding(collection: Collection, about: str, matches: dict[str, tuple[str, ...]], since: datetime | None) -> str:
    told = repr((str(collection.uuid), about, sorted((name, sorted(of)) for name, of in matches.items()), since))
    return hashlib.sha256(told.encode()).hexdigest()


def _signer(binding: str) -> Signer:
    return Signer(salt=f"taxii page {binding}")


def _after(cursor: str | None, binding: str) -> datetime | None:
    if cursor is None:
        return None
    try:
        return EPOCH + timedelta(microseconds=int(_signer(binding).unsign(cursor)))
    except (BadSignature, ValueError, OverflowError):
        raise Wrong(
            400, _("This “next” does not belong to this address and these filters. Begin again without it.")
        ) from None


__all__ = ["MOST", "VERSION", "Asked", "asked"]
