"""The index of plans: each with its status, its progress and what waits; the same filter for page, download and API."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, FilterSet

from action_plan.models import CountryPlan, PlanLine, PlanVersion
from action_plan.progress import Progress, progress_of, stages_of, targets_reached, whole
from action_plan.states import Proposal, Status
from action_plan.text import PlanText, line_text, of_versions
from capability.api.filters import StateFilter
from common.downloads import slices, where, whereabouts
from common.scope import reach_of

WAITING = (
    ("state", gettext_lazy("for the state’s agreement")),
    ("programme", gettext_lazy("for the programme")),
)


class PlanFilter(FilterSet):
    state = StateFilter(label=gettext_lazy("State"), empty_label=gettext_lazy("All states"), help_text="")
    status = ChoiceFilter(label=gettext_lazy("Status"), choices=Status.choices, empty_label=gettext_lazy("Any status"))
    waits = ChoiceFilter(
        label=gettext_lazy("Waits"),
        choices=WAITING,
        empty_label=gettext_lazy("Whatever it waits for"),
        method="narrow_by_waiting",
    )

    class Meta:
        model = CountryPlan
        fields = ("state", "status", "waits")

    def narrow_by_waiting(self, plans: QuerySet[CountryPlan], name: str, value: str) -> QuerySet[CountryPlan]:
        if value == "state":
            return plans.filter(proposal=Proposal.OFFERED)
        drafts = Q(proposal=Proposal.DRAFT)
        if reach_of(self.request.user).staff:
            return plans.filter(drafts | Q(proposal=Proposal.NONE, status=Status.AGREED))
        offered = Q(proposal=Proposal.OFFERED)  # that an amendment is being written is not told
        return plans.filter(drafts & Q(status=Status.DRAFT) | ~offered & Q(status=Status.AGREED))


@dataclass(frozen=True)
class Row:
    plan: Any
    version: PlanVersion | None
    progress: Progress
    reached: int
    targets: int

    @property
    def waits(self) -> str:
        plan = self.plan
        if plan.proposal == Proposal.OFFERED:
            return _("For the state’s agreement")
        if plan.proposal == Proposal.DRAFT:
            return _("For the programme: to be written and offered")
        return _("For the programme: to be put into effect") if plan.status == Status.AGREED else ""


class PlanRows:
    """Seven queries, however many plans: counted as a reader may see, from the version in force or else the lines."""

    def __init__(self, user: Any, plans: QuerySet[CountryPlan] | list[CountryPlan]) -> None:
        self.user = user
        self.plans: list[Any] = plans if isinstance(plans, list) else list(in_order(plans))

    @cached_property
    def versions(self) -> dict[int, PlanVersion]:
        ids = {plan.in_force_id for plan in self.plans if plan.in_force_id}
        return PlanVersion.objects.visible_to(self.user).in_bulk(ids)

    def __len__(self) -> int:
        return len(self.plans)

    def __iter__(self) -> Iterator[Row]:
        texts = of_versions(self.versions.values())
        drafts = self._drafts()
        lines = {plan.pk: self._lines(plan, texts, drafts) for plan in self.plans}
        progress = progress_of(self.user, [line.id for text in lines.values() for line in text.lines])
        stages = stages_of(self.user, {plan.state_id for plan in self.plans})
        for plan in self.plans:
            text = lines[plan.pk]
            reached, targets = targets_reached(text, stages.get(plan.state_id, {}))
            yield Row(plan, self.versions.get(plan.in_force_id), whole(progress, text), reached, targets)

    def _lines(self, plan: Any, texts: dict[int, PlanText], drafts: dict[int, PlanText]) -> PlanText:
        return texts.get(plan.in_force_id) or drafts.get(plan.pk) or PlanText(plan.starts_on, plan.ends_on, ())

    def _drafts(self) -> dict[int, PlanText]:
        unsigned = {plan.pk: plan for plan in self.plans if not plan.in_force_id}
        lines = PlanLine.objects.visible_to(self.user).filter(plan__in=unsigned).prefetch_related("needs")
        found: dict[int, list[Any]] = {}
        for line in lines:
            found.setdefault(line.plan_id, []).append(line_text(line))
        return {pk: PlanText(unsigned[pk].starts_on, unsigned[pk].ends_on, tuple(said)) for pk, said in found.items()}


def in_order(plans: Any) -> Any:
    return plans.with_version_in_force().order_by("state__name_en", "-starts_on")


def each_row(user: Any, plans: QuerySet[CountryPlan]) -> Iterator[Row]:
    """Some plans at a time."""
    for some in slices(in_order(plans)):
        yield from PlanRows(user, some)


def table(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    yield (
        *(_("State"), _("From"), _("Until"), _("Status"), _("Waits"), _("Responsible")),
        *(_("Activities done"), _("Under way"), _("Planned"), _("Targets reached"), _("Targets")),
        *where(),
    )
    for row in rows:
        plan, counted = row.plan, row.progress
        yield (
            *(plan.state.name, plan.begins_on, plan.closes_on, plan.get_status_display()),
            *(row.waits, plan.responsible, counted.done, counted.under_way, counted.planned, row.reached, row.targets),
            *whereabouts(plan),
        )
