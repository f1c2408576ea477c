"""Three country plans: Chile's is in force, Brazil's waits for its agreement, Jamaica's is being written."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from action_plan.actions.plans import answer, begin_plan, offer, save_line, take_step
from action_plan.models import Activity, ActivityState, CountryPlan, ParticipantCount, PlanLine
from action_plan.needs import Present
from action_plan.states import Verb
from common.mandate import Sector
from common.scope import Reach, scope
from member_states.models import MemberState
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast

# Point: what will be done, target stage, months from the plan's first until the target. No words: not needed.
CHILE: dict[int, tuple[str, int | None, int]] = {
    1: ("Review the strategy with all sectors", 4, 7),
    2: ("Train 120 public servants", 3, 11),
    3: ("Connect sector teams to the network", None, 10),
    4: ("One national exercise each year", 3, 6),
    5: ("Reach end users", 3, 11),
    6: ("One mission on critical infrastructure", None, 5),
}
BRAZIL = {2: ("Train investigators in six cities", 4, 10), 4: ("An exercise with the banks", None, 8)}
JAMAICA = {1: ("Write the second national strategy", 4, 9), 5: ("Teach safe habits in schools", None, 11)}
WHY_NOT = {"chile": "Chile draws on its own experts.", "brazil": "Brazil has its own.", "jamaica": ""}
# Point, kind, title, first month of the plan, months, status.
ACTIVITIES = (
    (1, "strategy workshop", "Review workshops", 0, 3, "done"),
    (1, "consultation", "Drafting support", 3, 4, "under way"),
    (2, "course", "Incident handling, level 1", 1, 1, "done"),
    (2, "course", "Incident handling, level 2", 4, 2, "under way"),
    (2, "course", "Forensics course", 8, 2, "planned"),
    (3, "deployment", "Sector team set-up", 0, 4, "done"),
    (4, "exercise", "Scenario design", 3, 2, "under way"),
    (4, "exercise", "Table-top exercise for the energy sector", 5, 1, "confirmed"),
    (5, "campaign", "Campaign for end users", 7, 4, "planned"),
    (6, "mission", "Assistance mission", 1, 2, "done"),
    (6, "mission", "Follow-up report", 4, 1, "under way"),
)
SECTORS = {Sector.PUBLIC: (7, 5), Sector.PRIVATE: (4, 5), Sector.CIVIL_SOCIETY: (1, 1)}
NEEDS = 2  # of each kind, for a point


def make_plans(cast: Cast) -> None:
    """In the programme's scope; what was accepted of the states stands already."""
    states = {state.slug: state for state in MemberState.objects.filter(slug__in=("chile", "brazil", "jamaica"))}
    _chile(cast, states["chile"])
    brazil = _begin(cast, states["brazil"], BRAZIL, months=1, officer=1)
    with at(days_ago(6)):
        offer(plan=brazil, message="As we discussed: training first, then one exercise.", by=cast.officer(1))
    _begin(cast, states["jamaica"], JAMAICA, months=2, officer=0)


def _chile(cast: Cast, state: MemberState) -> None:
    officer, lead = cast.officer(0), cast.lead(state)
    plan = _begin(cast, state, CHILE, months=-4, officer=0)
    with at(days_ago(140)):
        version = offer(plan=plan, message="The plan of this year, as agreed with the ministry.", by=officer)
    with at(days_ago(131)), scope(Reach(states=(state.pk,), spoken_for=(state.pk,), person=lead.pk)):
        answer(plan=plan, version=version, verb=Verb.AGREE, by=lead)
    with at(days_ago(125)):
        take_step(plan=plan, verb=Verb.START, by=officer)
    for number, facts in enumerate(ACTIVITIES):
        _activity(plan, number, facts, officer)


def _begin(cast: Cast, state: MemberState, said: dict[int, Any], *, months: int, officer: int) -> CountryPlan:
    """From the first of the month that is `months` away, for a year."""
    first, by = _month(timezone.localdate(), months), cast.officer(officer)
    with at(days_ago(150)):
        plan = begin_plan(state=state, starts_on=first, ends_on=_month(first, 12) - timedelta(days=1), owner=by, by=by)
        present = Present(by, state)
        for line in PlanLine.objects.filter(plan=plan):
            _say(line, said.get(line.point), present, WHY_NOT[state.slug], by)
    return plan


def _say(line: PlanLine, said: Any, present: Present, why_not: str, by: Any) -> None:
    if said is None and not why_not:
        return
    what, stage, month = said or ("", None, 0)
    target = _month(line.plan.starts_on, month) + timedelta(days=27) if said else None
    words = {"what": what, "target_stage": stage, "target_on": target, "not_needed_because": "" if said else why_not}
    save_line(line=line, said=words, needs=_needs(line.point, present) if said else [], kept=[], edited=0, by=by)


def _needs(point: int, present: Present) -> list[Any]:
    """What was asked for this point; of threats and factors others for each point."""
    asked = [need for need in present.requests.values() if need.point == point]
    others = [need for need in present.offered if need.kind != "request"]
    return asked + others[point - 1 :: 7][:NEEDS]


def _activity(plan: CountryPlan, number: int, facts: Any, officer: Any) -> None:
    point, kind, title, month, months, status = facts
    first = _month(plan.starts_on, month)
    one_day = title.startswith("Table-top")
    activity = Activity.objects.create(
        slug=f"sample-chile-{number + 1}",
        kind=kind,
        point=point,
        title_en=title,
        status=status,
        audience="participants",
        starts_on=first + timedelta(days=8) if one_day else first,
        ends_on=first + timedelta(days=8) if one_day else _month(first, months) - timedelta(days=1),
        place="Santiago",
        is_online=one_day,
        host_state=plan.state,
        languages=["es"],
        officer=officer,
        about="Invented, for the trial.",
    )
    line = PlanLine.objects.get(plan=plan, point=point)
    ActivityState.objects.create(activity=activity, state=plan.state, audience=activity.audience, line=line)
    if status in ("done", "confirmed"):
        for sector, (women, men) in SECTORS.items():
            ParticipantCount.objects.create(activity=activity, state=plan.state, sector=sector, women=women, men=men)


def _month(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
