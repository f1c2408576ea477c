"""The report on an agreement: what it says adds up, in every language and format, and nobody but staff reads it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from common.scope import PROGRAMME, reach_of, scope
from partnerships.models import Allocation
from reporting.agreements.facts import facts_of
from reporting.agreements.pdf import pdf
from reporting.agreements.worded import worded
from reporting.agreements.xlsx import xlsx
from reporting.kinds import KINDS
from reporting.models import Run
from tests.factories.action_plan import make_activity
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.factories.promises import make_allocation, make_commitment, make_contribution
from tests.factories.reporting import make_schedule
from tests.reporting.conftest import LANGUAGES, text_of

pytestmark = pytest.mark.django_db
SLOT = datetime(2026, 11, 1, 13, 0, tzinfo=UTC)


@pytest.fixture
def canada(db):
    with scope(PROGRAMME):
        return make_partner("Government of Canada", kind="government")


@pytest.fixture
def agreement(canada, officer, chile, jamaica):
    """Two commitments, money in two currencies and none, and two courses."""
    with scope(PROGRAMME):
        made = make_agreement("Canada CTCBP", canada, audience="public", owner=officer, starts_on=date(2026, 1, 1))
        course = make_activity("A course", chile, jamaica, point=2)
        course.participant_counts.create(state=chile, sector="public", women=5, men=4, other=1)
        course.participant_counts.create(state=jamaica, sector="public", women=2, not_stated=3)
        mission = make_activity("A mission", chile, point=6, kind="mission", audience="staff")
        mission.participant_counts.create(state=chile, sector="public", men=7)
        first = make_commitment(made, "Train people", objectives=[1], points=[2], due="2027")
        first.shows_in.create(activity=course)
        make_commitment(made, "Send experts", objectives=[1, 5], points=[6])
        given = make_contribution(made, amount=1000, currency="CAD", precision="at least")
        make_allocation(given, 300, activity=course, state=chile, spent=120)
        make_allocation(given, 200, activity=mission, spent=Decimal("50.5"))
        make_contribution(made, amount=1_200_000, currency="", precision="at least")
    return made


@pytest.fixture
def run(agreement):
    with scope(PROGRAMME):
        facts = {"kind": "agreement report", "agreement": agreement, "slot": SLOT, "as_of": SLOT}
        return Run.objects.create(languages=["en"], **facts)


def rows_of(report, title):
    return next(table.rows for table in report.tables if table.title == title)


def test_it_reconciles_with_what_was_recorded(run, officer):
    report = worded(facts_of(run), "en")

    by_point = rows_of(report, "What was spent, by point")
    assert [row[1:] for row in by_point] == [("CAD", 300, 120), ("CAD", 200, Decimal("50.5"))]
    by_state = rows_of(report, "What was spent, by state")
    with scope(PROGRAMME):
        spent = sum(row.spent for row in Allocation.objects.all())
    assert sum(row[3] for row in by_point) == sum(row[3] for row in by_state) == spent
    *states, total = rows_of(report, "Whom it reached, by state")
    assert states == [("Chile", 5, 11, 1, 0, 17), ("Jamaica", 2, 0, 0, 3, 5)]
    assert total == ("All", 7, 11, 1, 3, 22)
    points = rows_of(report, "Whom it reached, by point")
    assert [sum(row[place] for row in points) for place in range(2, 7)] == [7, 11, 1, 3, 22]
    [one, five] = rows_of(report, "Whom it reached, by objective")
    assert (one[1:4], one[-1]) == ((2, 0, 1), 15)
    assert (five[1:4], five[-1]) == ((1, 0, 0), 0)


def test_currencies_are_never_added(run):
    report = worded(facts_of(run), "en")

    amounts = [(row[4], row[5]) for row in rows_of(report, "What was given")]
    assert amounts == [(1000, "CAD"), (1_200_000, "Not stated")]
    assert "Over CAD 1,000; Over 1,200,000 (currency not stated)" in report.lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_formats_in_every_language(run, language):
    report = worded(facts_of(run), language)
    paper, sheets = pdf(report), load_workbook(BytesIO(xlsx(report)))

    assert paper.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in paper
    assert "Canada CTCBP" in text_of(paper)
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert 50.5 in cells
    assert 1_200_000 in cells


def test_one_for_each_agreement_of_the_oas_that_stands_and_where_something_was_promised(agreement, canada, officer):
    with scope(PROGRAMME):
        make_agreement("Without a promise", canada)
        over = make_agreement("Over", canada, end="stated", ends_on=date(2020, 1, 1))
        foreign = make_agreement("Foreign", canada, with_oas=False)
        for one in (over, foreign):
            make_commitment(one)
        schedule = make_schedule(officer, kind="agreement report", to_liaisons=False)
        owed = list(KINDS["agreement report"].due(schedule, [SLOT]))

    assert [subject.agreement_id for _slot, subject in owed] == [agreement.pk]


def test_nobody_but_staff_reads_it(run, officer, lead_chl, canada):
    with scope(PROGRAMME):
        Run.objects.update(status="done")
    for person, count in ((officer, 1), (lead_chl, 0), (make_contact("Carla Canada", canada), 0)):
        with scope(reach_of(person)):
            assert (Run.objects.count(), Run.objects.visible_to(person).count()) == (count, count)


def test_a_day_is_a_day_in_the_sheet_and_what_is_less_exact_is_said_in_words(run, agreement):
    with scope(PROGRAMME):
        make_commitment(agreement, "Hold a course", due="2027-03")
        make_commitment(agreement, "Write a guide", due="2027-03-09")
    report = worded(facts_of(run), "en")

    sheet = load_workbook(BytesIO(xlsx(report)))["Commitments"]
    due = {row[0]: row[2] for row in sheet.iter_rows(min_row=2, values_only=True)}

    assert due["Write a guide"] == datetime(2027, 3, 9)
    assert (due["Train people"], due["Hold a course"]) == ("2027", "March 2027")
    assert not due["Send experts"]
    assert "9 March 2027" in " ".join(text_of(pdf(report)).split())
