"""Missions, deployments and instruments for programs and as tables: what the pages show their reader, and no more."""

import csv
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from action_plan.actions.deployments import record, start
from action_plan.mandate_imports import load_mandate
from action_plan.models import Instrument, InstrumentActivity, Milestone, Mission, MissionMember
from common.scope import PROGRAMME, scope
from documents.imports import load_sources
from tests.factories.action_plan import make_activity
from tests.factories.csirt_network import make_team
from tests.factories.experts import make_expert
from tests.factories.missions import make_mission, make_recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission(chile, officer):
    with scope(PROGRAMME):
        made = make_mission(chile, officer, request="Help us begin.")
        MissionMember.objects.create(mission=made, state=chile, name="Olga Example", role="Trainer")
        make_recommendation(made, status="implemented")
        make_recommendation(made, "Train the team")
    return made


@pytest.fixture
def deployment(chile, officer):
    with scope(PROGRAMME):
        made = start(state=chile, activity=None, team=None, by=officer)
        record(deployment=made, step="mandate", by=officer, reached="2026-05", evidence="A decree", link="")
    return made


def table_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def slugs(answer):
    return {row["slug"] for row in answer.json()["results"]}


def test_a_mission_comes_with_its_team_findings_and_recommendations(program_of, mission, lead_chl):
    one = program_of(lead_chl).get(f"missions/{mission.activity.slug}/").json()

    assert (one["state"], one["request"], one["team"][0]["name"]) == ("chile", "Help us begin.", "Olga Example")
    assert one["findings"] == "No register of incidents is kept."
    assert [(row["number"], row["status"]) for row in one["recommendations"]] == [(1, "implemented"), (2, "open")]


def test_who_is_of_the_roster_is_named_to_staff_alone(program_of, mission, officer, lead_chl):
    with scope(PROGRAMME):
        expert = make_expert("Raul Example", officer)
        MissionMember.objects.create(mission=mission, state=mission.state, expert=expert, role="Adviser")
    address = f"missions/{mission.activity.slug}/"

    told, known = program_of(lead_chl).get(address).json()["team"], program_of(officer).get(address).json()["team"]

    assert (told[1]["name"], told[1]["role"], told[1]["is_of_roster"]) == (
        "An expert of the programme’s roster",
        "Adviser",
        True,
    )
    assert known[1]["name"] == "Raul Example"


def test_what_is_not_shared_stays_away_from_the_state(program_of, chile, officer, lead_chl):
    with scope(PROGRAMME):
        mission = make_mission(chile, officer, released=False)
        make_recommendation(mission)
    address = f"missions/{mission.activity.slug}/"

    told, known = program_of(lead_chl).get(address).json(), program_of(officer).get(address).json()

    assert (told["findings"], told["recommendations"]) == (None, [])
    assert known["findings"]
    assert len(known["recommendations"]) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=chile", {"help-chile", "help-early"}),
        ("state=jamaica", {"help-jamaica"}),
        ("report=no", {"help-early"}),
        ("report=yes", {"help-chile", "help-jamaica"}),
        ("status=idea", {"help-chile", "help-jamaica", "help-early"}),
        ("status=done", set()),
    ],
)
def test_page_table_and_program_are_narrowed_alike(program_of, sign_in, chile, jamaica, officer, asked, found):
    with scope(PROGRAMME):
        make_mission(chile, officer, "Help Chile")
        make_mission(jamaica, officer, "Help Jamaica")
        make_mission(chile, officer, "Help early", released=False)
    client = sign_in(officer)

    page = client.get(f"/missions/?{asked}").context["page"]
    rows = table_of(client.get(f"/missions.csv?{asked}"))[1:]
    sheet = load_workbook(BytesIO(client.get(f"/missions.xlsx?{asked}").getvalue())).active

    assert slugs(program_of(officer).get(f"missions/?{asked}")) == found
    assert {one.activity.slug for one in page} == found
    assert {row[-1].split("/")[-2] for row in rows} == found
    assert sheet.max_row == len(found) + 1


def test_the_table_of_missions_counts_what_its_reader_may_read(sign_in, chile, officer, lead_chl, mission):
    with scope(PROGRAMME):
        make_recommendation(make_mission(chile, officer, "Unshared", released=False))

    def counts(reader):
        heading, *rows = table_of(sign_in(reader).get("/missions.csv"))
        at = heading.index("Recommendations")
        return {row[0]: (row[at], row[at + 1]) for row in rows}

    assert counts(officer) == {"Help for the new CSIRT": ("2", "1"), "Unshared": ("1", "0")}
    assert counts(lead_chl) == {"Help for the new CSIRT": ("2", "1"), "Unshared": ("0", "0")}


def test_a_deployment_tells_what_proves_each_milestone(program_of, deployment, chile, lead_chl):
    with scope(PROGRAMME):
        make_team("CSIRT of Chile", chile, slug="csirt-chile")

    one = program_of(lead_chl).get("deployments/chile/").json()

    first, *_, last = one["milestones"]
    assert (first["step"], first["reached"], first["evidence"]) == ("mandate", "2026-05", "A decree")
    assert last["step"] == "network"
    assert last["reached"]
    assert one["reached"] == 2


def test_deployments_are_narrowed_by_what_is_reached_on_page_and_in_tables(
    program_of, sign_in, deployment, jamaica, officer
):
    with scope(PROGRAMME):
        start(state=jamaica, activity=None, team=None, by=officer)
    client = sign_in(officer)

    for asked, state in (("reached=mandate", "chile"), ("missing=mandate", "jamaica"), ("state=chile", "chile")):
        (one,) = program_of(officer).get(f"deployments/?{asked}").json()["results"]
        (row,) = client.get(f"/deployments/?{asked}").context["rows"]
        assert one["state"] == row.deployment.state.slug == state
        lines = table_of(client.get(f"/deployments.csv?{asked}"))[1:]
        assert len(lines) == len(Milestone.Step) + 1
        assert len({line[0] for line in lines}) == 1


def test_a_state_reads_its_own_deployment_alone(program_of, sign_in, deployment, lead_jam):
    assert program_of(lead_jam).get("deployments/").json()["results"] == []
    assert "Chile" not in {line[0] for line in table_of(sign_in(lead_jam).get("/deployments.csv"))}


def test_an_instrument_names_activities_to_their_readers(program_of, client, chile, officer, lead_chl, lead_jam):
    with scope(PROGRAMME):
        load_sources()
    load_mandate()
    with scope(PROGRAMME):
        activity = make_activity("A quiet workshop", chile, slug="quiet")
        InstrumentActivity.objects.create(instrument=Instrument.objects.get(slug="2015-declaration"), activity=activity)

    def activities(reader):
        return program_of(reader).get("instruments/2015-declaration/").json()["activities"]

    assert activities(lead_chl) == activities(officer) == ["quiet"]
    assert activities(lead_jam) == []
    lines = table_of(client.get("/instruments.csv"))
    assert [line[2] for line in lines[1:]] == [one.adopted for one in Instrument.objects.all()]
    assert "A quiet workshop" not in str(lines)


TABLES = ("/missions/", "/missions.csv", "/missions.xlsx", "/deployments/", "/deployments.csv", "/deployments.xlsx")


@pytest.mark.parametrize("url", TABLES)
def test_many_ask_no_more_than_few(url, sign_in, chile, jamaica, officer, deployment, mission):
    client = sign_in(officer)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        return len([one for one in asked if one["sql"].startswith("SELECT") and "set_config" not in one["sql"]])

    few = queries()
    with scope(PROGRAMME):
        start(state=jamaica, activity=None, team=None, by=officer)
        for number in range(5):
            make_recommendation(make_mission(jamaica, officer, f"Help {number}"))
    assert queries() == few
    with scope(PROGRAMME):
        assert Mission.objects.count() == 6
