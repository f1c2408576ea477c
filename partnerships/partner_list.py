"""Partners with the agreements they are party to, as far as the reader may read of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from common.downloads import each, where, whereabouts
from partnerships.models import Partner, Party
from partnerships.querysets.partners import PartnerQuerySet


def partners_for(user: Any) -> PartnerQuerySet:
    """Each with `seen_sides`, in two queries for all."""
    sides = Party.objects.visible_to(user).select_related("agreement").order_by("-agreement__concluded_on", "pk")
    found = Partner.objects.visible_to(user).select_related("source", "state")
    return found.prefetch_related(Prefetch("sides", sides, to_attr="seen_sides"))


def by_kind(partners: Iterable[Partner]) -> list[tuple[Any, list[Partner]]]:
    """In the order of the kinds; kinds without a partner are left out."""
    found: dict[str, list[Partner]] = {kind: [] for kind in Partner.Kind.values}
    for partner in partners:
        found[partner.kind].append(partner)
    return [(Partner.Kind(kind).label, held) for kind, held in found.items() if held]


def table(partners: QuerySet[Any]) -> Iterator[list[Any]]:
    yield [
        _("Partner"),
        _("Kind"),
        _("Country"),
        _("Partner of the OAS"),
        _("With what"),
        _("Since"),
        _("Until"),
        _("Agreements"),
        _("Source"),
        _("Further sources"),
        _("Website"),
        *where(),
    ]
    for one in each(partners):
        yield [
            one.name,
            one.get_kind_display(),
            one.country_name,
            _("Yes") if one.is_of_the_oas else _("No"),
            one.about,
            one.since,
            one.until,
            "; ".join(side.agreement.name for side in one.seen_sides),
            str(one.source or ""),
            one.source_note,
            one.website,
            *whereabouts(one),
        ]
