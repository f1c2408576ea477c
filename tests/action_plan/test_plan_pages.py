"""The pages of plans as people use them."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.conf import settings
from openpyxl import load_workbook

from action_plan.models import ActivityCost, ActivityState, CheckItem, CountryPlan, PlanLine
from common.scope import PROGRAMME, scope
from tests.factories.action_plan import make_activity
from tests.factories.country_plans import active_plan, begin, make_offer, write_all

pytestmark = pytest.mark.django_db
POINT = {"is_needed": "yes", "what": "Mine, with care", "edited": "0"}


def test_what_was_typed_stays_when_a_colleague_was_faster(chile, officer, second_officer, sign_in):
    plan = begin(chile, officer)
    address = f"/states/chile/plan/{plan.pk}/points/2/"
    page = sign_in(officer)
    assert page.post(address, POINT | {"what": "Theirs"}).status_code == 302

    refused = page.post(address, POINT)
    assert refused.status_code == 422
    assert "Mine, with care" in refused.content.decode()
    assert "Somebody saved this while you wrote" in refused.content.decode()
    assert page.post(address, POINT | {"edited": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"is_needed": "yes"}, "Say what will be done"),
        ({"is_needed": "no"}, "Say why it is not needed"),
        ({"is_needed": "yes", "what": "x", "target_on": "1999-01-01"}, "outside the period of the plan"),
        ({"is_needed": "yes", "what": "x", "needs": ["factor-999999"]}, "Select a valid choice"),
        ({"is_needed": "yes", "what": "x", "edited": "many"}, "Enter a whole number"),
        ({}, "required"),
    ],
)
def test_bad_input_is_explained(chile, officer, sign_in, sent, said):
    plan = begin(chile, officer)
    answer = sign_in(officer).post(f"/states/chile/plan/{plan.pk}/points/2/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_point_that_is_not_needed_keeps_the_reason_alone(chile, officer, sign_in):
    plan = begin(chile, officer)
    sent = {"is_needed": "no", "what": "x", "target_stage": "3", "not_needed_because": "Own experts", "edited": "0"}
    sign_in(officer).post(f"/states/chile/plan/{plan.pk}/points/7/", sent)

    with scope(PROGRAMME):
        line = PlanLine.objects.get(plan=plan, point=7)
    assert (line.what, line.target_stage, line.not_needed_because) == ("", None, "Own experts")


def test_the_lead_signs_in_the_portal(chile, officer, lead_chl, sign_in):
    plan = begin(chile, officer)
    write_all(plan, officer)
    version = make_offer(plan, officer)
    client = sign_in(lead_chl)
    address = f"/states/chile/plan/{plan.pk}/versions/{version.number}/"

    assert "Your plan waits for your agreement" in client.get("/home/").content.decode()
    assert "Agree to the plan" in client.get(f"{address}sign/").content.decode()
    assert client.post(f"{address}agree/").status_code == 302
    with scope(PROGRAMME):
        assert CountryPlan.objects.get().status == "agreed"
    assert "Signed by Camila Muestra" in client.get(address).content.decode()


def test_the_deputy_reads_and_does_not_sign(chile, officer, deputy_chl, sign_in):
    plan = begin(chile, officer)
    write_all(plan, officer)
    make_offer(plan, officer)
    client = sign_in(deputy_chl)
    address = f"/states/chile/plan/{plan.pk}/versions/1/"

    assert "Train public servants" in client.get(f"{address}sign/").content.decode()
    assert client.post(f"{address}agree/").status_code == 403


def test_the_page_holds_no_style_of_its_own(chile, officer, lead_chl, sign_in):
    active_plan(chile, officer, lead_chl)
    page = sign_in(officer).get("/states/chile/plan/").content.decode()

    assert "style=" not in page
    assert page.count('class="lane ') + page.count('class="lane"') == 7


@pytest.mark.parametrize(
    ("moment", "zone", "month", "tenth"),
    [
        (datetime(2026, 12, 1, 2, tzinfo=UTC), "America/Santiago", 11, 9),  # still 30 November there
        (datetime(2026, 12, 1, 3, 30, tzinfo=UTC), "America/Santiago", 12, 0),  # half past midnight
        (datetime(2026, 12, 1, 3, 30, tzinfo=UTC), "America/Los_Angeles", 11, 9),
        (datetime(2026, 12, 1, 0, 30, tzinfo=UTC), "UTC", 12, 0),
    ],
)
def test_today_on_the_board_is_the_day_on_the_readers_wall(chile, officer, sign_in, moment, zone, month, tenth):
    officer.time_zone = zone
    officer.save(update_fields=["time_zone"])
    plan = begin(chile, officer, starts_on=date(2026, 7, 1), ends_on=date(2027, 6, 30))

    with time_machine.travel(moment, tick=False):
        board = sign_in(officer).get(plan.get_absolute_url()).context["board"]

    assert [one.first.month for one in board.months if one.is_now] == [month]
    assert (board.today_column, board.today_tenth) == (month - 6, tenth)


def test_what_ended_yesterday_on_the_readers_wall_is_not_the_next_to_come(chile, officer, sign_in):
    officer.time_zone = "America/Santiago"
    officer.save(update_fields=["time_zone"])
    plan = begin(chile, officer, starts_on=date(2026, 7, 1), ends_on=date(2027, 6, 30))
    with scope(PROGRAMME):
        line = PlanLine.objects.get(plan=plan, point=2)
        day = date(2026, 11, 30)
        make_activity("Course", chile, starts_on=day, ends_on=day, slug="course").taking_part.update(line=line)

    shown = []
    for hour in (2, 4):  # 23:00 on that day, and one hour into the next
        with time_machine.travel(datetime(2026, 12, 1, hour, tzinfo=UTC), tick=False):
            shown.append(sign_in(officer).get(plan.get_absolute_url()).context["selected"])

    assert [one and one.slug for one in shown] == ["course", None]


def test_the_staff_read_beside_each_activity_what_is_prepared_and_who_pays(chile, officer, lead_chl, sign_in):
    plan = active_plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        line = PlanLine.objects.get(plan=plan, point=2)
        activity = make_activity("Incident handling", slug="handling")
        ActivityState.objects.create(activity=activity, state=chile, audience=activity.audience, line=line)
        CheckItem.objects.create(activity=activity, text="Room booked", is_done=True)
        CheckItem.objects.create(activity=activity, text="Invitations sent")
        ActivityCost.objects.create(activity=activity, amount=100, paid_by="Programme of another state")

    for view in ("board", "list"):
        address = f"/states/chile/plan/?view={view}&activity=handling"
        told, known = (sign_in(person).get(address).text for person in (lead_chl, officer))
        assert "Incident handling" in told
        for words in ("1 of 2 things done before the day", "Programme of another state", "Invitations sent"):
            assert words in known, words
            assert words not in told, words


def test_the_file_of_a_plan_holds_days_and_leads_to_the_plan(chile, officer, sign_in):
    plan = begin(chile, officer)
    with scope(PROGRAMME):
        PlanLine.objects.filter(plan=plan, point=2).update(target_on=date(2027, 6, 30))
    answer = sign_in(officer).get(f"/states/chile/plan/{plan.pk}/plan.xlsx")
    rows = load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True)
    lines = {
        line["Point"]: line
        for heading in [next(rows)]
        for row in rows
        for line in [dict(zip(heading, row, strict=True))]
    }

    assert lines[2]["Target date"].date() == date(2027, 6, 30)
    assert {(line["Id"], line["Link"]) for line in lines.values()} == {
        (plan.pk, f"{settings.SITE_URL}/states/chile/plan/{plan.pk}/")
    }
