"""The records of single points: presentations with their activity, deployments between a state and the programme."""

from typing import TYPE_CHECKING

from action_plan.querysets.activities import OfActivityAndState
from action_plan.querysets.plans import OfStateQuerySet

if TYPE_CHECKING:
    from action_plan.models import Deployment, Milestone, Presentation


class PresentationQuerySet(OfActivityAndState["Presentation"]):
    pass


class DeploymentQuerySet(OfStateQuerySet["Deployment"]):
    pass


class MilestoneQuerySet(OfStateQuerySet["Milestone"]):
    pass
