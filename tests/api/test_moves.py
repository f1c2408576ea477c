"""What moved, page by page: by key, although it is worked out and stands in no table."""

import pytest

from common.api.lists import WorkedOutPages
from tests.factories.capability import make_accepted, make_round, make_update

pytestmark = pytest.mark.django_db
API = "/api/v1/"
# Not base64, without a place, no number, not a number, the wrong way without a place, too short, beyond everything.
MADE_UP = ("%F0%9F%92%A9", "", "cD1hYmM=", "cD1uYW4gbmFuIG5hbiBuYW4=", "cj0x", "bz0tMQ==", "cD0x", "cD1pbmY=")


@pytest.fixture(autouse=True)
def twice(edition, manager, open_round, chile, lead_chl):
    """Each of the 23 factors moved from stage 2 to 4."""
    make_accepted(make_update(make_round(edition, by=manager, number=1, closed=True), chile), by=lead_chl, stage=2)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=4)


def walk(program, path, way):
    pages = [program.get(path).json()]
    while pages[-1][way]:
        pages.append(program.get(pages[-1][way].partition(API)[2]).json())
    return pages


@pytest.mark.parametrize("path", ["states/chile/moves/", "region/moves/?state=chile&direction=up"])
def test_pages_follow_one_another_both_ways_without_gap_or_overlap(officer, program_of, path, monkeypatch):
    program = program_of(officer)
    whole = program.get(path).json()
    monkeypatch.setattr(WorkedOutPages, "page_size", 5)

    forwards = walk(program, path, "next")
    backwards = walk(program, forwards[-1]["previous"].partition(API)[2], "previous")

    assert (len(whole["results"]), whole["next"], whole["previous"]) == (23, None, None)
    assert [len(page["results"]) for page in forwards] == [5, 5, 5, 5, 3]
    assert [row for page in forwards for row in page["results"]] == whole["results"]
    assert [page["results"] for page in backwards[::-1]] == [page["results"] for page in forwards[:-1]]


def test_a_page_stays_what_it_was_while_newer_moves_are_added(
    edition, manager, chile, lead_chl, program_of, monkeypatch
):
    monkeypatch.setattr(WorkedOutPages, "page_size", 5)
    program = program_of(lead_chl)
    second = program.get("states/chile/moves/").json()["next"].partition(API)[2]
    before = program.get(second).json()["results"]

    make_accepted(make_update(make_round(edition, by=manager, year=2030), chile), by=lead_chl, stage=5)

    assert program.get(second).json()["results"] == before
    assert program.get("states/chile/moves/").json()["results"][0]["round"] == "2030-2"


@pytest.mark.parametrize("cursor", MADE_UP)
def test_a_cursor_that_was_made_up_breaks_nothing(lead_chl, program_of, cursor):
    answer = program_of(lead_chl).get(f"states/chile/moves/?cursor={cursor}")

    assert answer.status_code in (200, 400)
    assert answer.status_code == 200 or answer.json()["detail"].startswith("cursor: Take the cursor")
