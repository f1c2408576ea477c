from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from action_plan.models import Activity, ActivityState, CountryPlan, PlanLine
from member_states.models import MemberState


def make_plan(state: MemberState, owner: User, **facts: Any) -> CountryPlan:
    """Active, and open to the state; nobody has signed it. One that is made by the actions has all its steps."""
    dates = {"starts_on": date(2026, 7, 1), "ends_on": date(2027, 6, 30)}
    usual = {"status": "active", "proposal": "none", "is_open": True, "first_offered_at": timezone.now()}
    return CountryPlan.objects.create(**{"state": state, "owner": owner, **dates, **usual, **facts})


def make_line(plan: CountryPlan, point: int, what: str = "Train public servants", **facts: Any) -> PlanLine:
    return PlanLine.objects.create(plan=plan, state=plan.state, is_open=plan.is_open, point=point, what=what, **facts)


def make_activity(title: str, *states: MemberState, **facts: Any) -> Activity:
    """Planned, of the states that take part, in November 2026."""
    dates = {"starts_on": date(2026, 11, 9), "ends_on": date(2026, 11, 13)}
    usual = {"slug": f"activity-{Activity.objects.count() + 1}", "kind": "course", "point": 2, "status": "planned"}
    activity = Activity.objects.create(
        **{**usual, "audience": "participants", "title_en": title, **dates, **facts},
    )
    rows = [ActivityState(activity=activity, state=state, audience=activity.audience) for state in states]
    ActivityState.objects.bulk_create(rows)
    return activity
