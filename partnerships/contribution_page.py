"""A contribution as one reader may see it: what is stated, what came in, where it goes, and what that adds up to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from action_plan.models import Activity
from common.mandate import Point
from common.scope import reach_of
from partnerships.models import Allocation, Contribution, Instalment
from partnerships.money import Converted, converted, money

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Part:
    """A part of the bar: `spent`, `reserved` or `free`."""

    name: str
    amount: Decimal
    currency: str

    @property
    def words(self) -> str:
        return money(self.amount, self.currency)


@dataclass(frozen=True)
class Drawn:
    name: str
    x: str
    width: str


@dataclass(frozen=True)
class OnPoint:
    """What is set aside and spent for one point; 0 for what belongs to none."""

    point: int
    set_aside: Decimal
    spent: Decimal
    currency: str

    @property
    def name(self) -> str:
        return str(Point(self.point).label) if self.point else ""

    @property
    def spent_words(self) -> str:
        return money(self.spent, self.currency)

    @property
    def words(self) -> str:
        return money(self.set_aside, self.currency)


@dataclass(frozen=True)
class ContributionPage:
    contribution: Any
    knows_more: bool  # the giver and the programme's staff
    instalments: list[Any]
    allocations: list[Any]
    parts: list[Part]
    points: list[OnPoint]
    conversions: list[Converted]

    @property
    def drawn(self) -> list[Drawn]:
        """The parts as shares of the whole, one after the other, in hundredths."""
        drawn, x = [], 0.0
        for part in self.parts:
            share = float(part.amount / self.contribution.amount * 100)
            drawn.append(Drawn(part.name, f"{x:.2f}", f"{share:.2f}"))
            x += share
        return drawn

    @property
    def received(self) -> str:
        return money(self.contribution.received or NOTHING, self.contribution.currency)


def page_of(contribution: Any, user: Any) -> ContributionPage:
    """`contribution` was read `with_sums`."""
    of_it = {"contribution": contribution}
    instalments = list(Instalment.objects.visible_to(user).filter(**of_it))
    allocations = list(Allocation.objects.visible_to(user).filter(**of_it).select_related("state"))
    name_activities(allocations, user)
    rows: list[Any] = [*instalments, *allocations]
    for row in rows:
        row.contribution = contribution  # their amounts are in its currency
    return ContributionPage(
        contribution=contribution,
        knows_more=knows_more(contribution, user),
        instalments=instalments,
        allocations=allocations,
        parts=parts_of(contribution),
        points=points_of(contribution, allocations),
        conversions=converted(contribution, user),
    )


def knows_more(contribution: Contribution, user: Any) -> bool:
    return user.is_authenticated and (user.is_programme_staff or contribution.partner_id in reach_of(user).partners)


def parts_of(contribution: Any) -> list[Part]:
    """Spent, reserved and free, of an amount that is stated and of which something is set aside."""
    held, spent = contribution.set_aside, contribution.spent or NOTHING
    if held is None or contribution.amount is None:
        return []
    sums = (("spent", spent), ("reserved", held - spent), ("free", contribution.amount - held))
    return [Part(name, amount, contribution.currency) for name, amount in sums]


def points_of(contribution: Contribution, allocations: list[Any]) -> list[OnPoint]:
    """By the allocation's own point or its activity's."""
    sums: dict[int, list[Decimal]] = {}
    for row in allocations:
        held = sums.setdefault(row.on_point or 0, [NOTHING, NOTHING])
        held[0] += row.amount
        held[1] += row.spent
    ordered = sorted(sums.items(), key=lambda one: (one[0] == 0, one[0]))
    return [OnPoint(point, aside, spent, contribution.currency) for point, (aside, spent) in ordered]


def name_activities(allocations: list[Any], user: Any) -> None:
    """Each with `named`, its activity as far as `user` may read of it, and `on_point`."""
    pks = {row.activity_id for row in allocations if row.activity_id}
    seen = {one.pk: one for one in Activity.objects.visible_to(user).filter(pk__in=pks)} if pks else {}
    for row in allocations:
        row.named = seen.get(row.activity_id)
        row.on_point = row.point or (row.named.point if row.named else None)
        row.words = money(row.amount, row.contribution.currency)
        row.spent_words = money(row.spent, row.contribution.currency)
