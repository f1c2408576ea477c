import csv
import io

import pytest
from django.utils import timezone

from capability.models import Answer, CsirtStatus, Indicator, StrategyStatus, Update
from common.formulas import defused
from common.scope import PROGRAMME, scope
from reporting.models import Run
from tests.factories.capability import make_accepted, make_draft, make_edition, make_submitted, make_update
from tests.factories.csirt_network import make_team
from tests.factories.member_states import make_state
from tests.reporting.queries import questions_of


def lines_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def give_levels(states, level, crosswalk):
    edition = make_edition(2016)
    indicator = Indicator.objects.filter(factor__dimension__edition=edition).first()
    Indicator.objects.filter(pk=indicator.pk).update(crosswalk=crosswalk)
    with scope(PROGRAMME):
        for state in states:
            facts = {"state": state, "audience": "public"}
            update = Update.objects.create(edition=edition, status="accepted", accepted_at=timezone.now(), **facts)
            Answer.objects.create(
                update=update,
                question=indicator.code,
                indicator=indicator,
                stage=level,
                is_accepted=True,
                is_current=True,
                **facts,
            )
    return indicator


def test_lead_sentences_and_legend_count_the_same_updates(
    client, sign_in, open_round, officer, chile, jamaica, brazil, lead_jam, lead_bra
):
    make_accepted(make_update(open_round, chile), by=lead_jam)
    make_submitted(make_update(open_round, jamaica), by=lead_jam)
    make_draft(make_update(open_round, brazil, answered=1), "D1.1", by=lead_bra)
    make_state("cuba", participates=False)

    response = sign_in(officer).get("/region/")

    progress = response.context["glance"].progress
    assert progress.sentences == [
        "2 of 4 member states have sent their update.",
        "1 waits for your review.",
        "1 has not been sent.",
    ]
    assert {part.code: part.count for part in progress.parts} == {
        "accepted": 1,
        "submitted": 1,
        "returned": 0,
        "draft": 1,
        "not_started": 0,
        "not_invited": 1,
    }
    assert [state.slug for state in progress.not_invited] == ["cuba"]


def test_longest_waiting_update_comes_first_and_own_work_never(
    sign_in, open_round, officer, chile, jamaica, brazil, lead_jam, lead_bra
):
    make_submitted(make_update(open_round, jamaica), by=lead_jam)
    make_submitted(make_update(open_round, brazil), by=lead_bra)
    make_submitted(make_update(open_round, chile), by=officer)

    tasks = sign_in(officer).get("/region/").context["glance"].progress.tasks

    assert [task.title for task in tasks] == ["Review the update of Jamaica", "Review the update of Brazil"]


def test_observer_is_not_asked_to_review(sign_in, open_round, observer, jamaica, lead_jam):
    make_submitted(make_update(open_round, jamaica), by=lead_jam)

    page = sign_in(observer).get("/region/").content.decode()

    assert "1 waits for review." in page
    assert "Review 1 update" not in page
    assert "Nothing is waiting for you." in page


def test_failed_report_is_waiting(sign_in, edition, manager, chile):
    with scope(PROGRAMME):
        Run.objects.create(state=chile, slot=timezone.now(), languages=["en"], status="failed", reason="No paper")

    page = sign_in(manager).get("/region/").content.decode()

    assert "1 report could not be made" in page


def test_no_open_round_says_so_and_lets_a_manager_open_one(client, sign_in, edition, manager, observer):
    for person, may_open in ((manager, True), (observer, False)):
        page = sign_in(person).get("/region/").content.decode()

        assert "No update is open." in page
        assert ("Open one" in page) is may_open


def test_objectives_count_states_by_who_says_so(sign_in, officer, update_chl, jamaica, brazil):
    with scope(PROGRAMME):
        CsirtStatus.objects.create(state_id=update_chl.state_id, update=update_chl, status="operational")
        CsirtStatus.objects.create(state=jamaica, status="operational")
        CsirtStatus.objects.create(state=brazil, status="setting up")
        StrategyStatus.objects.create(state=brazil, step="drafting")

    csirts, strategies, _network, dialogue, ties = sign_in(officer).get("/region/").context["glance"].tiles

    tally = csirts.tally
    assert (tally.of, tally.reached, tally.confirmed, tally.reported, tally.under_way) == (3, 2, 1, 1, 1)
    assert (strategies.tally.reached, strategies.tally.under_way, strategies.tally.empty) == (0, 1, 2)
    assert (dialogue.tally.reached, dialogue.tally.under_way) == (0, 0)
    assert (ties.tally, ties.figure) == (None, "0")


def test_the_third_objective_counts_states_with_a_team_in_the_network(
    sign_in, officer, client, csirt_chl, csirt_banks, jamaica
):
    with scope(PROGRAMME):
        make_team("Not yet", jamaica, is_connected=False)

    tile = sign_in(officer).get("/region/").context["glance"].tiles[2]

    assert (tile.tally.of, tile.tally.reached, tile.feet[0], tile.feet[1]) == (
        2,
        1,
        "2 teams are connected",
        "1 of them national",
    )
    assert "1 of 2 states have a team in the network" in client.get("/en/").text


def test_matrix_reads_older_levels_marked_and_never_shows_nothing_as_zero(
    sign_in, open_round, officer, chile, jamaica, brazil, lead_chl
):
    factor = Indicator.objects.get(code="D1.1").factor
    give_levels([chile, jamaica], 1, factor)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=3)

    matrix = sign_in(officer).get("/region/").context["glance"].matrix

    cells = {state.slug: matrix.row_of(state).groups[0].cells[0] for state in (chile, jamaica, brazil)}
    assert (cells["chile"].stage, cells["chile"].is_crossed) == (3, False)
    assert (cells["jamaica"].stage, cells["jamaica"].is_crossed) == (1, True)
    assert (cells["brazil"].text, cells["brazil"].note) == ("–", "No data")


def test_sub_region_of_fewer_than_five_states_is_withheld(sign_in, open_round, officer, manager):
    states = [make_state(f"state-{number}") for number in range(5)]
    for state in [*states, make_state("chile")]:
        make_accepted(make_update(open_round, state), by=manager, stage=2)

    caribbean, south = sign_in(officer).get("/region/").context["glance"].rows

    assert {cell.stage for cell in caribbean.groups[0].cells} == {2}
    assert {cell.note for cell in south.groups[0].cells} == {"Withheld"}
    assert south.groups[0].mean is None


def test_sub_region_opens_by_its_link(sign_in, edition, officer, chile, jamaica):
    client = sign_in(officer)
    closed = client.get("/region/").context["glance"].rows

    opened = client.get(f"/region/?{closed[1].toggle}").context["glance"].rows

    assert [str(row.label) for row in closed] == ["Caribbean", "South America"]
    assert [str(row.label) for row in opened] == ["Caribbean", "South America", "Chile"]


def test_older_edition_shows_all_its_indicators(sign_in, edition, officer, chile):
    indicator = give_levels([chile], 4, None)

    matrix = sign_in(officer).get("/region/?edition=2016").context["glance"].matrix

    assert len(matrix.columns) == 23
    assert matrix.columns[0] == indicator
    assert matrix.row_of(chile).groups[0].cells[0].stage == 4


@pytest.mark.parametrize("query", ["edition=1066", "edition=x", "map=x&open=x", "edition=%00"])
def test_strange_queries_still_get_a_page(sign_in, edition, officer, chile, query):
    assert sign_in(officer).get(f"/region/?{query}").status_code == 200


def test_download_has_the_rows_of_the_page(sign_in, open_round, officer, chile, jamaica, lead_chl):
    give_levels([jamaica], 1, Indicator.objects.get(code="D1.1").factor)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=3)

    head, region, *rows = lines_of(sign_in(officer).get("/region/matrix.csv"))

    assert len(head) == 2 + 23 + 1 + 2
    assert region[0] == "All member states, median"
    assert [row[0] for row in rows] == ["Caribbean, median", "Jamaica", "South America, median", "Chile"]
    assert rows[3][1:4] == ["CHL", "3", "3"]
    assert (rows[1][2], rows[1][3], rows[1][-3]) == ("1", "No data", "D1.1")
    assert [row[-2] for row in (region, *rows)] == ["region", "caribbean", "jamaica", "south-america", "chile"]
    assert rows[3][-1].endswith("/states/chile/")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_downloads_hold_no_formula(value):
    assert defused(value) == f"'{value}"


def test_region_is_for_staff_only(client, sign_in, edition, lead_chl, admin, outsider):
    for path in ("/region/", "/region/matrix.csv"):
        assert client.get(path).status_code == 302
    for person in (lead_chl, admin, outsider):
        for path in ("/region/", "/region/matrix.csv"):
            assert sign_in(person).get(path).status_code == 403


def test_region_asks_the_same_for_one_state_and_thirty_and_for_every_role(
    sign_in, open_round, manager, officer, observer, lead_chl, chile
):
    make_submitted(make_update(open_round, chile), by=lead_chl)
    for path in ("/region/?open=all", "/region/?edition=2016&map=csirt", "/region/?map=updates"):
        counts = [len(questions_of(sign_in(person), path)) for person in (manager, officer, observer)]
        assert len(set(counts)) == 1, (path, counts)
        assert counts[0] <= 28
    before = len(questions_of(sign_in(officer), "/region/?open=all"))

    for number in range(30):
        make_accepted(make_update(open_round, make_state(f"state-{number}")), by=lead_chl)

    assert len(questions_of(sign_in(officer), "/region/?open=all")) == before
