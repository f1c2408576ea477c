"""Objective 5: agreements of which the OAS is a party, in force or not known to have ended, by kind of partner; and
what became of the promises in them. As far as the reader may read of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.functional import Promise

from partnerships.models import Agreement, Commitment, Partner, Party
from partnerships.querysets.agreements import STANDING


@dataclass(frozen=True)
class KindLine:
    kind: str
    agreements: int
    partners: int

    @property
    def name(self) -> str | Promise:
        return Partner.Kind(self.kind).label


@dataclass(frozen=True)
class Ties:
    """An agreement with partners of two kinds counts under both, and once in `agreements`."""

    agreements: int
    lines: list[KindLine]
    promised: int
    delivered: int

    @property
    def most(self) -> int:
        return max((line.agreements for line in self.lines), default=0) or 1


def standing(user: Any) -> Any:
    """Agreements of the OAS in force or not known to have ended."""
    agreements: Any = Agreement.objects.visible_to(user).with_status().with_standing()
    return agreements.filter(is_of_the_oas=True, status__in=STANDING)


def of_region(user: Any) -> Ties:
    """Two queries."""
    agreements = standing(user)
    kind = Partner.objects.visible_to(user).filter(pk=OuterRef("partner")).values("kind")
    sides = Party.objects.visible_to(user).filter(agreement__in=agreements.values("pk")).order_by()
    rows = list(sides.values_list("agreement", "partner", Subquery(kind)))
    owed = Commitment.objects.visible_to(user).with_status().filter(agreement__in=agreements.values("pk"))
    counted = owed.order_by().aggregate(promised=Count("pk"), delivered=Count("pk", filter=Q(status="delivered")))
    return Ties(len({agreement for agreement, _, _ in rows}), _lines(rows), **counted)


def _lines(rows: Iterable[tuple[int, int | None, str | None]]) -> list[KindLine]:
    known = [(agreement, partner, kind) for agreement, partner, kind in rows if kind]
    return [
        KindLine(
            kind,
            len({agreement for agreement, _, its in known if its == kind}),
            len({partner for _, partner, its in known if its == kind}),
        )
        for kind in Partner.Kind.values
    ]
