"""Objective 4: sectors are counted from done activities and consultations; others see nothing below five states."""

import pytest
from django.contrib.auth.models import AnonymousUser

from action_plan import dialogue
from action_plan.models import ParticipantCount, Presentation
from capability.models import StrategyConsultation
from common.scope import PROGRAMME, reach_of, scope
from tests.factories.action_plan import make_activity
from tests.factories.member_states import make_state

pytestmark = pytest.mark.django_db
FOUR = ("public", "private", "civil society", "end users")


def took_part(state, sector, *, people=3, status="done", audience="public"):
    with scope(PROGRAMME):
        activity = make_activity("A workshop", state, status=status, audience=audience)
        ParticipantCount.objects.create(activity=activity, state=state, sector=sector, women=people)


def region(reader):
    with scope(reach_of(reader)):
        return dialogue.of_region(reader)


def line(found, sector):
    return next(one for one in found.lines if one.sector == sector)


def test_a_state_that_has_included_all_four_has_reached_the_objective(officer, chile, jamaica, brazil):
    for sector in FOUR[:3]:
        took_part(chile, sector)
    with scope(PROGRAMME):
        StrategyConsultation.objects.create(state=chile, sector="end users")
    took_part(jamaica, "academia")

    found = region(officer)

    assert (found.tally.of, found.tally.reached, found.tally.under_way) == (3, 1, 1)
    assert [line(found, sector).states for sector in (*FOUR, "academia")] == [1, 1, 1, 1, 1]
    assert (line(found, "public").activities, line(found, "public").people) == (1, 3)


@pytest.mark.parametrize("given", [{"status": "planned"}, {"people": 0}])
def test_what_is_not_done_or_had_nobody_counts_for_nothing(officer, chile, given):
    took_part(chile, "public", **given)

    assert (line(region(officer), "public").states, region(officer).tally.under_way) == (0, 0)


def test_others_hear_of_five_states_and_not_of_four(officer):
    nobody = AnonymousUser()
    states = [make_state(slug) for slug in ("chile", "jamaica", "brazil", "haiti", "peru")]
    for state in states[:4]:
        took_part(state, "public")
    four = region(nobody)
    assert (four.tally, line(four, "public").states) == (None, None)

    took_part(states[4], "public")

    five = region(nobody)
    assert (five.tally.under_way, line(five, "public").states) == (5, 5)


def test_what_a_reader_may_not_read_of_is_not_counted_for_them(officer, lead_chl, lead_jam, chile):
    took_part(chile, "private", audience="participants")

    with scope(reach_of(lead_chl)):
        assert "Private sector" in map(str, dialogue.of_state(lead_chl, chile).included)
    with scope(reach_of(lead_jam)):
        assert dialogue.of_state(lead_jam, chile).included == []
        assert line(dialogue.of_region(lead_jam), "private").activities == 0


@pytest.fixture
def closed(chile, jamaica):
    """In which both take part, and each hears of its own part alone."""
    with scope(PROGRAMME):
        activity = make_activity("A closed workshop", chile, jamaica, status="done", point=1)
        for state, sector in ((chile, "private"), (jamaica, "academia")):
            ParticipantCount.objects.create(activity=activity, state=state, sector=sector, women=3)
            Presentation.objects.create(activity=activity, state=state, subject_en=f"Of {state.slug}")
    return activity


def test_who_else_took_part_in_a_closed_activity_is_not_told(closed, sign_in, officer, lead_chl, chile, jamaica):
    seen = {}
    for reader in (lead_chl, officer):
        with scope(reach_of(reader)):
            states = [dialogue.of_state(reader, state).included for state in (chile, jamaica)]
            seen[reader] = [*map(len, states), line(dialogue.of_region(reader), "academia").people]
    assert seen == {lead_chl: [1, 0, 0], officer: [1, 1, 3]}

    page = sign_in(lead_chl)
    assert "A closed workshop" not in page.get("/states/jamaica/strategy/").text
    assert "A closed workshop" in page.get("/states/chile/strategy/").text


def test_what_others_presented_in_a_closed_activity_is_not_told(closed, sign_in, lead_chl):
    page = sign_in(lead_chl).get(closed.get_absolute_url()).text

    assert ("Of chile" in page, "Of jamaica" in page) == (True, False)


def test_who_took_part_is_told_where_all_states_read_of_it(lead_chl, jamaica):
    took_part(jamaica, "academia", audience="states")

    with scope(reach_of(lead_chl)):
        assert len(dialogue.of_state(lead_chl, jamaica).included) == 1


def test_the_tile_and_the_pages_of_the_state_say_it(sign_in, officer, chile):
    took_part(chile, "civil society")
    page = sign_in(officer)

    tile = page.get("/region/").context["glance"].tiles[3]
    assert "Civil society: 1" in tile.feet
    assert "Included: Civil society." in page.get("/states/chile/").text
    assert "Sectors in the dialogue" in page.get("/states/chile/strategy/").text
