from action_plan.models.activities import POINT_OF, Activity, ActivityState, Audience, Kind, ParticipantCount
from action_plan.models.plans import CountryPlan, PlanLine

__all__ = [
    "POINT_OF",
    "Activity",
    "ActivityState",
    "Audience",
    "CountryPlan",
    "Kind",
    "ParticipantCount",
    "PlanLine",
]
