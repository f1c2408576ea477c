"""Tables that staff bring in: seen first, row by row, then carried out as a whole and once."""

from datetime import date

import pytest
from django.utils import translation

from accounts.models import AuditEntry
from action_plan.models import Activity, ActivityState
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import Team
from imports import actions
from imports.kinds.figures import Figures
from imports.kinds.teams import Teams
from imports.models import TableImport
from imports.tables import kept_rows
from partnerships.models import Partner
from tests.factories.action_plan import make_activity
from tests.factories.partnerships import make_partner
from tests.imports.conftest import sheet_in, workbook

pytestmark = pytest.mark.django_db
LANGUAGES = {
    "en": {"name": "Name", "state": "State", "kind": "Kind", "title": "Title"},
    "es": {"name": "Nombre", "state": "Estado", "kind": "Tipo", "title": "Título"},
    "fr": {"name": "Nom", "state": "État", "kind": "Type", "title": "Titre"},
    "pt-br": {"name": "Nome", "state": "Estado", "kind": "Tipo", "title": "Título"},
}
HEAD = ["id", "name_en", "kind", "since"]


def results(sheet):
    return [row["result"] for row in sheet.rows]


def faults(sheet):
    return [error for row in sheet.rows for error in row["errors"]]


@pytest.fixture
def harbour(db):
    with scope(PROGRAMME):
        return make_partner("Harbour Foundation", kind="civil society", since="2015", website="https://harbour.example")


def test_a_dry_run_shows_what_would_change_and_changes_nothing(desk, harbour):
    sheet = desk.look(
        "partners",
        [HEAD, [harbour.slug, "Harbour Foundation", "civil society", "2016"], ["", "Delta Laboratory", "private", ""]],
    )

    assert results(sheet) == ["changed", "new"]
    assert sheet.rows[0]["cells"] == [["since", "2015", "2016"]]
    page = desk.client.get(f"/imports/{sheet.pk}/").content.decode()
    assert "<del>2015</del> → <ins>2016</ins>" in page
    with scope(PROGRAMME):
        assert list(Partner.objects.values_list("name_en", "since")) == [("Harbour Foundation", "2015")]


def test_what_was_shown_is_done_at_once_and_only_once(desk, harbour):
    sheet = desk.look("partners", [HEAD, [harbour.slug, "Harbour", "academia", "2016"], ["", "Delta", "private", ""]])

    assert "The table is imported." in desk.confirm(sheet)
    again = desk.confirm(sheet)

    assert "It was imported on" in again
    with scope(PROGRAMME):
        rows = Partner.objects.order_by("name_en").values_list("name_en", "kind", "since", "website", "is_published")
        assert list(rows) == [
            ("Delta", "private", "", "", False),
            ("Harbour", "academia", "2016", "https://harbour.example", True),
        ]
        assert "/partners/delta/" in desk.client.get(f"/imports/{sheet.pk}/").content.decode()
        assert AuditEntry.objects.filter(model="imports.tableimport").exists()


def test_what_comes_back_as_it_was_taken_changes_nothing(desk, harbour):
    rows = desk.kept("partners")

    sheet = desk.look("partners", rows)

    assert results(sheet) == ["same"]
    assert rows[0][0] == "Id"


def test_the_same_new_row_a_second_time_is_known_again(desk):
    rows = [HEAD, ["", "Delta Laboratory", "private", ""]]
    desk.confirm(desk.look("partners", rows))

    assert results(desk.look("partners", rows)) == ["same"]


def test_one_refused_row_keeps_all_out_and_each_cell_says_why(desk, harbour):
    sheet = desk.look(
        "partners",
        [
            HEAD,
            ["", "Delta", "private", ""],
            ["", "", "private", ""],
            ["", "Echo", "a bank", "soon"],
            ["nobody", "Foxtrot", "private", ""],
            ["", "delta", "private", ""],
        ],
    )

    assert results(sheet) == ["new", "refused", "refused", "refused", "refused"]
    said = [(row["line"], *error) for row in sheet.rows for error in row["errors"]]
    assert (3, "name_en", "Give the name in English. The other languages may follow.") in said
    assert any(line == 4 and name == "kind" and "a bank" in why for line, name, why in said)
    assert any(line == 4 and name == "since" and "no date" in why for line, name, why in said)
    assert any(line == 5 and name == "id" for line, name, _why in said)
    assert any(line == 6 and "Row 2" in why for line, _name, why in said)
    assert "Rows are refused" in desk.confirm(sheet)
    with scope(PROGRAMME):
        assert Partner.objects.count() == 1


def test_what_was_changed_meanwhile_is_shown_before_anything_is_done(desk, harbour):
    sheet = desk.look("partners", [HEAD, [harbour.slug, "Harbour Foundation", "civil society", "2016"]])
    with scope(PROGRAMME):
        Partner.objects.update(since="2017", edited=5)

    page = desk.confirm(sheet)

    assert "was changed since you looked" in page
    assert "<del>2017</del>" in page
    with scope(PROGRAMME):
        assert Partner.objects.get().since == "2017"
        again = TableImport.objects.get()
    assert "The table is imported." in desk.confirm(again)


def test_an_old_fingerprint_is_refused(desk, harbour):
    sheet = desk.look("partners", [HEAD, ["", "Delta", "private", ""]])
    sheet.fingerprint = "0" * 64

    assert "This is not what the page shows now" in desk.confirm(sheet)


def test_only_whoever_looked_brings_it_in(desk, sign_in, second_officer):
    sheet = desk.look("partners", [HEAD, ["", "Delta", "private", ""]])
    desk.client = sign_in(second_officer)

    assert "Only whoever looked" in desk.confirm(sheet)


@pytest.mark.parametrize(
    "content",
    [
        "name_en;kind\nAção Niñez;private\n".encode("cp1252"),
        "\ufeffname_en,kind\nAção Niñez,private\n".encode(),
        "name_en\tkind\r\nAção Niñez\tprivate\r\n".encode("utf-16"),
        "Nombre en inglés;Tipo\nAção Niñez;Sector privado\n".encode(),
        workbook([["name_en", "kind"], ["Ação Niñez", "private"]]),
    ],
)
def test_tables_are_read_however_they_were_saved_and_in_whatever_language(desk, content):
    sheet = desk.look("partners", content)

    assert results(sheet) == ["new"], faults(sheet)
    assert sheet.rows[0]["what"] == "Ação Niñez"


def test_a_formula_is_never_believed(desk):
    sheet = desk.look("partners", workbook([["name_en", "kind"], ["=1+1", "private"]]))

    assert faults(sheet) == [["name_en", "This cell holds a formula. Copy it, and paste it as a value."]]


def test_what_our_own_downloads_made_harmless_comes_back_as_it_was(desk):
    with scope(PROGRAMME):
        make_partner("=Partner()")

    assert results(desk.look("partners", desk.kept("partners"))) == ["same"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "nothing in this file"),
        (b"<html></html>", "neither a table"),
        (b"colour,kind\nred,private\n", "No column is called “colour”"),
        (b"kind,kind\nprivate,private\n", "is there twice"),
        (b"name_en\n" + b"x\n" * 5001, "more than 5000 rows"),
        (b"name_en\n" + b"x" * 5_000_000, "too large"),
        (b"PK\x03\x04 nonsense", ""),
        (b'name_en,kind\n"never closed', ""),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(desk, content, says):
    answer = desk.send("partners", content)

    assert answer.status_code in (302, 422)
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"name_en,kind\nDelta,private\n" + b",\n" * 200_000 + b"Echo,private\n",
        workbook([["name_en", "kind"], ["Delta", "private"], *[[]] * 10_500, ["Echo", "private"]]),
    ],
    ids=["csv", "xlsx"],
)
def test_a_row_far_below_the_others_is_never_left_out_in_silence(desk, content):
    answer = desk.send("partners", content)

    assert answer.status_code == 422
    assert "more than 5000 rows" in answer.content.decode()


def test_empty_lines_below_a_table_are_no_rows(desk):
    assert results(desk.look("partners", b"name_en,kind\nDelta,private\n" + b",\n" * 250_000)) == ["new"]


def test_the_template_explains_itself(desk):
    page = desk.client.get("/imports/new/partners/").content.decode()
    book = sheet_in(desk.client.get("/imports/new/partners/template.xlsx"))

    assert "civil society" in page
    assert book[0][:2] == ("Id", "Name in English")


def test_results_are_downloaded_with_row_and_column(desk, harbour):
    sheet = desk.look("partners", [HEAD, [harbour.slug, "Harbour Foundation", "a bank", "2015"]])

    rows = sheet_in(desk.client.get(f"/imports/{sheet.pk}/results.xlsx"))

    assert rows[1][:5] == (2, harbour.slug, "Harbour Foundation", "Refused", "Kind")
    assert desk.client.get(f"/imports/{sheet.pk}/file/").content.startswith(b"id,name_en")


def test_activities_with_their_states_come_as_ideas_and_are_changed(desk, chile, jamaica):
    with scope(PROGRAMME):
        kept = make_activity("Course of old", chile)
    head = ["id", "title_en", "kind", "starts_on", "precision", "states", "languages"]
    rows = [
        head,
        [kept.slug, "Course of old", "Course", "2026-11-09", "day", f"{chile.slug}; Jamaica", "en; es"],
        ["", "Workshop of tomorrow", "strategy workshop", "2027-02-01", "day", "Chile", ""],
        ["", "Another", "course", "01/02/2027", "day", "Atlantis", ""],
    ]

    sheet = desk.look("activities", rows)
    assert results(sheet) == ["changed", "new", "refused"]
    assert ["states", "chile", "chile; jamaica"] in sheet.rows[0]["cells"]
    assert {name for name, _why in faults(sheet)} == {"starts_on", "states"}

    desk.confirm(desk.look("activities", rows[:3]))
    with scope(PROGRAMME):
        made = Activity.objects.get(title_en="Workshop of tomorrow")
        assert (made.status, made.audience, made.point, made.starts_on) == ("idea", "staff", 1, date(2027, 2, 1))
        assert ActivityState.objects.filter(activity=kept).count() == 2


def test_teams_are_changed_and_never_added(desk, csirt_chl):
    rows = desk.kept("teams")
    place = rows[0].index("Host organisation")
    rows[1][place] = "Ministry of the Interior"

    sheet = desk.look("teams", rows)
    desk.confirm(sheet)

    assert results(sheet) == ["changed"]
    with scope(PROGRAMME):
        assert Team.objects.get(pk=csirt_chl.pk).host == "Ministry of the Interior"
    added = desk.look("teams", [["id", "host"], ["", "Nobody"]])
    assert "by an application" in faults(added)[0][1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind_of", [Teams, Figures])
def test_what_is_only_told_is_named_in_the_readers_language_and_known_in_all(kind_of, language, officer, csirt_chl):
    kind = kind_of(officer)
    with scope(reach_of(officer)):
        with translation.override(language):
            said = next(kept_rows(kind))[1 + len(kind.columns) :]

        assert said == [LANGUAGES[language][name] for name in kind.told]
        assert {kind.column_of(word) for word in (*said, *kind.told)} == {""}


def test_tables_of_people_are_forgotten(desk, chile):
    sheet = desk.look("partners", [HEAD, ["", "Delta", "private", ""]])
    with scope(PROGRAMME):
        TableImport.objects.update(names_people=True, made_at="2020-01-01T00:00:00Z")

    assert actions.forget() == 1
    page = desk.client.get(f"/imports/{sheet.pk}/").content.decode()
    assert "The file as it came" not in page


@pytest.mark.parametrize("who", ["observer", "lead_chl", "rep_chl", "admin"])
def test_others_bring_in_nothing(request, sign_in, who, desk):
    sheet = desk.look("partners", [HEAD, ["", "Delta", "private", ""]])
    client = sign_in(request.getfixturevalue(who))

    assert client.get("/imports/").status_code == 403
    assert client.get(f"/imports/{sheet.pk}/").status_code == 404
