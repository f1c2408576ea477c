"""Needs are chosen from accepted data, keep their value of that day, and are compared with what holds today."""

import pytest
from django.db import IntegrityError

from action_plan.actions.requests import follow_profile
from action_plan.models import AskedSupport, LineNeed, PlanLine
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


# What a liaison asked for outside an update ---------------------------------------------------------------------------


@pytest.fixture
def asked(chile, lead_chl):
    with scope(PROGRAMME):
        return AskedSupport.objects.create(state=chile, point=4, need="Exercise with the banks", asked_by=lead_chl)


def _stands(asked, status):
    with scope(PROGRAMME):
        AskedSupport.objects.filter(pk=asked.pk).update(status=status)


def test_what_a_liaison_asked_for_outside_an_update_is_offered_beside_the_updates(accepted, asked, chile, officer):
    said = _keys(officer, chile)

    assert said[f"asked-{asked.pk}"] == "Exercise with the banks"
    assert sorted(said.values()).count("Train 40 judges") == 1


@pytest.mark.parametrize(
    ("status", "is_offered"),
    [("sent", True), ("triaged", True), ("planned", False), ("declined", False), ("met", False), ("withdrawn", False)],
)
def test_it_is_offered_while_it_waits_for_the_programme(asked, chile, officer, status, is_offered):
    _stands(asked, status)

    assert (f"asked-{asked.pk}" in _keys(officer, chile)) == is_offered


def test_what_an_update_asks_for_is_offered_once(accepted, chile, officer):
    """It has a row in the list of requests as well."""
    with scope(PROGRAMME):
        follow_profile(state=chile)
        assert AskedSupport.objects.filter(update=accepted).exists()
        request = SupportRequest.objects.get()

    asked_for = [key for key in _keys(officer, chile) if not key.startswith(("factor", "threat"))]
    assert asked_for == [f"request-{request.pk}"]


def test_of_another_state_nothing_asked_is_offered(asked, jamaica, officer):
    assert _keys(officer, jamaica) == {}


def test_a_line_answers_it_in_the_words_of_that_day(asked, chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl, needs=[f"asked-{asked.pk}"])
    with scope(PROGRAMME):
        need = LineNeed.objects.get()
        text = written(plan)

    assert (need.kind, need.asked_id, need.words) == ("asked", asked.pk, "Exercise with the banks")
    assert [(one.id, one.name) for one in text.needs] == [(asked.pk, "Exercise with the banks")]


def test_the_page_offers_it_among_what_the_state_asked_for(asked, chile, officer, sign_in):
    plan = begin(chile, officer)
    page = sign_in(officer)
    address = f"/states/chile/plan/{plan.pk}/points/4/"
    key = f"asked-{asked.pk}"

    assert "What the state asked for" in page.get(address).content.decode()
    assert page.post(address, {"is_needed": "yes", "what": "x", "needs": [key], "edited": "0"}).status_code == 302
    again = page.get(address).content.decode()
    assert f'value="{key}" checked' in again
    assert again.count(f'value="{key}"') == 1


@pytest.mark.parametrize(
    ("status", "found"),
    [("sent", []), ("planned", []), ("met", []), ("withdrawn", ["gone"]), ("declined", ["gone"])],
)
def test_what_is_not_asked_for_any_more_touches_its_line(asked, chile, officer, lead_chl, status, found):
    plan = active_plan(chile, officer, lead_chl, needs=[f"asked-{asked.pk}"])
    _stands(asked, status)

    with scope(PROGRAMME):
        assert [touch.kind for touch in PlanPage(officer, plan).touches] == found


@pytest.mark.parametrize(("status", "found"), [("sent", ["new"]), ("planned", [])])
def test_what_is_asked_for_and_named_by_no_line_is_told(chile, officer, lead_chl, asked, status, found):
    plan = active_plan(chile, officer, lead_chl)
    _stands(asked, status)

    with scope(PROGRAMME):
        assert [touch.kind for touch in PlanPage(officer, plan).touches] == found


def test_it_stays_when_an_amendment_is_dropped(asked, chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl, needs=[f"asked-{asked.pk}"])
    step(plan, Verb.AMEND, officer)
    step(plan, Verb.DROP, officer)

    with scope(PROGRAMME):
        assert LineNeed.objects.get().asked_id == asked.pk


def test_a_need_of_another_states_request_is_refused_by_the_database(asked, jamaica, officer):
    plan = begin(jamaica, officer)
    with scope(PROGRAMME):
        line = PlanLine.objects.get(plan=plan, point=4)
    with pytest.raises(IntegrityError, match="line_need_asked_same_state"), scope(PROGRAMME):
        LineNeed.objects.create(line=line, state=jamaica, kind="asked", asked=asked, words="Theirs")
