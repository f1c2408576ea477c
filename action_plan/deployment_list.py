"""The deployments of all states that the reader may know of: as a list, as tables and for programs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.deployment_page import Stop, stops_of
from action_plan.models import Deployment, Milestone
from action_plan.recommendation_filter import states_of
from capability.api.filters import StateFilter
from common.downloads import where, whereabouts
from csirt_network.models import NetworkMembership, Team


class DeploymentFilter(django_filters.FilterSet):
    state = StateFilter(
        queryset=states_of, label=gettext_lazy("State"), empty_label=gettext_lazy("All states"), help_text=""
    )
    reached = django_filters.ChoiceFilter(
        method="has", choices=Milestone.Step.choices, label=gettext_lazy("Has reached"), empty_label=gettext_lazy("Any")
    )
    missing = django_filters.ChoiceFilter(
        method="lacks",
        choices=Milestone.Step.choices,
        label=gettext_lazy("Has yet to reach"),
        empty_label=gettext_lazy("Any"),
    )

    class Meta:
        model = Deployment
        fields = ("state", "reached", "missing")

    def has(self, deployments: QuerySet[Deployment], _name: str, step: str) -> QuerySet[Deployment]:
        return deployments.filter(self._milestone(step))

    def lacks(self, deployments: QuerySet[Deployment], _name: str, step: str) -> QuerySet[Deployment]:
        return deployments.filter(~self._milestone(step))

    def _milestone(self, step: str) -> Exists:
        seen = Milestone.objects.visible_to(self.request.user)
        return Exists(seen.filter(deployment=OuterRef("pk"), step=step))

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


@dataclass(frozen=True)
class DeploymentRow:
    deployment: Any
    membership: NetworkMembership | None

    @cached_property
    def stops(self) -> list[Stop]:
        return stops_of(self.deployment.reached_steps, self.membership)

    @property
    def reached(self) -> int:
        return sum(stop.is_reached for stop in self.stops)


class DeploymentRows:
    """Each with its six milestones; as many queries for all as for one."""

    def __init__(self, user: Any, deployments: Iterable[Any]) -> None:
        self.user, self.deployments = user, list(deployments)

    def __iter__(self) -> Iterator[DeploymentRow]:
        return (DeploymentRow(one, self._membership(one)) for one in self.deployments)

    def _membership(self, deployment: Deployment) -> NetworkMembership | None:
        """Of the team that is set up; without one, of the state's national team."""
        held = self.memberships.get(deployment.state_id, [])
        teams = {deployment.team_id} if deployment.team_id else self.national
        return next((one for one in held if one.team_id in teams), None)

    @cached_property
    def memberships(self) -> dict[int, list[NetworkMembership]]:
        states = [one.state_id for one in self.deployments]
        found: dict[int, list[NetworkMembership]] = {}
        held = NetworkMembership.objects.visible_to(self.user).current().filter(state__in=states)
        for membership in held.order_by("starts_on"):
            found.setdefault(membership.state_id, []).append(membership)
        return found

    @cached_property
    def national(self) -> set[int]:
        return set(Team.objects.visible_to(self.user).filter(kind=Team.Kind.NATIONAL).values_list("pk", flat=True))


def deployments_for(user: Any) -> QuerySet[Deployment]:
    seen = Milestone.objects.visible_to(user)
    deployments = Deployment.objects.visible_to(user).select_related("state", "team")
    return deployments.prefetch_related(Prefetch("milestones", seen, to_attr="reached_steps"))


def table(rows: Iterable[DeploymentRow]) -> Iterator[list[Any]]:
    """A line for each milestone, reached or not."""
    yield [_("State"), _("Team"), _("Milestone"), _("Reached"), _("Evidence"), _("Link that shows it"), *where()]
    for row in rows:
        for stop in row.stops:
            proof = stop.milestone
            yield [
                str(row.deployment.state),
                str(row.deployment.team or ""),
                str(stop.label),
                proof.reached if proof else str(stop.since or ""),
                proof.evidence if proof else "",
                proof.link if proof else "",
                *whereabouts(row.deployment),
            ]
