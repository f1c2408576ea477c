"""What a brief says of the plan, the activities and the requests of its state, and to whom."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader

from action_plan.actions.requests import ask
from action_plan.models import ActivityState, ParticipantCount
from action_plan.states import Verb
from capability.models import Factor
from common.mandate import Point
from common.scope import PROGRAMME, reach_of, scope
from reporting.briefs.gather import frame_for, gather
from reporting.briefs.pdf import pdf
from reporting.briefs.xlsx import xlsx
from tests.factories.action_plan import make_activity
from tests.factories.capability import make_accepted, make_update
from tests.factories.country_plans import active_plan, begin, make_offer, step, write, write_all
from tests.reporting.conftest import LANGUAGES, cells_of, text_of

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-20T15:00Z", tick=True):
        yield


@pytest.fixture
def plan_chl(told_chl, chile, officer, lead_chl):
    return active_plan(chile, officer, lead_chl)


@pytest.fixture
def work_chl(plan_chl, chile, jamaica):
    """One activity done, with people of Chile and of Jamaica, one to come, one cancelled."""
    with scope(PROGRAMME):
        line = plan_chl.lines.get(point=2)
        done = make_activity(
            "Faro course", chile, jamaica, status="done", starts_on=TODAY - timedelta(days=9), ends_on=None
        )
        coming = make_activity(
            "Faro exercise", chile, starts_on=TODAY + timedelta(days=9), ends_on=None, kind="exercise"
        )
        make_activity("CANARY-cancelled", chile, status="cancelled", cancelled_because="No room.")
        ActivityState.objects.filter(activity__in=(done, coming), state=chile).update(line=line)
        for state, women, men, other, unknown in ((chile, 5, 4, 1, 2), (jamaica, 7, 7, 0, 0)):
            ParticipantCount.objects.create(
                activity=done, state=state, sector="public", women=women, men=men, other=other, not_stated=unknown
            )
    return done, coming


@pytest.fixture
def secrets(told_jam, chile, jamaica, officer, lead_jam):
    """What nobody of Chile may read: staff's ideas, the plan, activities and requests of a neighbour."""
    plan = begin(jamaica, officer)
    write_all(plan, officer, what="CANARY-JAM-SENT-plan")
    make_offer(plan, officer)
    with scope(PROGRAMME):
        make_activity("CANARY-CHL-DESK-idea", chile, audience="staff", status="idea", starts_on=TODAY, ends_on=None)
        make_activity("CANARY-JAM-SENT-mission", jamaica, starts_on=TODAY, ends_on=None)
    with scope(reach_of(lead_jam)):
        ask(key=uuid4(), state=jamaica, point=3, need="CANARY-JAM-SENT-request", wanted_by=None, by=lead_jam)


def told_in(brief):
    return text_of(pdf(brief)) + "".join(str(cell.value) for cell in cells_of(xlsx(brief)))


def rows_of(brief, sheet):
    return list(load_workbook(BytesIO(xlsx(brief)))[sheet].iter_rows(min_row=2, values_only=True))


def test_the_plan_stands_in_it_point_by_point(work_chl, chile):
    plan = gather(chile, "en").plan
    points = {line.number: line for line in plan.points}

    assert list(points) == Point.values
    assert (points[2].what, points[2].look, points[2].done, points[2].planned) == (
        "Train public servants",
        "under_way",
        1,
        1,
    )
    assert (points[1].look, points[1].what) == ("not_needed", "The state has its own.")
    assert plan.status == "Active"


@pytest.mark.parametrize(("stage", "is_reached", "word"), [(2, False, "Not reached yet"), (3, True, "Reached")])
def test_a_target_is_reached_when_its_factors_are(
    first_round, open_round, chile, officer, lead_chl, stage, is_reached, word
):
    make_accepted(make_update(first_round, chile), by=lead_chl, stage=2)
    factor = Factor.objects.get(code="D1.1")
    target = {"target_stage": 3, "target_on": date(2027, 6, 30)}
    plan = begin(chile, officer)
    write_all(plan, officer)
    write(plan, 2, officer, "Train", needs=[f"factor-{factor.pk}"], **target)
    make_offer(plan, officer)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=stage)

    brief = gather(chile, "en")
    line = brief.plan.points[1]

    assert line.needs == ("Factor D1.1 en: 2 Formative",)
    assert (line.target_stage, line.target_on, line.is_reached) == (3, date(2027, 6, 30), is_reached)
    assert brief.plan.status == "Waits for the state’s agreement"
    assert word in {row[7] for row in rows_of(brief, "Plan")}
    assert "Stage 3 by June 2027" in " ".join(text_of(pdf(brief)).split())


def test_page_and_sheet_name_the_same_activities_with_the_same_figures(work_chl, chile):
    brief = gather(chile, "en")
    rows = {row[3]: row for row in rows_of(brief, "Activities")}

    assert [line.title for line in brief.coming] == ["Faro exercise"]
    assert [line.title for line in brief.recent] == ["Faro course"]
    assert rows["Faro course"][8:] == (12, 11, 1, 2)
    assert rows["Faro exercise"][8:] == (None, None, None, None)  # nobody was counted
    assert rows["Faro course"][2].date() == TODAY - timedelta(days=9)
    assert "CANARY" not in told_in(brief)
    text = text_of(pdf(brief))
    assert "Faro course" in text
    assert "Faro exercise" in text
    assert "From the state, 12 took part in 1 activity that is done" in " ".join(text.split())


def test_what_liaisons_ask_for_at_any_time_stands_beside_the_profile(told_chl, chile, lead_chl):
    with scope(reach_of(lead_chl)):
        ask(key=uuid4(), state=chile, point=4, need="Faro extra", wanted_by=None, by=lead_chl)
    brief = gather(chile, "en")

    assert [(line.need, line.answer) for line in brief.requests] == [("Faro need", "New"), ("Faro extra", "Sent")]
    assert ("Crisis management exercises", "Faro extra", "Sent") in rows_of(brief, "Requests")
    assert "Faro extra" in text_of(pdf(brief))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_staff_or_of_a_neighbour_is_in_it(work_chl, secrets, chile, language):
    brief = gather(chile, language)

    assert "CANARY" not in told_in(brief) + repr(brief)
    assert "Faro course" in told_in(brief)


def test_the_neighbour_reads_its_own(secrets, jamaica):
    told = told_in(gather(jamaica, "en")).replace("\n", "")

    assert {"plan", "mission", "request"} <= {
        word for word in ("plan", "mission", "request", "idea") if f"CANARY-JAM-SENT-{word}" in told
    }
    assert "DESK" not in told


def test_a_plan_that_was_not_offered_is_in_no_brief(told_chl, chile, officer):
    plan = begin(chile, officer)
    write_all(plan, officer, what="CANARY-draft")

    assert gather(chile, "en").plan is None
    assert "CANARY" not in told_in(gather(chile, "en"))


def test_an_amendment_is_in_no_brief_before_it_is_offered(plan_chl, chile, officer):
    step(plan_chl, Verb.AMEND, officer)
    write(plan_chl, 2, officer, "CANARY-amendment")

    assert gather(chile, "en").plan.points[1].what == "Train public servants"


@pytest.mark.parametrize(
    ("audience", "label"), [("public", "TLP:CLEAR"), ("states", "TLP:GREEN"), ("participants", "TLP:AMBER+STRICT")]
)
def test_the_label_is_never_wider_than_an_activity_in_it(edition, chile, audience, label):
    type(chile).objects.filter(pk=chile.pk).update(sharing="public")
    chile.refresh_from_db()
    with scope(PROGRAMME):
        make_activity("Faro", chile, audience=audience, starts_on=TODAY, ends_on=None)

    assert gather(chile, "en").label == label


def test_a_plan_is_between_the_state_and_the_programme(plan_chl, chile):
    type(chile).objects.filter(pk=chile.pk).update(sharing="public")
    chile.refresh_from_db()

    assert gather(chile, "en").label == "TLP:AMBER+STRICT"


def test_with_plan_and_activities_it_has_three_pages(work_chl, chile):
    assert [len(PdfReader(BytesIO(pdf(gather(chile, language)))).pages) for language in LANGUAGES] == [3] * 4


def test_a_state_without_any_reads_that_there_is_none(edition, chile):
    text = text_of(pdf(gather(chile, "en")))

    assert "No plan has been offered to the state yet." in text
    assert rows_of(gather(chile, "en"), "Activities")[0][0] == "No activity with the state is known."


def test_more_rows_cost_no_more_questions(work_chl, chile, django_assert_num_queries):
    with scope(PROGRAMME):
        for number in range(30):
            make_activity(f"Course {number}", chile, starts_on=TODAY + timedelta(days=number), ends_on=None)
    shared = frame_for(chile)
    with django_assert_num_queries(19):
        gather(chile, "en", shared)


def test_the_page_of_the_state_says_the_same(work_chl, sign_in, chile, lead_chl):
    with scope(reach_of(lead_chl)):
        ask(key=uuid4(), state=chile, point=4, need="Faro extra", wanted_by=None, by=lead_chl)
    brief = gather(chile, "en")

    page = " ".join(sign_in(lead_chl).get("/states/chile/").text.split())

    for point in brief.plan.points:
        row = f"{point.number}. {point.name}</th><td>{point.standing}</td><td"
        assert row in page
    for line in (*brief.coming, *brief.recent):
        assert line.title in page
    for line in brief.requests:
        assert line.need in page


def test_others_read_neither_plan_nor_what_was_asked_on_the_page(work_chl, client, sign_in, chile, lead_chl, lead_jam):
    with scope(reach_of(lead_chl)):
        ask(key=uuid4(), state=chile, point=4, need="CANARY-asked", wanted_by=None, by=lead_chl)

    for reader in (client, sign_in(lead_jam)):
        page = reader.get("/states/chile/").text
        assert "CANARY" not in page
        assert "Action plan</a>" not in page
        assert "Faro exercise" not in page


def test_the_region_counts_the_seven_points(work_chl, secrets, sign_in, officer, chile, lead_chl):
    with scope(reach_of(lead_chl)):
        ask(key=uuid4(), state=chile, point=4, need="Faro extra", wanted_by=None, by=lead_chl)

    page = " ".join(sign_in(officer).get("/region/").text.split())

    assert "1 plan is in force." in page  # that of Jamaica waits for the state
    assert "2 requests for support wait for an answer." in page
    assert '<a href="/requests/?point=4&amp;status=waiting">1</a>' in page
