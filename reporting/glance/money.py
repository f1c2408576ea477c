"""Agreements of the OAS that stand and what was given in them, as far as all member states read of them."""

from dataclasses import dataclass
from typing import Any

from partnerships.models import Agreement, Contribution, Partner, Party
from partnerships.querysets.agreements import STANDING
from reporting.glance.quarters import Quarter


@dataclass(frozen=True)
class Money:
    """`totals`: one for each currency, as `per_currency` has them. `standing_before`: when the quarter began."""

    agreements: tuple[Any, ...]
    partners: dict[int, list[Any]]  # by agreement
    contributions: tuple[Any, ...]
    totals: tuple[dict[str, Any], ...]
    standing_before: int


def money_of(reader: Any, quarter: Quarter) -> Money:
    agreements = tuple(_standing(reader).newest_first().select_related("source"))
    of_them = {"agreement__in": [one.pk for one in agreements]}
    given = Contribution.objects.visible_to(reader).filter(**of_them)
    sides = Party.objects.visible_to(reader).filter(partner__in=Partner.objects.visible_to(reader).values("pk"))
    partners: dict[int, Any] = {}
    for side in sides.filter(**of_them).select_related("partner").order_by("position", "pk"):
        partners.setdefault(side.agreement_id, []).append(side.partner)
    return Money(
        agreements=agreements,
        partners=partners,
        contributions=tuple(given.select_related("giver__partner", "agreement", "source").order_by("agreement", "pk")),
        totals=tuple(given.per_currency()),
        standing_before=_standing(reader, quarter.first).exclude(concluded_on__gte=quarter.first).count(),
    )


def _standing(reader: Any, *day: Any) -> Any:
    agreements: Any = Agreement.objects.visible_to(reader).with_status(*day).with_standing()
    return agreements.filter(is_of_the_oas=True, status__in=STANDING)
