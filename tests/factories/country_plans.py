"""Country plans as the actions make them, each step by whoever takes it."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from action_plan.actions.plans import answer, begin_plan, offer, save_line, take_step
from action_plan.models import CountryPlan, PlanLine, PlanVersion
from action_plan.needs import Present
from action_plan.states import Verb
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import MemberState

NOT_NEEDED = {"what": "", "target_stage": None, "target_on": None, "not_needed_because": "The state has its own."}


def begin(state: MemberState, officer: User, **facts: Any) -> CountryPlan:
    day = today()
    dates = {"starts_on": day - timedelta(days=90), "ends_on": day + timedelta(days=275)}
    with scope(PROGRAMME):
        return begin_plan(state=state, owner=officer, by=officer, **dates | facts)


def write(plan: CountryPlan, point: int, officer: User, what: str = "", needs: Any = (), **facts: Any) -> PlanLine:
    """`needs` are keys of what is offered; without `what` the point is not needed."""
    said = NOT_NEEDED if not what else {"target_stage": None, "target_on": None, "not_needed_because": "", "what": what}
    with scope(PROGRAMME):
        line = PlanLine.objects.get(plan=plan, point=point)
        offered = {need.key: need for need in Present(officer, plan.state).offered} if needs else {}
        chosen = [offered[key] for key in needs]
        save_line(line=line, said=said | facts, needs=chosen, kept=set(), edited=line.edited, by=officer)
        line.refresh_from_db()
    return line


def write_all(plan: CountryPlan, officer: User, what: str = "Train public servants", **facts: Any) -> None:
    """Point 2 says something, the others are not needed."""
    for point in range(1, 8):
        write(plan, point, officer, what if point == 2 else "", **facts if point == 2 else {})


def make_offer(plan: CountryPlan, officer: User, message: str = "") -> PlanVersion:
    with scope(PROGRAMME):
        return offer(plan=plan, message=message, by=officer)


def agree(plan: CountryPlan, version: PlanVersion, lead: User) -> None:
    with scope(reach_of(lead)):
        answer(plan=plan, version=version, verb=Verb.AGREE, by=lead)


def send_back(plan: CountryPlan, version: PlanVersion, lead: User, reason: str = "Say when.") -> None:
    with scope(reach_of(lead)):
        answer(plan=plan, version=version, verb=Verb.SEND_BACK, by=lead, reason=reason)


def step(plan: CountryPlan, verb: Verb, officer: User, reason: str = "Because.") -> None:
    with scope(PROGRAMME):
        take_step(plan=plan, verb=verb, by=officer, reason=reason)


def active_plan(state: MemberState, officer: User, lead: User, **facts: Any) -> CountryPlan:
    plan = begin(state, officer)
    write_all(plan, officer, **facts)
    agree(plan, make_offer(plan, officer), lead)
    step(plan, Verb.START, officer)
    with scope(PROGRAMME):
        plan.refresh_from_db()
    return plan
