"""Numbers of participants of many activities in one table: by the form and the action of their page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from action_plan.forms.activity_parts import MOST_LINES
from action_plan.models import Activity, ParticipantCount
from common.scope import PROGRAMME, reach_of, scope
from imports.carrying import Carried
from imports.kinds.figures import Figures
from imports.models import TableImport
from imports.reading import read
from member_states.models import Liaison
from tests.factories.action_plan import make_activity
from tests.imports.conftest import Desk, sheet_in, written

pytestmark = pytest.mark.django_db
HEAD = ["activity", "state", "sector", "women", "men", "other", "not_stated"]


@pytest.fixture
def course(chile):
    with scope(PROGRAMME):
        course = make_activity("Incident handling", chile, slug="incident-handling")
        ParticipantCount.objects.create(activity=course, state=chile, sector="public", women=5, men=4)
        ParticipantCount.objects.create(activity=course, sector="academia", not_stated=9)
    return course


def kept():
    with scope(PROGRAMME):
        return {
            (row.activity.slug, row.state and row.state.slug, row.sector): (
                row.women,
                row.men,
                row.other,
                row.not_stated,
            )
            for row in ParticipantCount.objects.select_related("activity", "state")
        }


def results(sheet):
    return [row["result"] for row in sheet.rows]


def faults(sheet):
    return [(row["line"], *error) for row in sheet.rows for error in row["errors"]]


def test_lines_of_several_activities_are_shown_first_and_then_saved_together(desk, course, chile, jamaica):
    with scope(PROGRAMME):
        make_activity("Workshop", jamaica, slug="workshop")
    rows = [
        HEAD,
        ["incident-handling", "Chile", "Public sector", 8, 4, "", ""],
        ["incident-handling", "jamaica", "", 1, 0, 2, 0],
        ["workshop", "", "private", "", "", "", 30],
    ]

    sheet = desk.look("figures", rows)

    assert results(sheet) == ["changed", "new", "new"], faults(sheet)
    assert sheet.rows[0]["cells"] == [["women", "5", "8"]]
    assert "<del>5</del> → <ins>8</ins>" in desk.client.get(f"/imports/{sheet.pk}/").content.decode()
    assert len(kept()) == 2
    assert kept()["incident-handling", "chile", "public"] == (5, 4, 0, 0)

    assert "The table is imported." in desk.confirm(sheet)

    assert kept() == {
        ("incident-handling", "chile", "public"): (8, 4, 0, 0),
        ("incident-handling", "jamaica", ""): (1, 0, 2, 0),
        ("incident-handling", None, "academia"): (0, 0, 0, 9),
        ("workshop", None, "private"): (0, 0, 0, 30),
    }
    with scope(PROGRAMME):
        assert list(Activity.objects.order_by("slug").values_list("edited", flat=True)) == [1, 1], "as by one save"
    assert "/activities/workshop/" in desk.client.get(f"/imports/{sheet.pk}/").content.decode()
    assert results(desk.look("figures", rows)) == ["same", "same", "same"]


def test_what_comes_back_as_it_was_taken_changes_nothing(desk, course):
    rows = desk.kept("figures")

    assert rows[0] == ["Id", "Activity", "State", "Sector", "Women", "Men", "Other", "Not stated", "Title"]
    assert sorted(row[1:] for row in rows[1:]) == [
        ["incident-handling", "", "academia", "0", "0", "0", "9", "Incident handling"],
        ["incident-handling", "chile", "public", "5", "4", "0", "0", "Incident handling"],
    ]
    assert results(desk.look("figures", rows)) == ["same", "same"]


def test_a_line_is_known_by_its_id_given_another_sector_and_taken_away_by_zeros(desk, course):
    rows = desk.kept("figures")
    by_sector = {row[3]: row for row in rows[1:]}
    by_sector["public"][3] = "private"
    by_sector["academia"][7] = "0"

    desk.confirm(desk.look("figures", rows))

    assert kept() == {("incident-handling", "chile", "private"): (5, 4, 0, 0)}


def test_one_refused_row_keeps_all_out_and_each_cell_says_why(desk, course, chile):
    with scope(PROGRAMME):
        make_activity("Another", chile, slug="another")
        pk = ParticipantCount.objects.get(sector="public").pk
    good = ["another", "", "public", 1, "", "", ""]
    sheet = desk.look(
        "figures",
        [
            ["id", *HEAD],
            ["", *good],
            ["", "nowhere", "Atlantis", "pirates", "-1", "many", 9999999, ""],
            ["", "", "Chile", "", 1, "", "", ""],
            ["", "another", "Chile", "", "", "", "", ""],
            ["", *good],
            [pk, "another", "chile", "public", 5, 4, 0, 0],
            ["77777777", *good],
            ["none", *good],
            ["", "incident-handling", "chile", "public", 6, "", "", ""],
        ],
    )

    assert results(sheet) == ["new", *["refused"] * 8]
    said = faults(sheet)
    assert {name for line, name, _why in said if line == 3} == {"activity", "state", "sector", "women", "men", "other"}
    assert (3, "activity", "No activity has this id.") in said
    assert (4, "activity", "This field is required.") in said
    assert (5, "women", "Nobody is counted in this row. Give a number, or leave the row out.") in said
    assert (6, "", "Row 2 of this file is about the same one.") in said
    assert (7, "activity", "A line stays with its activity. Write a new row for the other one.") in said
    assert {(line, name) for line, name, _why in said if line in (8, 9)} == {(8, "id"), (9, "id")}
    assert (10, "", "Row 7 of this file is about the same one.") in said
    assert "Rows are refused" in desk.confirm(sheet)
    assert ("another", None, "public") not in kept()


def test_two_lines_of_one_state_and_sector_are_refused_as_on_the_page(desk, course, jamaica):
    with scope(PROGRAMME):
        pk = ParticipantCount.objects.get(sector="academia").pk
    sheet = desk.look("figures", [["id", "state", "sector"], [pk, "chile", "public"]])

    assert faults(sheet) == [(2, "sector", "This state and sector have a line already: add the numbers there.")]

    both = [["id", *HEAD], [pk, "incident-handling", "jamaica", "public", 0, 0, 0, 9]]
    sheet = desk.look("figures", [*both, ["", "incident-handling", "jamaica", "public", 1, 0, 0, 0]])

    assert results(sheet) == ["changed", "refused"]


def test_no_more_lines_than_the_page_can_show(desk, course):
    with scope(PROGRAMME):
        names = [f"sector {number}" for number in range(MOST_LINES - 2)]
        lines = [ParticipantCount(activity=course, sector=name, women=1) for name in names]
        ParticipantCount.objects.bulk_create(lines)

    sheet = desk.look("figures", [HEAD, ["incident-handling", "", "private", 1, "", "", ""]])

    assert faults(sheet) == [(2, "", f"An activity has at most {MOST_LINES} lines.")]


def test_what_was_changed_meanwhile_is_shown_before_anything_is_done(desk, course):
    sheet = desk.look("figures", [HEAD, ["incident-handling", "Chile", "public", 6, 4, "", ""]])
    with scope(PROGRAMME):
        ParticipantCount.objects.filter(sector="public").update(women=7)

    assert "was changed since you looked" in desk.confirm(sheet)
    assert kept()["incident-handling", "chile", "public"] == (7, 4, 0, 0)


def test_what_a_colleague_saves_while_rows_are_read_is_not_written_over(desk, course, monkeypatch):
    def saved_by_somebody(kind, activity, read=Figures._read):
        table = read(kind, activity)
        Activity.objects.filter(pk=activity.pk).update(edited=activity.edited + 1)
        return table

    monkeypatch.setattr(Figures, "_read", saved_by_somebody)

    answer = desk.send("figures", [HEAD, ["incident-handling", "Chile", "public", 6, "", "", ""]])

    assert answer.status_code == 422
    assert "A colleague saved “Incident handling” meanwhile." in answer.content.decode()
    assert kept()["incident-handling", "chile", "public"] == (5, 4, 0, 0)


def test_whoever_is_of_a_state_that_takes_part_enters_no_figures_of_it(sign_in, officer, course, chile):
    with scope(PROGRAMME):
        Liaison.objects.create(state=chile, person=officer, kind="contact point", starts_on="2020-01-01")
    rows = [HEAD, *[["incident-handling", "Chile", sector, 6, "", "", ""] for sector in ("public", "private")]]

    sheet = Desk(sign_in(officer)).look("figures", rows)

    assert results(sheet) == ["refused", "refused"]
    assert all("A state that you speak for" in why for _line, _name, why in faults(sheet))


def test_the_template_says_what_each_column_holds(desk, course, chile):
    book = sheet_in(desk.client.get("/imports/new/figures/template.xlsx"))
    page = desk.client.get("/imports/new/figures/").content.decode()

    assert book[0] == ("Id", "Activity", "State", "Sector", "Women", "Men", "Other", "Not stated")
    assert "Its id, as in the table of activities." in page
    assert "civil society" in page
    assert str(TableImport.Kind.FIGURES.label) in desk.client.get("/imports/").content.decode()


def test_rows_of_one_activity_cost_no_query_each(officer, course, chile):
    def queries(sectors):
        rows = [HEAD, *[["incident-handling", "", sector, 1, "", "", ""] for sector in sectors]]
        with (
            scope(reach_of(officer)),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            carried = Carried(Figures(officer), read(written(rows)))
        assert {row["result"] for row in carried.rows} == {"new"}
        reads = [one for one in asked.captured_queries if one["sql"].startswith("SELECT")]
        return len(reads)

    with scope(PROGRAMME):
        ParticipantCount.objects.filter(activity=course).delete()
    few = queries(["public"])
    with scope(PROGRAMME):
        ParticipantCount.objects.filter(activity=course).delete()

    assert queries(["public", "private", "civil society", "end users", "academia"]) == few
