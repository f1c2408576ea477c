from datetime import date
from typing import Any

from action_plan.actions.expertise import ask_for_expertise
from action_plan.models import Activity, Expert, ExpertCountry, Expertise, ExpertSkill
from member_states.models import MemberState


def make_expert(name: str, by: Any, *, skills: dict[Any, int] | None = None, **facts: Any) -> Expert:
    """On the roster, free at any time, in English; `worked_in` are states."""
    worked_in = facts.pop("worked_in", ())
    usual = {"email": f"{name.split()[0].lower()}@example.org", "languages": ["en"], "status": "confirmed"}
    expert = Expert.objects.create(**{"name": name, "made_by": by, **usual, **facts})
    for factor, level in (skills or {}).items():
        ExpertSkill.objects.create(expert=expert, factor=factor, level=level)
    ExpertCountry.objects.bulk_create(ExpertCountry(expert=expert, country=state) for state in worked_in)
    return expert


def make_expertise(state: MemberState, by: Any, *factors: Any, **facts: Any) -> Expertise:
    """For a week of March 2027, in English; `shared=False` keeps it among the staff."""
    audience = "participants" if facts.pop("shared", True) else "staff"
    days = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 5)}
    activity = Activity(title_en="Somebody for forensics", audience=audience, **days)
    need = Expertise(state=state, **{"languages": ["en"], **facts})
    return ask_for_expertise(activity=activity, expertise=need, factors=factors, by=by)
