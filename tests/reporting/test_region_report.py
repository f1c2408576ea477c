"""Region at a glance: its figures are those of the pages, and both formats say them in every language."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from common.scope import PROGRAMME, scope
from csirt_network.models import NetworkMembership
from csirt_network.regional import Middle
from reporting.dashboards.points import SevenPoints
from reporting.glance.facts import ANY_STATE, AnyStateReader, facts_of
from reporting.glance.pdf import pdf
from reporting.glance.quarters import quarter_of
from reporting.glance.snapshot import figures_to_keep
from reporting.glance.worded import worded
from reporting.glance.xlsx import xlsx
from reporting.models import Run
from tests.factories.partnerships import make_agreement, make_partner
from tests.reporting.conftest import LANGUAGES, text_of
from tests.reporting.region_world import (
    SLOT,
    fill_agreements,
    fill_alerts,
    fill_caribbean,
    fill_work,
    make_region_run,
    report_of,
    rows_of,
)

pytestmark = pytest.mark.django_db
SECTIONS = [
    "What moved since the quarter before", "Five objectives", "The region: national CSIRTs",
    "The region: national strategies", "Where each state stands", "Seven points", "Participants by sector and gender",
    "Maturity by sub-region", "Activities", "Agreements and contributions", "The CSIRT network",
]  # fmt: skip
SHEETS = [
    "Summary", "What moved", "Objectives", "Dialogue", "Ties", "States", "Points", "Participants",
    "Participants before", "Maturity", "Activities of the quarter", "Activities after it", "Agreements", "Totals",
    "Contributions", "Alerts by month", "Alerts by class", "SIM3", "Teams", "Sources",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _october():
    with time_machine.travel(SLOT, tick=False):
        yield


@pytest.fixture
def region(edition, manager, officer):
    states = fill_caribbean(edition, manager)
    fill_work(*states)
    fill_agreements(officer)
    fill_alerts(manager)
    return states


def test_its_figures_are_those_of_the_pages(region, client, manager, lead_chl, sign_in):
    report = report_of(make_region_run())

    cards = client.get("/en/").context["cards"]
    objectives = rows_of(report, "Objectives")
    said = [(card.tally.of, card.tally.reached) if card.tally else (None, "Withheld") for card in cards[:4]]
    assert [row[1:3] for row in objectives] == said
    assert said[:3] == [(7, 6), (7, 6), (7, 6)]
    assert sum(row[1] for row in rows_of(report, "Ties")) == 1
    alerts = client.get("/network/figures/").context["figures"]
    by_month = {chart.key: chart for chart in alerts.charts}["month"]
    shown = [row[1] for row in rows_of(report, "Alerts by month")]
    assert shown == [line.number for line in by_month.lines]
    assert 5 in shown
    compare = sign_in(lead_chl).get("/states/island-0/compare/").context["compare"]
    matrix = rows_of(report, "Maturity")
    assert [row[2] for row in matrix] == list(compare.region.medians.values())
    assert [row[5] for row in matrix] == list(compare.sub_region.medians.values())
    assert {row[2:] for row in matrix} == {(3, "Withheld", "Withheld", 3, "Withheld")}


def test_points_and_participants_add_up(region):
    report = report_of(make_region_run())

    points = rows_of(report, "Points")
    assert points[1] == ("2. Cyber security training", 1, 2, 0, 6)
    with scope(ANY_STATE):
        assert [row[3] for row in points] == [row.activities for row in SevenPoints(AnyStateReader()).rows]
    people = rows_of(report, "Participants")
    assert people[0] == ("Public sector", 5, 4, 1, 0, 10)
    assert people[-1] == ("All", 7, 4, 1, 3, 15)
    assert rows_of(report, "Participants before")[-1] == ("All", 0, 7, 0, 0, 7)
    assert [row[3] for row in rows_of(report, "Activities of the quarter")] == ["A course"]
    assert [row[3] for row in rows_of(report, "Activities after it")] == ["A coming exercise"]
    assert "1 activity was done. They reached 2 member states. 15 people took part." in report.lead


def test_currencies_are_never_added(region):
    totals = rows_of(report_of(make_region_run()), "Totals")

    assert [row[:3] for row in totals] == [("Not stated", 1_200_000, 1), ("CAD", 1500, 2)]


def test_what_moved_is_told_by_dates_and_by_the_report_before(region):
    first = make_region_run(slot=datetime(2026, 7, 5, 12, tzinfo=UTC), status="done")
    told = figures_to_keep(facts_of(first))
    told |= {"csirts": 4, "medians": {**told["medians"], "D1.1": 2}}
    with scope(PROGRAMME):
        Run.objects.filter(pk=first.pk).update(figures=told)
        joined = NetworkMembership.objects.get(team__state=region[0])
        NetworkMembership.objects.filter(pk=joined.pk).update(starts_on=date(2026, 8, 3))

    report = report_of(make_region_run())

    moved = {row[0]: row[1:] for row in rows_of(report, "What moved")}
    assert moved["States with a national CSIRT at work"] == (4, 6, 2)
    assert moved["States with a team in the network"] == (5, 6, 1)
    assert moved["Activities done in the quarter"] == (1, 1, 0)
    assert moved["People who took part in them"] == (7, 15, 8)
    lines = report.sections[0].lines
    assert any("Team of Island-0, Island-0, joined the network on 3 August 2026." in line for line in lines)
    assert any("D1.1" in line and "from 2 to 3" in line for line in lines)
    assert "compared with the report of 5 October 2026" in report.sections[0].about


def test_the_first_report_says_that_there_is_none_before(region):
    report = report_of(make_region_run())

    assert "There is no report of an earlier quarter yet" in report.sections[0].about
    assert rows_of(report, "What moved")[0][1:] == (None, 6, None)


def test_one_of_the_same_quarter_is_nothing_to_compare_with(region):
    make_region_run(slot=datetime(2026, 10, 1, tzinfo=UTC), status="done", figures={"never": "read"})

    assert facts_of(make_region_run()).before is None


@pytest.mark.parametrize(
    ("slot", "words"), [("2026-10-05", "July 2026 to September 2026"), ("2026-02-28", "October 2025 to December 2025")]
)
def test_it_is_of_the_quarter_before_the_slot(slot, words):
    quarter = quarter_of(Run(slot=datetime.fromisoformat(f"{slot}T12:00Z")))

    assert quarter.in_words == words
    assert quarter.before.end == quarter.first


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_formats_in_every_language(region, language):
    report = report_of(make_region_run(), language)
    paper, book = pdf(report), load_workbook(BytesIO(xlsx(report)))

    pages = PdfReader(BytesIO(paper)).pages
    assert 10 <= len(pages) <= 14
    assert b"/StructTreeRoot" in paper
    assert paper.count(b"/Alt") >= 2
    for page in pages:
        assert page.extract_text().count("TLP:GREEN") >= 2
    for sheet in book:
        assert sheet.oddHeader.right.text == sheet.oddFooter.right.text == "TLP:GREEN"
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {1500, 1_200_000, 15, "CAD", "Canada CTCBP", "A course"} <= set(cells)


def test_its_structure(region):
    report = report_of(make_region_run())
    text = text_of(pdf(report))

    assert [section.title for section in report.sections] == SECTIONS
    assert load_workbook(BytesIO(xlsx(report))).sheetnames == SHEETS
    assert [text.count(title) >= 2 for title in SECTIONS] == [True] * len(SECTIONS)  # in the contents and on its page
    assert "For the Permanent Council" in text
    assert "holds only what every member state may read" in " ".join(text.split())
    assert "order is not cause" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_portal_has_a_report_that_says_so(language):
    report = report_of(make_region_run(), language)

    assert pdf(report).startswith(b"%PDF-")
    assert "Teams" in load_workbook(BytesIO(xlsx(report))).sheetnames or language != "en"
    if language == "en":
        text = " ".join(text_of(pdf(report)).split())
        for words in (
            "There is no maturity model to report on.", "No activity is known in these months.",
            "No participants are recorded.", "No agreement is recorded.", "No amount is stated.",
            "No team is connected.", "No member state is recorded.", "0 activities were done.",
        ):  # fmt: skip
            assert words in text, words


def test_it_asks_as_often_however_much_there_is(edition, manager, officer, region):
    def asked():
        run = make_region_run()
        with CaptureQueriesContext(connection) as queries:
            facts = facts_of(run)
            for language in LANGUAGES:
                worded(facts, language)
        return len([query for query in queries if "set_config" not in query["sql"]])

    little = asked()
    fill_work(*region)
    fill_work(*region[2:])
    fill_alerts(manager, 3)
    assert asked() == little


def test_days_and_levels_are_no_text_in_the_sheet(region, officer):
    with scope(PROGRAMME):
        partner = make_partner("Agency", kind="government")
        for name, precision in (("On a day", "day"), ("In a month", "month")):
            make_agreement(
                name, partner, audience="states", owner=officer, starts_on=date(2026, 1, 1),
                concluded_on=date(2026, 2, 3), precision=precision,
            )  # fmt: skip
    facts = facts_of(make_region_run())
    facts.sim3.quadrants[next(iter(facts.sim3.quadrants))] = Middle(2.5, 5)
    report = worded(facts, "en")
    book = load_workbook(BytesIO(xlsx(report)))
    rows = {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}

    head, *activities = rows["Activities of the quarter"]
    assert head[:4] == ("When", "First day", "Last day", "Activity")
    (course,) = [row for row in activities if row[3] == "A course"]
    assert course[1:3] == (datetime(2026, 9, 7), datetime(2026, 9, 11))
    assert rows["SIM3"][1][1] == 2.5
    assert {row[0]: row[4] for row in rows["Agreements"][1:]} == {
        "Canada CTCBP": None,
        "On a day": datetime(2026, 2, 3),
        "In a month": "February 2026",
    }
    paper = text_of(pdf(report))
    assert "First day" not in paper
    assert "2.5" in paper
