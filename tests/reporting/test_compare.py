"""A state beside its past, the region, its sub-region and those who share: never more than each reader may see."""

import csv
from functools import partial
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.actions import make_token
from capability import regional
from capability.actions.sharing import set_sharing
from capability.models import Indicator
from common.scope import NOTHING, reach_of, scope
from reporting.dashboards.compare import Compare
from tests.capability.test_regional import give_levels
from tests.factories.capability import make_accepted, make_round, make_update
from tests.factories.member_states import make_liaison, make_state

PAGE = "/states/chile/compare/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def first(edition: Any, manager: Any) -> Any:
    return make_round(edition, by=manager, number=1, closed=True)


@pytest.fixture
def twice(first: Any, open_round: Any, chile: Any, lead_chl: Any) -> None:
    """Chile moved from stage 2 to 4."""
    make_accepted(make_update(first, chile), by=lead_chl, stage=2)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=4)


def accepted(round: Any, slug: str, stage: int, audience: str = "programme", **facts: Any) -> Any:
    state = make_state(slug, sharing=audience, **facts)
    make_accepted(make_update(round, state), by=make_liaison(f"Of {slug}", state), stage=stage, audience=audience)
    return state


def compare(reader: Any, state: Any, query: str = "") -> Compare:
    with scope(reach_of(reader)):
        found = Compare(reader, state, QueryDict(query))
        found.dimensions, found.columns  # noqa: B018  read while the scope stands
        return found


def words_of(compared: Compare) -> list[str]:
    return compared.dimensions[0][1][0].words


def test_the_own_past_is_told_in_words(twice, chile, lead_chl):
    compared = compare(lead_chl, chile)

    assert words_of(compared) == ["Up 2 stages."]
    assert compared.summary[0] == "First update of 2026: of 23 factors 23 moved up, 0 stayed, 0 moved down."


def test_levels_of_2016_are_marked_and_not_compared(open_round, chile, lead_chl):
    factor = Indicator.objects.get(code="D1.1").factor
    give_levels([chile], [1], crosswalk=factor)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=3)
    compared = compare(lead_chl, chile)

    line = compared.dimensions[0][1][0]
    assert (line.past, line.values[0][1].is_crossed, line.words) == (1, True, [])
    assert compared.summary == ["Levels of 2016: another edition, not compared."]


def test_an_earlier_update_can_be_chosen_and_an_unknown_one_is_said(twice, chile, lead_chl, sign_in):
    assert compare(lead_chl, chile, "since=2026-1").notes == []
    page = sign_in(lead_chl).get(f"{PAGE}?since=1999-1&with=%00&with=atlantis")

    assert page.status_code == 200
    assert "The earlier update you asked for is not known" in page.content.decode()


@pytest.fixture
def four_times(edition, manager, twice, chile, lead_chl):
    """Stage 2, 4, 3 and 5, the last in 2027-2."""
    for number, stage in ((1, 3), (2, 5)):
        round = make_round(edition, by=manager, year=2027, number=number, closed=number == 1)
        make_accepted(make_update(round, chile), by=lead_chl, stage=stage)


def test_a_state_stands_beside_several_of_its_own_rounds(four_times, chile, lead_chl):
    compared = compare(lead_chl, chile, "since=2026-1&since=2026-2&since=2027-1")
    line = compared.dimensions[0][1][0]

    assert [column.key for column in compared.columns[:3]] == ["past", "past-2026-2", "past-2026-1"]
    assert (line.now.number, [value.number for _, value in line.values[:3]]) == (5, [3, 4, 2])
    assert line.words == ["Up 2 stages."]
    assert [words.partition(":")[0] for words in compared.summary[:3]] == [
        "First update of 2027", "Second update of 2026", "First update of 2026",
    ]  # fmt: skip
    assert compared.notes == []


def test_of_several_rounds_the_unknown_one_is_left_out_and_said(four_times, chile, lead_chl):
    compared = compare(lead_chl, chile, "since=2026-1,1999-1")

    assert [column.key for column in compared.columns if column.is_past] == ["past"]
    assert compared.notes == ["An earlier update you asked for is not known, so it is left out."]


def test_page_table_and_program_hold_the_same_rounds(four_times, chile, lead_chl, sign_in):
    client, query = sign_in(lead_chl), "since=2027-1&since=2026-1"
    page = client.get(f"{PAGE}?{query}")
    table = b"".join(client.get(f"{PAGE[:-1]}.csv?{query}").streaming_content).decode("utf-8-sig")
    _token, secret = make_token(name="A program", scopes=["read"], days=30, by=lead_chl)
    headers = {"Authorization": f"Bearer {secret}"}
    said = Client().get("/api/v1/states/chile/compare/?since=2026-1,2027-1", headers=headers).json()

    labels = ["First update of 2027", "First update of 2026"]
    assert next(csv.reader(StringIO(table)))[2:4] == labels
    assert [column["label"] for column in said["columns"][:2]] == labels
    assert [column["key"] for column in said["columns"][:2]] == ["past", "past-2026-1"]
    assert page.content.decode().count(" checked>") == 2


def test_at_most_four_rounds_stand_side_by_side(edition, manager, four_times, chile, lead_chl):
    for year in (2028, 2029):
        make_accepted(make_update(make_round(edition, by=manager, year=year), chile), by=lead_chl)
    compared = compare(lead_chl, chile, "since=2026-1,2026-2,2027-1,2027-2,2028-2")

    assert [column.key for column in compared.columns if column.is_past] == [
        "past", "past-2027-2", "past-2027-1", "past-2026-2",
    ]  # fmt: skip
    assert "At most four earlier updates" in compared.notes[0]


def test_a_state_that_withdraws_sharing_disappears_at_once(twice, first, chile, lead_chl, jamaica, lead_jam):
    make_accepted(make_update(first, jamaica), by=lead_jam, stage=3)
    for sharing, is_seen in (("states", True), ("programme", False), ("public", True)):
        with scope(reach_of(lead_jam)):
            set_sharing(state=jamaica, sharing=sharing, by=lead_jam)
        compared = compare(lead_chl, chile, "with=jamaica")
        assert ("Jamaica: 1 stage above it." in words_of(compared)) == is_seen
        assert [state.slug for state in compared.sharing] == ["jamaica"] * is_seen
        assert ("jamaica" in compared.query) == is_seen
        assert bool(compared.notes) == (not is_seen)


def test_levels_of_2016_alone_are_no_sharing(twice, chile, lead_chl):
    give_levels([make_state("jamaica")], [2])

    assert compare(lead_chl, chile, "with=jamaica").sharing == []


def test_at_most_four_states_stand_side_by_side(twice, first, chile, lead_chl):
    slugs = [accepted(first, f"state-{n}", 2, "public").slug for n in range(5)]
    compared = compare(lead_chl, chile, "&".join(f"with={slug}" for slug in slugs))

    assert len(compared.chosen) == 4
    assert "At most four" in compared.notes[0]


def test_region_and_sub_region_are_withheld_below_five_states(first, chile, lead_chl, outsider):
    for number in range(5):
        accepted(first, f"far-{number}", 2, sub_region="Caribbean")
    accepted(first, "near-by", 5, sub_region="South America")
    compared = compare(lead_chl, chile)

    assert compared.region.medians["D1.1"] == 2
    assert set(compared.sub_region.medians.values()) == {None}
    assert compared.is_withheld
    with scope(NOTHING):
        assert regional.figures(2021, sub_region="Caribbean").medians["D1.1"] == 2


def test_of_a_sub_region_no_mean_is_given_to_anybody(first, officer):
    for number in range(6):
        accepted(first, f"far-{number}", 2, sub_region="Caribbean")
    for reach in (NOTHING, reach_of(officer)):
        with scope(reach):
            assert regional.figures(2021, sub_region="Caribbean").means == {}


def test_a_round_counts_in_a_sub_region_when_it_brought_five_of_its_states(edition, manager, first):
    """Else one state's new answers could be watched coming in."""
    states = [accepted(first, f"far-{n}", 2, sub_region="Caribbean") for n in range(5)]
    second = make_round(edition, by=manager, year=2026, number=2, closed=True)
    for state in states[:3]:
        make_accepted(make_update(second, state), by=manager, stage=5)
    for number in range(4):
        accepted(second, f"other-{number}", 5, sub_region="South America")

    with scope(NOTHING):
        assert regional.figures(2021, sub_region="Caribbean").medians["D1.1"] == 2
        assert regional.figures(2021).medians["D1.1"] == 5


@pytest.mark.parametrize("reader", ["lead_chl", "lead_jam", "officer", None])
def test_page_and_downloads_say_the_same(reader, request, client, sign_in, twice, first, chile):
    accepted(first, "brazil", 1, "public", name_en="=Brazil()")
    asked = sign_in(request.getfixturevalue(reader)) if reader else client
    query = "?with=brazil&since=2026-1"
    lines = list(
        csv.reader(StringIO(b"".join(asked.get(f"{PAGE[:-1]}.csv{query}").streaming_content).decode("utf-8-sig")))
    )
    sheet = load_workbook(BytesIO(asked.get(f"{PAGE[:-1]}.xlsx{query}").getvalue())).active
    cells = [[str(cell.value if cell.value is not None else "") for cell in row] for row in sheet.iter_rows()]

    assert [row[0] for row in lines] == [row[0] for row in cells]
    assert len(lines) == (1 + 5 + 23)
    assert "'=Brazil()" in lines[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    sees = reader in ("lead_chl", "officer")
    assert (lines[2][1] == "4") == sees


def test_the_api_says_what_the_page_says_and_refuses_other_words(twice, first, chile, lead_chl, lead_jam):
    accepted(first, "brazil", 1, "states")
    accepted(first, "peru", 5, "programme")
    for person, sees in ((lead_chl, True), (lead_jam, False)):
        _token, secret = make_token(name="A program", scopes=["read"], days=30, by=person)
        ask = partial(Client().get, headers={"Authorization": f"Bearer {secret}"})
        said = ask("/api/v1/states/chile/compare/?with=brazil,peru").json()
        line = next(line for line in said["lines"] if line["code"] == "D1.1")
        values = {value["column"]: value["value"] for value in line["values"]}

        assert line["now"] == (4 if sees else None)
        assert ("past" in values, values["brazil"], "peru" in values) == (sees, 1, False)
        assert len(said["notes"]) == 1
        assert ask("/api/v1/states/chile/compare/?without=brazil").status_code == 400
        assert ask("/api/v1/states/atlantis/compare/").status_code == 404


def test_who_may_see_nothing_is_told_so(client, twice):
    assert "Nothing to compare that you may see" in client.get(PAGE).content.decode()


def test_it_asks_as_often_for_many_states(twice, first, chile, lead_chl, sign_in):
    counted = []
    client = sign_in(lead_chl)
    for number in range(3):
        accepted(first, f"state-{number}", 2, "public")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{PAGE}?" + "&".join(f"with=state-{n}" for n in range(number + 1)))
        counted.append(len(asked))
    assert counted[1] == counted[2]
