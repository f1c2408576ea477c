"""Activities are the programme's: entered and changed by officers, but never by one whose own state takes part."""

from typing import Any

import rules

from accounts.rules import is_officer
from action_plan.models import Activity, ActivityState
from common.scope import reach_of


@rules.predicate
def own_state_takes_part(user: Any, activity: Activity | None) -> bool:
    """Asks the database of those alone who speak for a state."""
    states = reach_of(user).states
    if activity is None or not states:
        return False
    return ActivityState.objects.visible_to(user).filter(activity=activity, state__in=states).exists()


rules.add_perm("action_plan.add_activity", is_officer)
rules.add_perm("action_plan.edit_activity", is_officer & ~own_state_takes_part)
