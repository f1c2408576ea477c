"""What comes next, in the region and in a state."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from action_plan.models import Activity
from action_plan.querysets.activities import ActivityQuerySet
from member_states.models import MemberState

NEXT, OF_STATE = 6, 8
AHEAD = timedelta(days=366)


def coming(user: Any) -> list[Activity]:
    """What is under way or comes within a year, the soonest first."""
    today = timezone.localdate()
    found = Activity.objects.visible_to(user).between(today, today + AHEAD).standing()
    return list(found.select_related("host_state").order_by("starts_on", "pk")[:NEXT])


def of_state(user: Any, state: MemberState) -> list[Activity]:
    """The newest of a state, those to come among them."""
    activities: ActivityQuerySet = Activity.objects.visible_to(user).exclude(status=Activity.Status.CANCELLED)
    return list(activities.of_state(state, user).newest_first()[:OF_STATE])
