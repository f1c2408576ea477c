"""Maturity over time and what moved: never more than each reader may see, and order is never called cause."""

import csv
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from action_plan.models import Activity
from capability import regional
from capability.models import Factor, Indicator
from common.scope import NOTHING, PROGRAMME, reach_of, scope
from reporting.insight.before import Before
from reporting.insight.forms import MovesForm
from reporting.insight.lines import Reading, StepLine
from reporting.insight.moves import Moves
from reporting.insight.over_time import OverTime
from reporting.insight.region import RegionOverTime
from tests.capability.test_regional import give_levels
from tests.factories.action_plan import make_activity
from tests.factories.capability import make_accepted, make_round, make_update
from tests.factories.experts import make_expertise
from tests.factories.member_states import make_liaison, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(edition: Any, manager: Any) -> Any:
    return make_round(edition, by=manager, number=1, closed=True)


@pytest.fixture
def twice(first: Any, open_round: Any, chile: Any, lead_chl: Any) -> None:
    """Chile moved from stage 2 to 4."""
    make_accepted(make_update(first, chile), by=lead_chl, stage=2)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=4)


def moves(reader: Any, state: Any = None, query: str = "") -> Moves:
    with scope(reach_of(reader)):
        form = MovesForm(QueryDict(query), user=reader, of_state=state is not None)
        found = Moves(reader, form, state)
        found.found, found.told  # noqa: B018  read while the scope stands
        return found


def days_ago(days: int) -> dict[str, Any]:
    day = timezone.localdate() - timedelta(days=days)
    return {"starts_on": day, "ends_on": day}


def took_part(state: Any, days: int, **facts: Any) -> None:
    with scope(PROGRAMME):
        make_activity(f"{days} days ago", state, **{"status": "done", **days_ago(days), **facts})


def lines(response: Any) -> list[list[str]]:
    return list(csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))


def test_each_reading_is_a_dot_and_a_step_that_crosses_editions_is_drawn_otherwise():
    line = StepLine([Reading(1, True), Reading(None), Reading(3), Reading(5)])

    assert [(dot.y, dot.is_crossed) for dot in line.dots] == [("68.0", True), ("38.0", False), ("8.0", False)]
    assert [is_crossing for _, is_crossing in line.paths] == [True, False]
    assert line.last == 5
    assert not StepLine([Reading(None)])


def test_a_state_reads_its_updates_and_the_levels_of_2016_marked(twice, chile, lead_chl):
    give_levels([chile], [1], crosswalk=Indicator.objects.get(code="D1.1").factor)
    with scope(reach_of(lead_chl)):
        page = OverTime(lead_chl, chile)
        line = page.dimensions[0][1][0]

    assert [(r.number, r.is_crossed) for r in line.readings] == [(1, True), (2, False), (4, False)]
    assert page.labels[0] == "Levels of 2016"
    assert line.chart.crossing
    assert "Levels of 2016: 1; First update of 2026: 2" in line.told


def test_others_see_over_time_what_the_state_shares_and_no_more(twice, chile, lead_jam, sign_in, client):
    for reader in (client, sign_in(lead_jam)):
        assert "Nothing over time that you may see" in reader.get("/states/chile/over-time/").content.decode()
        assert len(lines(reader.get("/states/chile/over-time.csv"))) == 1
        assert len(lines(reader.get("/states/chile/moves.csv"))) == 1


def test_who_may_see_a_part_is_told_that_it_is_one(twice, chile, lead_chl, officer, client, sign_in):
    give_levels([chile], [1], crosswalk=Indicator.objects.get(code="D1.1").factor)

    page = client.get("/states/chile/over-time/").content.decode()
    assert "Chile: 0 accepted updates that you may see, and the published levels of 2016." in page
    assert "No change of stage is found in what you may see." in page
    for reader in (lead_chl, officer):
        page = sign_in(reader).get("/states/chile/over-time/").content.decode()
        assert "Chile: 2 accepted updates, and the published levels of 2016." in page


def test_what_is_known_to_the_month_came_before_only_when_that_month_was_over(chile, officer):
    with scope(PROGRAMME):
        made = [
            make_activity(
                f"{month} {how}", chile, status="done", starts_on=date(2026, month, 1), ends_on=None, precision=how
            )
            for month in (1, 2)
            for how in ("day", "month", "year")
        ]
    with scope(reach_of(officer)):
        before = Before(officer, {(chile.pk, date(2026, 2, 3))})
        told = {one.activity.pk for one in before.of_update(chile.pk, date(2026, 2, 3), {})}

    assert told == {made[0].pk, made[1].pk, made[3].pk}


def test_a_move_has_its_stages_and_its_date(twice, chile, lead_chl, officer, sign_in):
    found = moves(lead_chl, chile).found

    assert {(move.before, move.after, move.by) for move in found} == {(2, 4, 2)}
    assert [move.factor.code for move in found[:2]] == ["D1.1", "D1.2"]
    page = sign_in(officer).get("/states/chile/over-time/").content.decode()
    assert "order is not cause" in page
    assert "2 to 4" in page


def test_from_one_edition_to_another_nothing_moves(open_round, chile, lead_chl):
    give_levels([chile], [1], crosswalk=Indicator.objects.get(code="D1.1").factor)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=3)

    assert moves(lead_chl, chile).found == []


def test_activities_of_the_twelve_months_before_are_told_those_of_a_record_first(twice, chile, lead_chl, officer):
    took_part(chile, 10)
    took_part(chile, 400)
    took_part(chile, 5, status="cancelled", cancelled_because="Storm.")
    took_part(chile, 20, audience="staff")
    with scope(PROGRAMME):
        linked = make_expertise(chile, officer, Factor.objects.get(code="D1.1")).activity
        Activity.objects.filter(pk=linked.pk).update(status="done", audience="participants", **days_ago(200))

    for reader, days in ((lead_chl, [200, 10]), (officer, [200, 10, 20])):
        with scope(reach_of(reader)):
            (step,) = Moves(reader, MovesForm(QueryDict(), user=reader, of_state=True), chile).steps
        told = [(timezone.localdate() - one.activity.starts_on).days for one in step.preceding]
        assert told == days
        assert [factor.code for factor in step.linked[0].factors] == ["D1.1"]


def test_staff_narrow_what_moved_in_the_region_and_take_it_along(twice, first, open_round, officer, sign_in):
    state = make_state("jamaica", sub_region="Caribbean")
    lead = make_liaison("Of Jamaica", state)
    make_accepted(make_update(first, state), by=lead, stage=3)
    make_accepted(make_update(open_round, state), by=lead, stage=2)

    assert len(moves(officer).found) == 46
    assert len(moves(officer, query="direction=down&dimension=D1").found) == 4
    assert {move.state for move in moves(officer, query="sub_region=Caribbean").found} == {state}
    assert moves(officer, query="round=2026-1").found == []
    unknown = sign_in(officer).get("/region/moves/?state=atlantis&direction=up")
    assert "There is no such state" in unknown.content.decode()
    rows = lines(sign_in(officer).get("/region/moves.csv?direction=down"))
    assert {(row[0], row[4], row[5]) for row in rows[1:]} == {(str(state), "3", "2")}


def test_the_newest_rounds_are_read_unless_earlier_ones_are_asked_for(
    edition, manager, officer, chile, lead_chl, sign_in, program_of, monkeypatch
):
    monkeypatch.setattr("reporting.insight.forms.NEWEST", 1)
    for number in (1, 2, 3):
        update = make_update(make_round(edition, by=manager, number=number, closed=True), chile)
        make_accepted(update, by=lead_chl, stage=number)
        if number == 2:  # of one factor nothing
            with scope(PROGRAMME):
                update.answers.filter(indicator__factor__code="D1.1").update(is_accepted=False, is_current=False)

    newest, every = moves(officer).found, moves(officer, query="earlier=on").found

    assert {move.update.round.number for move in newest} == {3}
    assert {(move.since.round.number, move.before) for move in newest if move.factor.code == "D1.1"} == {(1, 1)}
    assert {(move.since.round.number, move.before) for move in newest if move.factor.code == "D1.2"} == {(2, 2)}
    assert [move for move in every if move.update.round.number == 3] == newest
    assert len(every) == len(newest) + 22
    assert moves(officer, query="round=2026-2").found == [move for move in every if move not in newest]
    assert len(moves(lead_chl, chile).found) == len(every)
    assert "Earlier rounds too" in sign_in(officer).get("/region/moves/").content.decode()
    assert len(lines(sign_in(officer).get("/region/moves.csv?earlier=on"))) == len(every) + 1
    assert len(program_of(officer).get("region/moves/").json()["results"]) == len(every)


def test_what_is_not_shared_is_no_move_for_a_liaison_of_another_state(twice, lead_jam, lead_chl):
    assert moves(lead_jam).found == []
    assert len(moves(lead_chl).found) == 23


def test_the_region_over_time_is_withheld_below_five_states_and_counts_rounds_that_are_over(edition, manager, officer):
    states = [make_state(f"state-{n}") for n in range(6)]
    rounds = [make_round(edition, by=manager, number=number, closed=True) for number in (1, 2)]
    for number, round in enumerate(rounds):
        for state in states[: 6 - number * 2]:  # four of them in the second
            make_accepted(make_update(round, state), by=manager, stage=2 + number)
    factors = list(Factor.objects.filter(dimension__edition=edition).select_related("dimension"))

    for reach, points in ((NOTHING, [("2026-1", 6)]), (reach_of(officer), [("2026-1", 6), ("2026-2", 6)])):
        with scope(reach):
            told = regional.over_time(2021, factors)
            small = regional.over_time(2021, factors, "North America")
        assert [(moment.round.slug, moment.figures.states) for moment in told] == points
        assert told[0].figures.medians["D1.1"] == 2
        assert all(value is None for moment in small for value in moment.figures.medians.values())
    with scope(reach_of(officer)):
        assert regional.over_time(2021, factors, most=1) == told[1:]
        assert regional.over_time(2021, factors, skip=1, most=5) == told[:1]
        assert regional.over_time(2021, factors, skip=2, most=5) == []


def test_an_update_that_says_little_leaves_what_was_known_before(edition, manager, officer):
    states = [make_state(f"state-{n}") for n in range(5)]
    for number in (1, 2, 3, 4):
        round = make_round(edition, by=manager, number=number, closed=True)
        for state in states:
            update = make_update(round, state)
            make_accepted(update, by=manager, stage=number)
            if number > 1:  # of one factor alone, in the third round of none
                left = "" if number == 3 else "D1.1"
                with scope(PROGRAMME):
                    unsaid = update.answers.exclude(indicator__factor__code=left)
                    unsaid.update(is_accepted=False, is_current=False)
    factors = list(Factor.objects.filter(dimension__edition=edition).select_related("dimension"))

    with scope(reach_of(officer)):
        told = regional.over_time(2021, factors)
        one_by_one = [regional.over_time(2021, factors, skip=skip, most=1) for skip in (2, 1, 0)]

    medians = [(moment.round.number, *(moment.figures.medians[code] for code in ("D1.1", "D1.2"))) for moment in told]
    assert medians == [(1, 1, 1), (2, 2, 1), (4, 4, 1)]
    assert [moment for page in one_by_one for moment in page] == told


def test_earlier_points_of_the_region_stand_on_further_pages(edition, manager, client, monkeypatch):
    monkeypatch.setattr("reporting.insight.region.POINTS", 1)
    states = [make_state(f"state-{n}", sub_region="Caribbean") for n in range(5)]
    for number in (1, 2):
        round = make_round(edition, by=manager, number=number, closed=True)
        for state in states:
            make_accepted(make_update(round, state), by=manager, stage=1 + number)

    first, second = (client.get(f"/region/over-time/?sub_region=Caribbean&page={page}") for page in (1, 2))

    assert [point["key"] for page in (first, second) for point in page.context["page"].points] == ["2026-2", "2026-1"]
    assert 'rel="next" href="?sub_region=Caribbean&amp;page=2"' in first.content.decode()
    assert 'rel="prev" href="?sub_region=Caribbean&amp;page=1"' in second.content.decode()
    assert "page=3" not in second.content.decode()
    beyond = client.get("/region/over-time/?sub_region=Caribbean&page=9")
    assert [point["key"] for point in beyond.context["page"].points] == ["2026-2"]
    assert len({row[1] for row in lines(client.get("/region/over-time.csv"))[1:]}) == 2


def test_of_a_sub_region_no_mean_is_given_over_time(edition, manager):
    round = make_round(edition, by=manager, number=1, closed=True)
    for number in range(6):
        make_accepted(make_update(round, make_state(f"far-{number}", sub_region="Caribbean")), by=manager, stage=3)
    with scope(NOTHING):
        region = RegionOverTime(None, QueryDict("sub_region=Caribbean"))
        rows = list(region.rows())

    assert not any(line.is_dimension for line in region.lines)
    assert {row[-3] for row in rows[1:]} == {3}
    assert all(row[-2].startswith("2026-1-") and row[-1].endswith("/region/over-time/") for row in rows[1:])


def test_programs_read_the_same(twice, chile, lead_chl, lead_jam, officer, program_of):
    told = program_of(lead_chl).get("states/chile/over-time/").json()
    assert [reading["value"] for reading in told["lines"][1]["readings"]] == [2, 4]
    assert len(program_of(lead_chl).get("states/chile/moves/?dimension=D1").json()["results"]) == 4
    assert program_of(lead_jam).get("states/chile/moves/").json()["results"] == []
    assert program_of(lead_chl).get("region/moves/").status_code == 403
    assert len(program_of(officer).get("region/moves/?direction=up").json()["results"]) == 23
    assert program_of(officer).get("region/moves/?direction=sideways").status_code == 400
    assert program_of(lead_jam).get("region/over-time/?sub_region=Atlantis").status_code == 400
    assert len(program_of(officer).get("rounds/timeliness/?state=chile").json()["results"]) == 2
