from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from action_plan.actions.missions import make_mission as make
from action_plan.models import Activity, Findings, Mission, Recommendation, RecommendationReport
from common.days import today
from member_states.models import MemberState


def make_mission(
    state: MemberState, by: Any, title: str = "Help for the new CSIRT", *, released: bool = True, **facts: Any
) -> Mission:
    """In October 2026, with findings; `shared=False` keeps it among the staff."""
    audience = "participants" if facts.pop("shared", True) else "staff"
    activity = Activity(title_en=title, audience=audience, starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 9))
    mission = make(activity=activity, mission=Mission(state=state, **facts), by=by)
    Findings.objects.create(mission=mission, state=state, text="No register of incidents is kept.")
    if released:
        out = {"is_released": True, "released_by": by, "released_at": timezone.now() - timedelta(days=90)}
        Mission.objects.filter(pk=mission.pk).update(**out)
        mission.refresh_from_db(fields=list(out))
    return mission


def make_recommendation(mission: Mission, text: str = "Keep a register of incidents", **facts: Any) -> Recommendation:
    """Due in 60 days; the next number of its mission."""
    usual = {"number": mission.recommendations.count() + 1, "due_on": today() + timedelta(days=60)}
    of = {"mission": mission, "state_id": mission.state_id, "is_released": mission.is_released}
    made = Recommendation.objects.create(**{"text": text, "institution": "Ministry of ICT", **usual, **of, **facts})
    Recommendation.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=90))
    return made


def make_report(advice: Recommendation, by: Any, status: str = "under way", **facts: Any) -> RecommendationReport:
    of = {"recommendation": advice, "state_id": advice.state_id, "by": by}
    return RecommendationReport.objects.create(status=status, **of, **facts)
