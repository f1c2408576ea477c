"""What states presented at an activity, as its page shows it."""

from typing import Any

from action_plan.models import Activity, Presentation
from action_plan.records import record


@record("action_plan/of_presentations.html")
def presentations_of(activity: Activity, user: Any) -> dict[str, Any] | None:
    """One query; None where nothing is recorded."""
    found = Presentation.objects.visible_to(user).naming_states_for(user).filter(activity=activity)
    rows = list(found.select_related("state", "source").order_by("as_host", "pk"))
    if not rows:
        return None
    return {
        "states": [row for row in rows if row.state],
        "subjects": [row for row in rows if not row.state],
        "source": rows[0].source,
    }
