"""Needs are chosen from accepted data, keep their value of that day, and are compared with what holds today."""

import pytest

from action_plan.models import LineNeed, PlanLine
from action_plan.needs import Present
from action_plan.plan_page import PlanPage
from action_plan.plan_reminders import tell_owners
from action_plan.progress import progress_of, stages_of, target_of
from action_plan.states import Verb
from action_plan.text import written
from capability.models import Answer, Indicator, SupportRequest, ThreatClass, ThreatLevel
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from tests.factories.action_plan import make_activity
from tests.factories.capability import four
from tests.factories.country_plans import active_plan, begin, step, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(update_chl):
    """Chile's profile: D1.1 at start-up, D1.2 established; fraud medium, spam low and rising; two requests."""
    with scope(PROGRAMME):
        for code, stage in (("D1.1", 1), ("D1.2", 3)):
            indicator = Indicator.objects.get(code=code)
            known = {"update": update_chl, "state": update_chl.state, "is_current": True, "is_accepted": True}
            Answer.objects.create(question=code, indicator=indicator, stage=stage, **known)
        for number, (code, level, trend) in enumerate(
            (("fraud", "medium", "steady"), ("spam", "low", "rising"), ("malware", "low", "steady"))
        ):
            threat = ThreatClass.objects.create(code=code, position=number, **four("name", code), **four("help", code))
            ThreatLevel.objects.create(
                threat=threat, level=level, trend=trend, update=update_chl, state=update_chl.state, audience="programme"
            )
        SupportRequest.objects.create(
            point=2, need="Train 40 judges", update=update_chl, state=update_chl.state, audience="programme"
        )
    return update_chl


def _keys(person, state):
    with scope(reach_of(person)):
        return {need.key: need.standing or need.words for need in Present(person, state).offered}


def test_low_factors_grave_or_rising_threats_and_requests_are_offered(accepted, chile, officer):
    said = sorted(_keys(officer, chile).values())

    assert said == ["1 Start-up", "Low, rising", "Medium, steady", "Train 40 judges"]


def test_of_another_state_nothing_is_offered(accepted, jamaica, officer):
    assert _keys(officer, jamaica) == {}


def _plan(chile, officer, lead):
    plan = active_plan(chile, officer, lead, needs=list(_keys(officer, chile)), target_stage=2)
    return plan


def test_a_need_keeps_the_value_of_the_day_it_was_chosen(accepted, chile, officer):
    plan = begin(chile, officer)
    line = write(plan, 2, officer, "Courses", needs=list(_keys(officer, chile)))
    with scope(PROGRAMME):
        ThreatLevel.objects.filter(level="medium").update(level="high")

        assert LineNeed.objects.get(line=line, threat__code="fraud").level == "medium"


def test_what_has_risen_since_touches_its_line(accepted, chile, officer, lead_chl):
    plan = _plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        assert PlanPage(officer, plan).touches == []

        ThreatLevel.objects.filter(threat__code="fraud").update(level="high")
        ThreatLevel.objects.filter(threat__code="malware").update(level="high")
        SupportRequest.objects.update(is_current=False)
        found = [(touch.line.point if touch.line else 0, touch.kind) for touch in PlanPage(officer, plan).touches]
    assert sorted(found) == [(0, "new"), (2, "gone"), (2, "worse")]


def test_a_target_is_reached_when_every_factor_of_the_line_stands_there(accepted, chile, officer, lead_chl):
    plan = _plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        line = written(plan).line(2)
        before = target_of(line, stages_of(officer, [chile.pk])[chile.pk])
        SIX = Indicator.objects.get(code="D1.1")
        Answer.objects.filter(indicator=SIX).update(is_current=False)
        known = {"update": accepted, "state": chile, "is_current": True, "is_accepted": True}
        Answer.objects.create(question="D1.1", indicator=SIX, stage=2, **known)
        after = target_of(line, stages_of(officer, [chile.pk])[chile.pk])

    assert (before.is_reached, after.is_reached) == (False, True)


def test_progress_is_counted_from_the_activities_of_the_lines(accepted, chile, officer, lead_chl):
    plan = _plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        line = PlanLine.objects.get(plan=plan, point=2)
        for status in ("done", "done", "under way", "planned", "idea"):
            make_activity("Course", chile, status=status).taking_part.update(line=line)
        make_activity("Dropped", chile, status="cancelled", cancelled_because="x").taking_part.update(line=line)
        counted = progress_of(officer, [line.pk])[line.pk]

    assert (counted.done, counted.under_way, counted.planned, counted.total) == (2, 1, 2, 5)


def test_the_owner_is_told_once_of_each_acceptance(accepted, chile, officer, lead_chl):
    plan = _plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        plan.refresh_from_db()
        ThreatLevel.objects.filter(threat__code="fraud").update(level="high")
        type(accepted).objects.filter(pk=accepted.pk).update(
            status="accepted", accepted_at=plan.first_offered_at.replace(year=2099)
        )
    tell_owners()
    tell_owners()

    with scope(PROGRAMME):
        assert list(Mail.objects.filter(kind="plan touched").values_list("person", "object_id")) == [
            (officer.pk, plan.pk)
        ]


def test_a_need_outlives_the_request_that_it_names(accepted, chile, officer, lead_chl):
    """Withdrawing an acceptance takes back what the update said."""
    plan = _plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        SupportRequest.objects.all().delete()
    step(plan, Verb.AMEND, officer)
    step(plan, Verb.DROP, officer)

    with scope(PROGRAMME):
        assert LineNeed.objects.get(kind="request").words == "Train 40 judges"
        assert [touch.kind for touch in PlanPage(officer, plan).touches] == ["gone"]
