"""What may be done in the action plan, and by whom: a file for each subject, named here."""

from action_plan.rules import (
    activities,
    awareness,
    deployments,
    exercises,
    experts,
    instruments,
    missions,
    plans,
    requests,
    training,
)

__all__ = [
    "activities",
    "awareness",
    "deployments",
    "exercises",
    "experts",
    "instruments",
    "missions",
    "plans",
    "requests",
    "training",
]
