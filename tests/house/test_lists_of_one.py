"""Tables of one state, course or contact test: what its page shows, typed, each row with an id and an address."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from action_plan.actions.attendance import record
from action_plan.actions.certificates import issue
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.models import Drill, DrillCall
from tests.factories.capability import make_accepted
from tests.factories.correspondence import make_contact
from tests.factories.csirt_network import make_contact as make_way
from tests.factories.training import choose, make_course, make_nomination

pytestmark = pytest.mark.django_db


def rows_of(client, path):
    """As CSV; the workbook at the same address has as many rows."""
    text = b"".join(client.get(f"{path}.csv").streaming_content).decode("utf-8-sig")
    found = list(csv.reader(StringIO(text)))
    assert found[0][-2:] == ["Id", "Link"]
    assert len(book_of(client, path)) == len(found)
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


def book_of(client, path):
    return list(load_workbook(BytesIO(client.get(f"{path}.xlsx").getvalue())).worksheets[0].iter_rows(values_only=True))


def test_maturity_is_every_factor_with_its_words(update_chl, lead_chl, lead_jam, sign_in):
    make_accepted(update_chl, by=lead_chl, stage=3)

    rows = rows_of(sign_in(lead_chl), "/states/chile/maturity")

    assert len(rows) == 23
    assert {(row["Stage"], row["Update"]) for row in rows} == {("3", update_chl.round.title)}
    assert rows[0]["In the words of the state"] == "chile D1.1"
    assert rows[0]["Link"].endswith("/states/chile/maturity/")
    assert {row[4] for row in book_of(sign_in(lead_chl), "/states/chile/maturity")[1:]} == {3}
    assert {row["Stage"] for row in rows_of(sign_in(lead_jam), "/states/chile/maturity")} == {""}


def test_updates_lead_staff_to_the_review_and_liaisons_to_their_own(update_chl, lead_chl, officer, sign_in):
    make_accepted(update_chl, by=lead_chl)

    (for_state,) = rows_of(sign_in(lead_chl), "/states/chile/updates")
    (for_staff,) = rows_of(sign_in(officer), "/states/chile/updates")

    assert (for_state["Times sent"], for_state["Last sent by"]) == ("1", lead_chl.name)
    assert for_state["Accepted on"] == str(today())
    assert for_state["Link"].endswith(update_chl.get_absolute_url())
    assert for_staff["Link"].endswith("/review/")
    assert for_state["Id"] == for_staff["Id"] == str(update_chl.pk)


def test_former_points_of_contact_are_named_and_not_reached(chile, officer, lead_chl, sign_in):
    make_contact(chile, officer, "Ana Antes", email="ana@example.org", **ended(officer))
    make_contact(chile, officer, "Eva Ahora", email="eva@example.org")

    rows = rows_of(sign_in(lead_chl), "/states/chile/contact-points")

    assert [(row["Name"], row["E-mail address"]) for row in rows] == [
        ("Eva Ahora", "eva@example.org"), ("Ana Antes", ""),
    ]  # fmt: skip
    assert book_of(sign_in(lead_chl), "/states/chile/contact-points")[1][7].date() == today() - timedelta(days=30)


def ended(officer):
    day = today() - timedelta(days=3)
    return {
        "starts_on": today() - timedelta(days=90),
        "ends_on": day,
        "ended_reference": "NV 9/2026",
        "ended_by": officer,
    }


@pytest.fixture
def course(chile, officer, lead_chl):
    course = make_course(chile, slug="course")
    people = [choose(make_nomination(course, chile, by=lead_chl, name=name), by=officer) for name in ("Ana", "Eva")]
    with scope(reach_of(officer)):
        for session, there in zip(course.sessions.order_by("starts_at"), ({0, 1}, {0}), strict=True):
            was_there = {who.pk: number in there for number, who in enumerate(people)}
            record(course=course, session=session, was_there=was_there, by=officer)
        issue(course=course, by=officer)
    return course


def test_attendance_has_a_column_for_each_session(course, officer, sign_in):
    rows = rows_of(sign_in(officer), "/training/course/attendance")

    assert [(row["Participant"], row["Attended"]) for row in rows] == [("Ana", "2"), ("Eva", "1")]
    assert list(rows[1].values())[2:4] == ["Was there", "Absent"]


def test_certificates_have_their_number_and_where_it_is_verified(course, officer, sign_in):
    (row,) = rows_of(sign_in(officer), "/training/course/certificates")

    assert (row["Name"], row["Status"]) == ("Ana", "Valid")
    assert row["Link"].endswith(f"/verify/{row['Number']}/")
    assert book_of(sign_in(officer), "/training/course/certificates")[1][3].date() == today()


def test_a_contact_test_says_who_answered_how_soon(csirt_chl, csirt_jam, officer, sign_in):
    now = timezone.now()
    with scope(Reach(staff=True, person=officer.pk)):
        drill = Drill.objects.create(title="x", started_by=officer, ends_at=now + timedelta(hours=1))
        for team, after in ((csirt_chl, {"answered_at": now + timedelta(minutes=7), "how": "portal"}), (csirt_jam, {})):
            DrillCall.objects.create(drill=drill, team=team, state=team.state, called_at=now, **after)

    rows = rows_of(sign_in(officer), f"/network/contact-tests/{drill.pk}")

    assert [(row["Team"], row["Minutes"], row["How"]) for row in rows] == [
        (csirt_chl.name, "7", "In the portal"), (csirt_jam.name, "", ""),
    ]  # fmt: skip


def test_entries_to_look_after_are_those_of_the_page(csirt_chl, officer, sign_in):
    rows = rows_of(sign_in(officer), "/network/entries")

    assert [row["Id"] for row in rows] == [csirt_chl.slug]
    assert "It names no contact that answers day and night." in rows[0]["What to look after"]
    assert rows[0]["Last confirmed"] == "Never"


def test_visitors_have_the_directory_without_the_ways_that_are_not_published(client, csirt_chl, rep_chl, sign_in):
    with scope(PROGRAMME):
        make_way(csirt_chl, "duty", phone="+56 2 111 1111")

    (seen,) = rows_of(client, "/csirts")
    (inside,) = rows_of(sign_in(rep_chl), "/csirts")

    assert (seen["Team"], seen["In the network"], seen["Telephone"]) == (csirt_chl.name, "yes", "")
    assert (inside["Telephone"], inside["Day and night"]) == ("'+56 2 111 1111", "yes")
