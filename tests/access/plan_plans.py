"""Plans of the world, one for each year: in force with an amendment being written, offered, being written, agreed."""

from datetime import date
from typing import Any

from django.utils import timezone

from action_plan.models import Activity, ActivityState, CountryPlan, LineNeed, PlanLine, PlanMove, PlanVersion
from action_plan.text import as_json, written
from capability.models import ThreatClass
from common.days import today

LIVES = {  # status, proposal, whether it was offered, whether the state reads the lines, and its year from this one on
    "active": ("active", "none", True, True, 0),
    "amended": ("active", "draft", True, False, 1),
    "offered": ("draft", "offered", True, True, 2),
    "written": ("draft", "draft", False, False, 3),
    "agreed": ("agreed", "none", True, True, 4),
    "closed": ("closed", "none", True, True, -1),
}


def make_plans(state: Any) -> dict[str, CountryPlan]:
    """`state` is a State of the world; in the programme's scope."""
    return {name: _plan(state, name, *life) for name, life in LIVES.items()}


def _plan(
    state: Any, name: str, status: str, proposal: str, was_offered: bool, is_open: bool, year: int
) -> CountryPlan:
    officer, first = state.world.people["officer"], date(today().year + year, 1, 1)
    plan = CountryPlan.objects.create(
        state=state.state,
        owner=officer,
        starts_on=first,
        ends_on=first.replace(month=12, day=31),
        status=status,
        proposal=proposal,
        is_open=is_open,
        first_offered_at=timezone.now() if was_offered else None,
    )
    _lines(state, plan, "SENT" if was_offered else "HELD")
    _note(state, plan, "draft", officer, kind="HELD")
    if was_offered:
        _version(state, plan, name, officer)
    if name == "amended":
        PlanLine.objects.filter(plan=plan, point=2).update(what=state.sing("HELD", "amendment"))
        _note(state, plan, "amend", officer, kind="HELD")
    if name == "active":
        _activity(state, plan)
    return plan


def _lines(state: Any, plan: CountryPlan, kind: str) -> None:
    facts = {"plan": plan, "state": state.state, "is_open": plan.is_open}
    needed = {"what": state.sing(kind, "what"), "target_stage": 3, "target_on": plan.ends_on}
    lines = PlanLine.objects.bulk_create(
        PlanLine(point=point, **facts, **(needed if point < 4 else {"not_needed_because": state.sing(kind, "reason")}))
        for point in range(1, 8)
    )
    threat = ThreatClass.objects.get(code="phishing")
    LineNeed.objects.create(
        line=lines[1], state=state.state, is_open=plan.is_open, kind="threat", threat=threat, level="medium"
    )
    request = {"request": state.state.support_requests.get(), "words": state.sing(kind, "words")}
    LineNeed.objects.create(line=lines[0], state=state.state, is_open=plan.is_open, kind="request", **request)


def _version(state: Any, plan: CountryPlan, name: str, officer: Any) -> None:
    text = as_json(written(plan), owner=officer.pk)
    said = {"text": text, "message": state.sing("SENT", "message"), "offered_by": officer}
    version = PlanVersion.objects.create(plan=plan, state=state.state, number=1, **said)
    _note(state, plan, "offer", officer, version=version)
    if name != "offered":
        _note(state, plan, "agree", state.by, version=version)
    if name == "closed":
        _note(state, plan, "close", officer)


def _note(state: Any, plan: CountryPlan, verb: str, by: Any, kind: str = "SENT", **facts: Any) -> None:
    statuses = {"status_before": plan.status, "status_after": plan.status}
    reason = state.sing(kind, f"{verb}-reason")
    PlanMove.objects.create(
        plan=plan, state=state.state, verb=verb, by=by, name=by.name, reason=reason, **statuses, **facts
    )


def _activity(state: Any, plan: CountryPlan) -> None:
    facts = {"kind": "course", "point": 2, "status": "done", "starts_on": plan.starts_on, "ends_on": plan.ends_on}
    activity = Activity.objects.create(
        slug=f"of-plan-{state.state.slug}", audience="participants", title_en=state.sing("SENT", "title"), **facts
    )
    line = PlanLine.objects.get(plan=plan, point=2)
    ActivityState.objects.create(activity=activity, state=state.state, audience="participants", line=line)


def _line(_world: Any) -> dict[str, Any]:
    return {"is_needed": "yes", "what": "Train more", "target_stage": "3", "edited": "0"}


def _period(world: Any) -> dict[str, Any]:
    """A year that no plan covers."""
    year = today().year + 9
    return {"starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31", "owner": str(world.people["officer"].pk)}


PLAN = "states/<slug:slug>/plan/"
ONE = f"{PLAN}<int:pk>/"
PAYLOADS = {
    f"{PLAN}new/": _period,
    f"{ONE}period/": lambda world: _period(world) | {"edited": "0"},
    f"{ONE}points/<int:point>/": _line,
    f"{ONE}offer/": lambda _: {"message": "Please read it."},
    f"{ONE}versions/<int:number>/agree/": lambda _: {"go": "yes"},
    f"{ONE}versions/<int:number>/send-back/": lambda _: {"reason": "Fewer courses, please."},
    **{f"{ONE}{step}/": lambda _: {"reason": "Because."} for step in ("take-back", "amend", "drop", "start", "close")},
}
