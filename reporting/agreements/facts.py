"""What was promised, delivered, given and spent under one agreement, and whom it reached: read once, in its reader's
scope, which is the programme's staff's. The same number of queries, however much was promised.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.db.models.functions import Coalesce
from django.utils import timezone

from action_plan.querysets.activities import GENDERS
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from partnerships.models import (
    Agreement,
    AgreementActivity,
    Allocation,
    CommitmentActivity,
    Delivery,
    ExchangeRate,
    Party,
)
from partnerships.promises_of import commitments_for, contributions_for
from partnerships.whom_reached import Reached, reached_by
from reporting.progress.facts import ProgrammeReader

if TYPE_CHECKING:
    from reporting.models import Run

Figures = dict[str, int]


@dataclass(frozen=True)
class AgreementFacts:
    """`shown_in` are the activities of each commitment; `by_…` are as `AllocationQuerySet.summed` has them."""

    agreement: Agreement
    parties: tuple[Party, ...]
    as_of: datetime
    commitments: tuple[Any, ...]
    shown_in: dict[int, set[int]]
    contributions: tuple[Any, ...]
    by_point: tuple[dict[str, Any], ...]
    by_state: tuple[dict[str, Any], ...]
    rates: tuple[ExchangeRate, ...]
    reached: Reached
    states: dict[int, MemberState]  # to which something is allocated

    def figures_of(self, activities: Iterable[int]) -> Figures:
        """Of some of the activities, each counted once."""
        wanted = set(activities)
        rows = [one.figures or (0, 0, 0, 0) for one in self.reached.activities if one.pk in wanted]
        sums = {gender: sum(row[place] for row in rows) for place, gender in enumerate(GENDERS)}
        return {**sums, "total": sum(sums.values()), "activities": len(rows)}


def facts_of(run: "Run") -> AgreementFacts:
    with scope(PROGRAMME, read_only=True):
        return _read(run, ProgrammeReader())


def _read(run: "Run", reader: Any) -> AgreementFacts:
    agreement = Agreement.objects.visible_to(reader).select_related("source").get(pk=run.agreement_id or 0)
    accepted = Delivery.objects.visible_to(reader).accepted().order_by("on", "pk")
    commitments = commitments_for(reader).filter(agreement=agreement)
    held = commitments.prefetch_related(Prefetch("deliveries", accepted, to_attr="accepted"))
    allocations = Allocation.objects.visible_to(reader).filter(contribution__agreement=agreement)
    links = CommitmentActivity.objects.visible_to(reader).filter(commitment__agreement=agreement)
    shown_in: dict[int, set[int]] = {}
    for commitment, activity in links.values_list("commitment", "activity"):
        shown_in.setdefault(commitment, set()).add(activity)
    of_it = AgreementActivity.objects.visible_to(reader).filter(agreement=agreement)
    paid = allocations.exclude(activity=None).values_list("activity", flat=True)
    activities = {*of_it.values_list("activity", flat=True), *paid, *(set().union(*shown_in.values()))}
    by_state = tuple(allocations.summed("state"))
    contributions = tuple(contributions_for(reader).filter(agreement=agreement))
    currencies = {one.currency for one in contributions if one.currency}
    paid_for = [one["state"] for one in by_state if one["state"]]
    on_point = allocations.annotate(on_point=Coalesce("point", "activity__point"))
    return AgreementFacts(
        agreement=agreement,
        parties=tuple(Party.objects.visible_to(reader).filter(agreement=agreement).select_related("partner")),
        as_of=run.as_of or timezone.now(),
        commitments=tuple(held),
        shown_in=shown_in,
        contributions=contributions,
        by_point=tuple(on_point.summed("on_point")),
        by_state=by_state,
        rates=tuple(
            ExchangeRate.objects.visible_to(reader).filter(base__in=currencies).order_by("base", "quote", "on")
        ),
        reached=reached_by(activities, reader),
        states={one.pk: one for one in MemberState.objects.visible_to(reader).filter(pk__in=paid_for)},
    )
