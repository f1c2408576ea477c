"""Who took part, the check-list, outputs, files and cost: entered, read by whom they may be, and counted the same."""

import csv
import io

import pytest
from openpyxl import load_workbook

from action_plan.models import Activity, ActivityCost, ActivityFile, CheckItem, Output, ParticipantCount
from common.scope import PROGRAMME, scope
from tests.factories.action_plan import make_activity
from tests.factories.library import a_file

pytestmark = pytest.mark.django_db
PAGE = "/activities/incident-handling/"


@pytest.fixture
def course(chile):
    with scope(PROGRAMME):
        return make_activity("Incident handling", chile, slug="incident-handling")


def lines(*rows, edited="0", **more):
    """(state, sector, women, men, other, not stated) as the page sends them."""
    sent = {"edited": edited, "form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0", **more}
    names = ("state", "sector", "women", "men", "other", "not_stated")
    for number, row in enumerate(rows):
        sent |= {f"form-{number}-{name}": value for name, value in zip(names, row, strict=True)}
    return sent


def kept():
    with scope(PROGRAMME):
        return {
            (row.state and row.state.slug, row.sector): (row.women, row.men, row.other, row.not_stated)
            for row in ParticipantCount.objects.select_related("state")
        }


def test_participants_are_kept_by_state_sector_and_gender(sign_in, officer, course, chile, jamaica):
    sent = lines(
        (chile.pk, "public", "7", "5", "", "1"),
        (jamaica.pk, "public", "2", "", "1", ""),
        ("", "", "", "", "", "9"),
        ("", "academia", "", "", "", ""),
    )

    answer = sign_in(officer).post(f"{PAGE}participants/", sent)

    assert answer.url == PAGE
    assert kept() == {("chile", "public"): (7, 5, 0, 1), ("jamaica", "public"): (2, 0, 1, 0), (None, ""): (0, 0, 0, 9)}


def test_what_is_left_out_of_the_table_is_gone_and_the_rest_is_touched_only_where_it_changed(
    sign_in, officer, course, chile, jamaica
):
    client = sign_in(officer)
    client.post(f"{PAGE}participants/", lines((chile.pk, "public", 7, 5, 0, 1), (jamaica.pk, "public", 2, 0, 1, 0)))
    with scope(PROGRAMME):
        before = ParticipantCount.objects.get(state=chile).pk
    client.post(f"{PAGE}participants/", lines((chile.pk, "public", 8, 5, 0, 1), edited="1"))

    assert kept() == {("chile", "public"): (8, 5, 0, 1)}
    with scope(PROGRAMME):
        assert ParticipantCount.objects.get().pk == before


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "public", "-1", "", "", ""), "greater than or equal to 0"),
        (("", "public", "many", "", "", ""), "Enter a whole number"),
        (("", "public", "9999999", "", "", ""), "less than or equal to 1000000"),
        (("77777", "public", "1", "", "", ""), "Select a valid choice"),
        (("", "pirates", "1", "", "", ""), "Select a valid choice"),
    ],
)
def test_a_wrong_number_is_explained_and_the_others_stay(sign_in, officer, course, row, said):
    answer = sign_in(officer).post(f"{PAGE}participants/", lines(("", "private", "123", "", "", ""), row))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="123"' in page
    assert kept() == {}


def test_a_state_and_a_sector_have_one_line(sign_in, officer, course, chile):
    twice = lines((chile.pk, "public", 1, 0, 0, 0), (chile.pk, "public", 2, 0, 0, 0))
    answer = sign_in(officer).post(f"{PAGE}participants/", twice)

    assert "have a line already: add the numbers there" in answer.content.decode()
    assert kept() == {}


def test_who_saves_participants_second_is_told(sign_in, officer, course):
    client = sign_in(officer)
    client.post(f"{PAGE}participants/", lines(("", "public", 1, 0, 0, 0)))
    answer = client.post(f"{PAGE}participants/", lines(("", "public", 2, 0, 0, 0)))

    assert "A colleague saved this activity meanwhile." in answer.content.decode()
    assert kept() == {(None, "public"): (1, 0, 0, 0)}


def test_more_lines_keep_what_was_typed(sign_in, officer, course):
    answer = sign_in(officer).post(f"{PAGE}participants/", lines(("", "public", "41", "", "", ""), more="1"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="41"' in page
    assert 'name="form-5-women"' in page


@pytest.mark.parametrize(
    "sent", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": "99999", "form-INITIAL_FORMS": "0"}]
)
def test_a_form_that_was_tampered_with_is_no_error_of_the_portal(sign_in, officer, course, sent):
    assert sign_in(officer).post(f"{PAGE}participants/", sent).status_code == 422


def test_page_list_and_tables_say_the_same_total(sign_in, officer, observer, course, chile, jamaica):
    sent = lines((chile.pk, "public", 7, 5, 0, 1), (jamaica.pk, "end users", 2, 0, 1, 0), ("", "", 0, 0, 0, 9))
    sign_in(officer).post(f"{PAGE}participants/", sent)
    client = sign_in(observer)

    page = client.get(PAGE).content.decode()
    listed = client.get("/activities/").content.decode()
    table = list(
        csv.DictReader(io.StringIO(b"".join(client.get("/activities.csv").streaming_content).decode("utf-8-sig")))
    )
    sheet = load_workbook(io.BytesIO(client.get("/activities.xlsx").getvalue())).active
    book = dict(zip(*(tuple(row) for row in sheet.iter_rows(values_only=True)), strict=True))

    expected = {"Women": 9, "Men": 5, "Other": 1, "Not stated": 10, "All": 25}
    assert {name: int(table[0][name]) for name in expected} == expected
    assert {name: book[name] for name in expected} == expected
    assert '<td class="number" data-label="Participants">25</td>' in listed
    assert '<span class="grow">All</span><b class="number">25</b>' in page


def test_the_four_groups_are_named_and_who_is_missing(sign_in, officer, course):
    sign_in(officer).post(f"{PAGE}participants/", lines(("", "public", 12, 0, 0, 0), ("", "private", 9, 0, 0, 0)))

    assert "Nobody yet of: Civil society, End users." in sign_in(officer).get(PAGE).content.decode()


def test_the_check_list_is_the_staffs(sign_in, officer, observer, lead_chl, course):
    client = sign_in(officer)
    for text in ("Room booked", "Invitations sent"):
        client.post(f"{PAGE}check-list/", {"new": text})
    with scope(PROGRAMME):
        first, second = CheckItem.objects.order_by("pk")
    client.post(f"{PAGE}check-list/", {"done": [first.pk, 987654], "drop": [second.pk]})

    with scope(PROGRAMME):
        assert list(CheckItem.objects.values_list("text", "is_done")) == [("Room booked", True)]
    assert "Room booked" in sign_in(observer).get(PAGE).content.decode()
    assert "Room booked" not in sign_in(lead_chl).get(PAGE).content.decode()


def test_a_line_that_is_too_long_is_explained_and_the_ticks_stay(sign_in, officer, course):
    client = sign_in(officer)
    client.post(f"{PAGE}check-list/", {"new": "Room booked"})
    with scope(PROGRAMME):
        item = CheckItem.objects.get()
    answer = client.post(f"{PAGE}check-list/", {"new": "x" * 201, "done": [item.pk]})

    assert answer.status_code == 422
    assert f'name="done" value="{item.pk}"' in answer.content.decode()


def test_files_and_outputs_are_read_by_whoever_reads_of_the_activity(sign_in, officer, lead_chl, lead_jam, course):
    client = sign_in(officer)
    client.post(f"{PAGE}files/", {"title": "Agenda", "file": a_file("agenda.pdf")})
    client.post(f"{PAGE}outputs/", {"what": "A playbook", "link": "https://www.example.org/playbook"})
    with scope(PROGRAMME):
        file = ActivityFile.objects.get()

    page = sign_in(lead_chl).get(PAGE).content.decode()
    assert "Agenda" in page
    assert "A playbook" in page
    kept = sign_in(lead_chl).get(f"/activities/files/{file.token}/")
    assert b"".join(kept.streaming_content).startswith(b"%PDF")
    assert sign_in(lead_jam).get(f"/activities/files/{file.token}/").status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused(sign_in, officer, course):
    from django.core.files.uploadedfile import SimpleUploadedFile

    wrong = SimpleUploadedFile("agenda.pdf", b"MZ not a document", "application/pdf")
    answer = sign_in(officer).post(f"{PAGE}files/", {"title": "Agenda", "file": wrong})

    assert answer.status_code == 422
    with scope(PROGRAMME):
        assert not ActivityFile.objects.exists()


def test_what_was_added_by_mistake_is_taken_away(sign_in, officer, course):
    client = sign_in(officer)
    client.post(f"{PAGE}files/", {"title": "Agenda", "file": a_file("agenda.pdf")})
    client.post(f"{PAGE}outputs/", {"what": "A playbook"})
    with scope(PROGRAMME):
        file, output = ActivityFile.objects.get(), Output.objects.get()
    client.post(f"{PAGE}files/{file.token}/remove/")
    client.post(f"{PAGE}outputs/{output.pk}/remove/")

    with scope(PROGRAMME):
        assert (ActivityFile.objects.count(), Output.objects.count()) == (0, 0)


def test_what_it_costs_only_the_staff_know(sign_in, officer, observer, lead_chl, course):
    with scope(PROGRAMME):
        Activity.objects.update(audience="public")
    sign_in(officer).post(f"{PAGE}cost/", {"amount": "12500.50", "currency": "usd", "paid_by": "CTCBP"})

    with scope(PROGRAMME):
        assert str(ActivityCost.objects.get()) == "12500.50 USD"
    assert "CTCBP" in sign_in(observer).get(PAGE).content.decode()
    assert "CTCBP" not in sign_in(lead_chl).get(PAGE).content.decode()


@pytest.mark.parametrize("wrong", [{"amount": "-1"}, {"amount": "much"}, {"currency": "dollars"}, {"amount": ""}])
def test_a_wrong_cost_is_explained(sign_in, officer, course, wrong):
    answer = sign_in(officer).post(f"{PAGE}cost/", {"amount": "1", "currency": "USD"} | wrong)
    assert answer.status_code == 422
