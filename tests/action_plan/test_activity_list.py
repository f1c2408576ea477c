"""The list: narrowed, page by page, asked as often for many as for few; and the events that sources tell of."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from action_plan.activity_filter import ActivityFilter
from action_plan.imports import load_action_plan
from action_plan.models import Activity, ActivityState, ActivityWord, ParticipantCount
from common.scope import PROGRAMME, reach_of, scope
from documents.imports import load_sources
from member_states.imports import load_states
from tests.conftest import take_statistics
from tests.factories.action_plan import make_activity

pytestmark = pytest.mark.django_db


def test_the_list_is_read_page_by_page_without_a_gap(sign_in, observer, chile):
    with scope(PROGRAMME):
        for number in range(40):
            make_activity(f"Activity {number}", chile, starts_on=f"2026-0{1 + number % 4}-01", ends_on=None)
        for number in range(40, 45):
            make_activity(f"Activity {number}", chile, starts_on=None, ends_on=None)
    client, seen, url = sign_in(observer), [], "/activities/"
    while url:
        page = client.get(url)
        seen += [activity.pk for activity in page.context["activities"]]
        url = f"/activities/{page.context['next_url']}" if page.context["next_url"] else ""

    with scope(PROGRAMME):
        assert seen == [one.pk for one in Activity.objects.all().newest_first()]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"point": "4"}, {"B"}),
        ({"kind": "exercise"}, {"B"}),
        ({"status": "done"}, {"C"}),
        ({"state": "jamaica"}, {"C"}),
        ({"year": "2025"}, {"C"}),
        ({"q": "valparaiso"}, {"A"}),
        ({"q": "VALPAR"}, {"A"}),
        ({"q": "valparaiso a"}, {"A"}),
        ({"q": "valparaiso b"}, set()),
        ({"q": "e-30"}, {"B"}),
        ({"q": "%"}, {"A", "B", "C"}),
        ({"q": "nowhere"}, set()),
        ({"point": "99"}, {"A", "B", "C"}),
        ({"state": "atlantis"}, {"A", "B", "C"}),
        ({"year": "x"}, {"A", "B", "C"}),
        ({"after": "nothing"}, {"A", "B", "C"}),
        ({"q": "\0"}, {"A", "B", "C"}),
    ],
)
def test_the_list_is_narrowed(sign_in, observer, chile, jamaica, asked, found):
    with scope(PROGRAMME):
        make_activity("A", chile, place="Valparaíso")
        make_activity("B", chile, kind="exercise", point=4, reference="E-305/12")
        make_activity("C", jamaica, status="done", starts_on="2025-03-01", ends_on=None)

    answer = sign_in(observer).get("/activities/", asked)

    assert answer.status_code == 200
    assert {activity.title for activity in answer.context["activities"]} == found


def found_by(reader, text):
    with scope(reach_of(reader)):
        words = ActivityWord.objects.visible_to(reader).beginning_with(text)
        assert set(words) == set(ActivityWord._base_manager.filter(word__startswith=text))
        return {word.activity.title for word in words}


def test_words_follow_the_texts_of_their_activity_whoever_writes_them(chile, observer):
    with scope(PROGRAMME):
        activity = make_activity("Taller en Valparaíso", chile, about="Banks and telephones")
        Activity.objects.filter(pk=activity.pk).update(about="Banks alone")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE action_plan_activity SET title_en = 'Workshop' WHERE id = %s", [activity.pk])

    for text, is_found in (("work", True), ("bank", True), ("teleph", False), ("taller", False)):
        assert bool(found_by(observer, text)) is is_found, text


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("staff", {"observer"}),
        ("participants", {"observer", "lead_chl"}),
        ("states", {"observer", "lead_chl", "lead_jam"}),
        ("public", {"observer", "lead_chl", "lead_jam", "nobody"}),
    ],
)
def test_words_are_read_by_whoever_reads_of_the_activity(chile, observer, lead_chl, lead_jam, audience, readers):
    people = {"observer": observer, "lead_chl": lead_chl, "lead_jam": lead_jam, "nobody": AnonymousUser()}
    with scope(PROGRAMME):
        activity = make_activity("Workshop", chile, audience="staff")
        Activity.objects.filter(pk=activity.pk).update(audience=audience)

    assert {name for name, person in people.items() if found_by(person, "work")} == readers


def test_words_are_looked_up_in_their_index_behind_the_wall(chile, lead_chl):
    with scope(PROGRAMME):
        for number in range(300):
            make_activity(f"Number {number} of many", chile)
    take_statistics()

    with scope(reach_of(lead_chl)):
        seen = Activity.objects.visible_to(lead_chl)
        found = ActivityFilter({"q": "17"}, seen, request=SimpleNamespace(user=lead_chl)).found
        assert found.count() == 11
        assert "activity_by_word" in found.explain()


def test_who_is_responsible_is_asked_by_staff_alone(sign_in, observer, officer, lead_chl, chile):
    with scope(PROGRAMME):
        make_activity("Mine", chile, officer=officer)
        make_activity("Another", chile)
    asked = {"officer": officer.pk}

    assert [one.title for one in sign_in(observer).get("/activities/", asked).context["activities"]] == ["Mine"]
    answer = sign_in(lead_chl).get("/activities/", asked)
    assert len(answer.context["activities"]) == 2
    assert "Responsible" not in answer.content.decode()


LISTS = ("/activities/", "/activities.csv", "/activities.xlsx", "/activities/calendar/?month=2026-11")


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("reader", ["observer", "lead_chl"])
def test_many_ask_no_more_than_few(url, reader, request, sign_in, chile, jamaica):
    client = sign_in(request.getfixturevalue(reader))

    def grow(many):
        with scope(PROGRAMME):
            for number in range(many):
                activity = make_activity(f"N {number}", chile, jamaica)
                ParticipantCount.objects.create(activity=activity, state=chile, sector="public", women=number)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        return len([one for one in asked if one["sql"].startswith("SELECT") and "set_config" not in one["sql"]])

    grow(1)
    few = queries()
    grow(29)
    assert queries() == few


def test_the_events_stand_with_their_sources(client):
    with scope(PROGRAMME):
        load_sources()
        load_states()
    first, again = load_action_plan(), load_action_plan()

    assert [change.rows for change in first.values()] == [30, 35, 29]
    assert not any(again.values())
    with scope(PROGRAMME):
        assert Activity.objects.filter(audience="public", status="done", source__isnull=False).count() == 35
        presenting = ActivityState.objects.filter(activity__slug="roundtable-policymakers-2012")
        assert presenting.count() == 9
    page = client.get("/activities/roundtable-policymakers-2012/").content.decode()
    assert "The week of 10 September 2012" in page
    assert "E-305/12" in page
