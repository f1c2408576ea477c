"""The deployment of a state's CSIRT as pages show it: five milestones, and the sixth that the network tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity, Deployment, Milestone
from action_plan.records import record
from capability.models import CsirtStatus
from csirt_network.models import NetworkMembership, Team
from member_states.models import MemberState


@dataclass(frozen=True)
class Stop:
    """`code` is empty for what is not recorded here: membership of the network, held `since` a day."""

    code: str
    label: str | Promise
    when: str
    milestone: Milestone | None = None
    since: date | None = None

    @property
    def is_reached(self) -> bool:
        return bool(self.when)


class DeploymentPage:
    """Five queries."""

    def __init__(self, deployment: Deployment, user: Any) -> None:
        self.deployment = deployment
        self.membership = membership_of(deployment, user)
        self.stops = stops_of(Milestone.objects.visible_to(user).filter(deployment=deployment), self.membership)
        self.said = (
            CsirtStatus.objects.visible_to(user).current().filter(state=deployment.state_id, is_national=True).first()
        )

    @property
    def reached(self) -> int:
        return sum(stop.is_reached for stop in self.stops)

    @property
    def is_operational(self) -> bool:
        return any(stop.is_reached for stop in self.stops if stop.code == Milestone.Step.OPERATIONAL)

    @property
    def is_to_confirm(self) -> bool:
        """The state has not said in an accepted update what the milestones show."""
        return self.is_operational and not (
            self.said and self.said.is_confirmed and self.said.status == CsirtStatus.Status.OPERATIONAL
        )


def stops_of(milestones: Iterable[Milestone], membership: NetworkMembership | None) -> list[Stop]:
    """All six in order, reached or not."""
    reached = {row.step: row for row in milestones}
    stops = [
        Stop(step.value, step.label, row.when if (row := reached.get(step.value)) else "", row)
        for step in Milestone.Step
    ]
    since = membership.starts_on if membership else None
    return [
        *stops,
        Stop("", _("Member of the hemispheric network"), date_format(since) if since else "", since=since),
    ]


def membership_of(deployment: Deployment, user: Any) -> NetworkMembership | None:
    """Of the team that is set up; without one, of the state's national team."""
    held = NetworkMembership.objects.visible_to(user).current().filter(state=deployment.state_id)
    if deployment.team_id:
        held = held.filter(team=deployment.team_id)
    else:
        national = Team.objects.visible_to(user).filter(state=deployment.state_id, kind=Team.Kind.NATIONAL)
        held = held.filter(team__in=national.values("pk"))
    return held.order_by("starts_on").first()


def deployment_of(user: Any, state: MemberState) -> DeploymentPage | None:
    found = Deployment.objects.visible_to(user).filter(state=state).select_related("state", "team").first()
    return DeploymentPage(found, user) if found else None


@record("action_plan/of_deployment.html")
def deployment_on(activity: Activity, user: Any) -> DeploymentPage | None:
    """For the page of its activity."""
    found = Deployment.objects.visible_to(user).filter(activity=activity).select_related("state", "team").first()
    return DeploymentPage(found, user) if found else None


def to_confirm(user: Any) -> int:
    """How many deployments show a CSIRT at work that the state has not said to be. One query."""
    reached = Milestone.objects.visible_to(user).filter(deployment=OuterRef("pk"), step=Milestone.Step.OPERATIONAL)
    said = (
        CsirtStatus.objects.visible_to(user)
        .current()
        .filter(state=OuterRef("state"), is_national=True, update__isnull=False, status=CsirtStatus.Status.OPERATIONAL)
    )
    return Deployment.objects.visible_to(user).filter(Exists(reached), ~Exists(said)).count()
