"""What the public front page says of the seven points: as much as the lists it leads to."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from common.mandate import Point
from common.scope import PROGRAMME, Reach, scope
from reporting.dashboards.front import points
from tests.factories.action_plan import make_activity
from tests.factories.partnerships import make_agreement

pytestmark = pytest.mark.django_db
DONE = re.compile(r'<a href="([^"]*point=(\d)&amp;status=done)">(\d+) activit')


@pytest.fixture
def activities(chile: Any, jamaica: Any) -> None:
    with scope(PROGRAMME):
        for number in range(2):
            make_activity(f"Course {number}", chile, audience="public", status="done")
        make_activity("Course to come", chile, audience="public")
        make_activity("Course of some", jamaica, status="done")
        make_activity("Mission", chile, audience="public", status="done", kind="mission", point=6)
        make_activity("Meeting for no point", chile, audience="public", status="done", kind="meeting", point=None)


def counted(page: Any) -> dict[int, int]:
    return {int(point): int(number) for _address, point, number in DONE.findall(page.content.decode())}


def test_each_point_says_how_many_activities_are_done_that_its_reader_may_read_of(
    activities: None, client: Client, sign_in: Any, lead_jam: Any
) -> None:
    assert counted(client.get("/en/")) == {2: 2, 6: 1}
    assert counted(sign_in(lead_jam).get("/en/")) == {2: 3, 6: 1}


def test_the_figure_of_a_point_leads_to_as_many_activities(activities: None, client: Client) -> None:
    found = DONE.findall(client.get("/en/").content.decode())

    for address, _point, number in found:
        listed = client.get(address.replace("&amp;", "&"))
        assert listed.status_code == 200
        assert len(listed.context["activities"]) == int(number)
    assert len(found) == 2


def test_every_point_has_a_sentence_and_all_are_counted_in_one_query(
    activities: None, django_assert_num_queries: Any
) -> None:
    with scope(Reach()), django_assert_num_queries(1):
        cards = points(AnonymousUser())

    assert [(card.point, card.done) for card in cards if card.done] == [(Point.TRAINING, 2), (Point.MISSIONS, 1)]
    assert [card.point for card in cards] == list(Point)
    assert all(card.text.endswith(".") for card in cards)


def test_the_objectives_say_what_everybody_may_know_whoever_reads(
    activities: None, client: Client, sign_in: Any, officer: Any, lead_jam: Any
) -> None:
    with scope(PROGRAMME):
        make_agreement("Between ourselves", audience="parties")
        make_agreement("For everybody", audience="public")

    said = [
        [card.figure for card in reader.get("/en/").context["cards"]]
        for reader in (client, sign_in(officer), sign_in(lead_jam))
    ]

    assert said[0][-1] == "1 agreement of the OAS in force or not known to have ended"
    assert said[1:] == [said[0]] * 2
