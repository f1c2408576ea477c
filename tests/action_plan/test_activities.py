"""An activity is entered, changed, moved along its life and given to its readers; whoever is wrong is told how."""

from datetime import timedelta

import pytest
from django.utils import timezone

from action_plan.models import Activity, ActivityMove, ActivityState, Audience
from common.scope import PROGRAMME, scope
from tests.factories.action_plan import make_activity

pytestmark = pytest.mark.django_db
ENTERED = {
    "kind": "course",
    "title_en": "Incident handling, level 1",
    "starts_on": "2026-12-07",
    "ends_on": "2026-12-11",
    "precision": "day",
    "starts_at": "09:00",
    "ends_at": "16:00",
    "time_zone": "America/Santiago",
    "place": "Santiago",
}


@pytest.fixture
def course(chile):
    with scope(PROGRAMME):
        return make_activity("Incident handling", chile, slug="incident-handling")


def stored(slug="incident-handling"):
    with scope(PROGRAMME):
        return Activity.objects.get(slug=slug)


def changed(**facts):
    with scope(PROGRAMME):
        Activity.objects.update(**facts)


def test_an_officer_enters_an_activity_as_an_idea_of_the_staff(sign_in, officer, chile, jamaica, lead_chl):
    answer = sign_in(officer).post("/activities/new/", ENTERED | {"states": [chile.pk, jamaica.pk]})

    activity = stored("incident-handling-level-1-2026")
    assert answer.url == activity.get_absolute_url()
    assert (activity.status, activity.audience, activity.point) == ("idea", "staff", 2)
    with scope(PROGRAMME):
        assert set(activity.taking_part.values_list("state__slug", flat=True)) == {"chile", "jamaica"}
    assert sign_in(lead_chl).get(activity.get_absolute_url()).status_code == 404


def test_one_title_twice_has_two_addresses(sign_in, officer):
    addresses = {sign_in(officer).post("/activities/new/", ENTERED).url for _ in range(3)}

    assert addresses == {
        "/activities/incident-handling-level-1-2026/",
        "/activities/incident-handling-level-1-2026-2/",
        "/activities/incident-handling-level-1-2026-3/",
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_en": ""}, "Give it a title in one language at least."),
        ({"ends_on": "2026-12-01"}, "The last day comes before the first."),
        ({"ends_on": "2030-12-31"}, "longer than three years"),
        ({"starts_on": ""}, "enter the first one too"),
        ({"starts_on": "2026-02-30"}, "Enter a valid date"),
        ({"ends_on": "", "ends_at": "08:00"}, "It ends before it begins."),
        ({"time_zone": ""}, "Say in which time zone these hours are."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"precision": "month"}, "Hours need a first day, exact to the day."),
        ({"states": ["999999"]}, "is not one of the available choices"),
        ({"kind": "party"}, "Select a valid choice"),
        ({"title_en": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sign_in, officer, wrong, said):
    answer = sign_in(officer).post("/activities/new/", ENTERED | {"about": "Typed with care"} | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Typed with care" in answer.content.decode()
    with scope(PROGRAMME):
        assert not Activity.objects.exists()


def test_who_saves_what_a_colleague_saved_meanwhile_is_told(sign_in, officer, course, chile):
    edited = {"edited": "0", "states": [chile.pk]}
    first = sign_in(officer).post("/activities/incident-handling/edit/", ENTERED | edited | {"place": "Valparaíso"})
    second = sign_in(officer).post("/activities/incident-handling/edit/", ENTERED | edited | {"place": "Arica"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "A colleague saved this activity meanwhile." in second.content.decode()
    assert "Arica" in second.content.decode()
    assert stored().place == "Valparaíso"


def test_a_state_that_stays_keeps_the_line_of_its_plan(sign_in, officer, course, chile, jamaica):
    with scope(PROGRAMME):
        before = ActivityState.objects.get(activity=course, state=chile).pk
    sign_in(officer).post(
        "/activities/incident-handling/edit/", ENTERED | {"edited": "0", "states": [chile.pk, jamaica.pk]}
    )
    with scope(PROGRAMME):
        assert ActivityState.objects.get(activity=course, state=chile).pk == before

    sign_in(officer).post("/activities/incident-handling/edit/", ENTERED | {"edited": "1", "states": [jamaica.pk]})
    with scope(PROGRAMME):
        assert [row.state for row in ActivityState.objects.filter(activity=course)] == [jamaica]


def test_planning_an_idea_gives_it_to_those_who_take_part(sign_in, officer, course, lead_chl, lead_jam):
    changed(status="idea", audience="staff")

    sign_in(officer).post("/activities/incident-handling/move/plan/")

    assert sign_in(lead_chl).get("/activities/incident-handling/").status_code == 200
    assert sign_in(lead_jam).get("/activities/incident-handling/").status_code == 404
    with scope(PROGRAMME):
        move = ActivityMove.objects.get()
        assert (move.status_before, move.status_after, move.by) == ("idea", "planned", officer)


def test_an_idea_without_a_date_is_not_planned(sign_in, officer, course):
    changed(status="idea", starts_on=None, ends_on=None)

    answer = sign_in(officer).post("/activities/incident-handling/move/plan/")

    assert answer.status_code == 422
    assert "It has no date yet." in answer.content.decode()


def test_nothing_is_done_before_its_day(sign_in, officer, course):
    changed(starts_on=timezone.localdate() + timedelta(days=2), ends_on=None)

    answer = sign_in(officer).post("/activities/incident-handling/move/finish/")

    assert "Its first day has not come yet." in answer.content.decode()
    assert stored().status == "planned"


def test_cancelling_needs_a_reason_that_its_readers_see(sign_in, officer, course, lead_chl):
    refused = sign_in(officer).post("/activities/incident-handling/move/cancel/", {"reason": " "})
    assert refused.status_code == 422
    assert "Write why" in refused.content.decode()

    sign_in(officer).post("/activities/incident-handling/move/cancel/", {"reason": "The venue was flooded."})

    assert "The venue was flooded." in sign_in(lead_chl).get("/activities/incident-handling/").content.decode()


def test_who_moves_second_is_told(sign_in, officer, course):
    sign_in(officer).post("/activities/incident-handling/move/confirm/")
    answer = sign_in(officer).post("/activities/incident-handling/move/confirm/")

    assert answer.status_code == 422
    assert "it is “Confirmed” now" in answer.content.decode()


def test_the_ledger_is_the_staffs(sign_in, officer, course, lead_chl):
    sign_in(officer).post("/activities/incident-handling/move/confirm/", {"reason": "The room is booked."})

    assert "The room is booked." in sign_in(officer).get("/activities/incident-handling/").content.decode()
    assert "The room is booked." not in sign_in(lead_chl).get("/activities/incident-handling/").content.decode()


def test_who_will_read_it_is_said_before_it_is_done(sign_in, officer, course, client):
    given = {"audience": "public", "edited": "0"}
    asked = sign_in(officer).post("/activities/incident-handling/audience/", given)
    assert "Everybody will read of it, without signing in" in asked.content.decode()
    assert stored().audience == Audience.PARTICIPANTS

    sign_in(officer).post("/activities/incident-handling/audience/", given | {"confirmed": "public"})

    client.logout()
    assert client.get("/activities/incident-handling/").status_code == 200


def test_another_choice_than_the_one_explained_is_explained_first(sign_in, officer, course):
    given = {"audience": "public", "edited": "0", "confirmed": "states"}
    assert sign_in(officer).post("/activities/incident-handling/audience/", given).status_code == 200
    assert stored().audience == Audience.PARTICIPANTS


def test_what_is_planned_is_not_taken_from_those_who_take_part(sign_in, officer, course):
    answer = sign_in(officer).post("/activities/incident-handling/audience/", {"audience": "staff", "edited": "0"})
    assert answer.status_code == 422


def test_what_is_past_asks_what_came_of_it_until_somebody_says(sign_in, officer, observer, course):
    asked = "nobody has written down yet what came of it"
    changed(starts_on=timezone.localdate() + timedelta(days=9), ends_on=None)
    assert asked not in sign_in(officer).get("/activities/incident-handling/").content.decode()
    changed(status="under way", starts_on=timezone.localdate() - timedelta(days=9), ends_on=None)
    assert asked in sign_in(officer).get("/activities/incident-handling/").content.decode()
    assert asked not in sign_in(observer).get("/activities/incident-handling/").content.decode()

    sign_in(officer).post(
        "/activities/incident-handling/outcome/", {"outcome": "Forty people certified.", "edited": "0"}
    )

    page = sign_in(officer).get("/activities/incident-handling/").content.decode()
    assert asked not in page
    assert "Forty people certified." in page


def test_what_else_is_on_the_same_days_is_hinted_at(sign_in, officer, course, chile, jamaica):
    with scope(PROGRAMME):
        make_activity("Same officer", jamaica, officer=officer)
        make_activity("Same state", chile)
        make_activity("Neither", jamaica)
        make_activity("Another week", chile, starts_on="2026-11-16", ends_on="2026-11-20")
        make_activity("Given up", chile, status="cancelled", cancelled_because="No money")
    changed_of(course, officer=officer)

    page = sign_in(officer).get("/activities/incident-handling/").content.decode()

    hints = page[page.index("On the same days") :].split("A hint")[0]
    assert [
        word for word in ("Same officer", "Same state", "Neither", "Another week", "Given up") if word in hints
    ] == [
        "Same officer",
        "Same state",
    ]


def test_the_form_hints_before_anything_is_kept(sign_in, officer, course, chile):
    typed = ENTERED | {"starts_on": "2026-11-10", "ends_on": "2026-11-10", "states": [chile.pk], "look": "1"}
    answer = sign_in(officer).post("/activities/new/", typed)

    assert "On the same days" in answer.content.decode()
    with scope(PROGRAMME):
        assert Activity.objects.count() == 1


def changed_of(activity, **facts):
    with scope(PROGRAMME):
        Activity.objects.filter(pk=activity.pk).update(**facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"starts_on": "2025-12-09", "ends_on": None}, "9 December 2025"),
        ({"starts_on": "2014-03-31", "ends_on": "2014-04-04"}, "31 March 2014 to 4 April 2014"),
        ({"starts_on": "2012-09-10", "ends_on": None, "precision": "week"}, "The week of 10 September 2012"),
        ({"starts_on": "2015-04-01", "ends_on": None, "precision": "month"}, "April 2015"),
        ({"starts_on": "2016-01-01", "ends_on": None, "precision": "year"}, "2016"),
        ({"starts_on": None, "ends_on": None}, "No date yet"),
    ],
)
def test_dates_say_no_more_than_is_known(sign_in, officer, course, facts, words):
    changed(**facts)

    page = sign_in(officer).get("/activities/incident-handling/").content.decode()

    assert f"<dt>When</dt><dd>{words}" in page


def test_the_form_begins_with_what_the_page_one_comes_from_knows(officer, chile, sign_in):
    begun = sign_in(officer).get("/activities/new/?point=2&state=chile&starts_on=2027-03-01").context["form"]
    misled = sign_in(officer).get("/activities/new/?state=chile%00&starts_on=tomorrow").context["form"]

    assert (begun["point"].value(), begun["states"].value()) == ("2", [chile.pk])
    assert str(begun["starts_on"].value()) == "2027-03-01"
    assert (misled["starts_on"].value(), misled["states"].value()) == (None, [])
