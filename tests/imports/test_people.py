"""Tables in which people are named: participants of a course, and focal points of states."""

import time
from datetime import date

import pytest
from django.urls import reverse

from accounts.second_factor import FRESH_SECONDS
from action_plan.models import Attendance, Nomination
from common.scope import PROGRAMME, scope
from correspondence.models import PointOfContact
from invitations.models import Invitation
from member_states.models import Liaison
from tests.factories.correspondence import make_contact
from tests.factories.training import make_course, make_nomination
from tests.imports.conftest import Desk
from tests.signing_in import give_app

pytestmark = pytest.mark.django_db


def test_participants_are_corrected_selected_and_were_there(desk, chile, lead_chl):
    course = make_course(chile)
    with scope(PROGRAMME):
        who = make_nomination(course, chile, by=lead_chl, name="Ana Old")
    slug = course.activity.slug
    rows = desk.kept("participants", slug)
    head, row = rows
    row[head.index("Name, as it is to stand on the certificate")] = "Ana New"
    row[head.index("Decision")] = "selected"
    first = next(place for place, word in enumerate(head) if word.endswith(")"))
    row[first] = "yes"

    sheet = desk.look("participants", rows, slug)
    assert [one["result"] for one in sheet.rows] == ["changed"], sheet.rows
    with scope(PROGRAMME):
        assert Nomination.objects.get().status == "nominated"
    assert "The table is imported." in desk.confirm(sheet)

    with scope(PROGRAMME):
        held = Nomination.objects.get(pk=who.pk)
        assert (held.name, held.status, held.seat) == ("Ana New", "selected", 1)
        assert list(Attendance.objects.values_list("was_there", flat=True)) == [True]
        assert course.activity.participantcount_set.count() if hasattr(course.activity, "participantcount_set") else 1


def test_nobody_is_nominated_by_a_table(desk, chile):
    course = make_course(chile)

    sheet = desk.look("participants", [["email", "name"], ["new@example.org", "New"]], course.activity.slug)

    assert sheet.rows[0]["result"] == "refused"


def test_participants_are_of_a_course_that_is_chosen_first(desk, chile):
    course = make_course(chile)

    assert f"?of={course.activity.slug}" in desk.client.get("/imports/new/participants/").content.decode()
    for nothing in ("nothing", "%00"):
        assert desk.client.get(f"/imports/new/participants/?of={nothing}").status_code == 404


def test_a_session_that_was_renamed_since_gets_a_sentence(desk, chile, lead_chl):
    course = make_course(chile)
    with scope(PROGRAMME):
        make_nomination(course, chile, by=lead_chl)
    rows = desk.kept("participants", course.activity.slug)
    rows[1][rows[0].index("Decision")] = "selected"
    sheet = desk.look("participants", rows, course.activity.slug)
    with scope(PROGRAMME):
        course.sessions.update(title="Another title")

    assert "No column is called" in desk.confirm(sheet)
    with scope(PROGRAMME):
        assert Nomination.objects.get().status == "nominated"


def test_focal_points_are_invited_once(desk, chile, jamaica, lead_chl):
    head = ["state", "role", "name", "email", "language"]
    rows = [head, ["Jamaica", "deputy", "Bea Doe", "bea@example.org", "en"]]

    sheet = desk.look("focal-points", [*rows, [str(chile), "lead", lead_chl.name, lead_chl.email, lead_chl.language]])
    assert [row["result"] for row in sheet.rows] == ["new", "same"]
    desk.confirm(sheet)
    desk.confirm(sheet)

    with scope(PROGRAMME):
        assert list(Invitation.objects.values_list("email", "role", "state__alpha3")) == [
            ("bea@example.org", "deputy", "JAM")
        ]
    assert desk.look("focal-points", rows).rows[0]["result"] == "same"


def test_a_role_that_one_may_not_give_is_refused(desk, chile):
    rows = [["state", "role", "name", "email", "language"], ["Chile", "manager", "M", "m@example.org", "en"]]

    assert desk.look("focal-points", rows).rows[0]["result"] == "refused"


def test_who_invites_by_a_table_proves_again_who_they_are_as_on_the_page(desk, officer, chile):
    give_app(officer)
    sheet = desk.look(
        "focal-points",
        [["state", "role", "name", "email", "language"], ["Chile", "deputy", "B", "b@example.org", "en"]],
    )
    session = desk.client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": time.time() - FRESH_SECONDS - 1}
    ]
    session.save()

    answer = desk.client.post(f"/imports/{sheet.pk}/import/", {"fingerprint": sheet.fingerprint})

    assert answer.headers["Location"].startswith((reverse("account_reauthenticate"), reverse("mfa_reauthenticate")))
    with scope(PROGRAMME):
        assert not Invitation.objects.exists()


CONTACT = ["state", "name", "institution", "email", "language", "starts_on", "named_reference", "confirmed_on"]


def test_points_of_contact_are_entered_reached_otherwise_and_confirmed_by_a_table(desk, chile, jamaica, officer):
    with scope(PROGRAMME):
        kept = make_contact(jamaica, officer)
    rows = desk.kept("contact-points")
    rows[1][rows[0].index("Telephone")] = "+1 876 555 0100"
    rows[1][rows[0].index("Confirmed on")] = "2026-10-01"
    desk.confirm(desk.look("contact-points", rows))
    new = ["Chile", "Luz Vega", "Ministry", "luz@example.cl", "es", "2026-03-01", "NV 7/2026", "2026-09-01"]

    sheet = desk.look("contact-points", [CONTACT, new])
    assert [row["result"] for row in sheet.rows] == ["new"], sheet.rows
    desk.confirm(sheet)

    with scope(PROGRAMME):
        held = PointOfContact.objects.get(pk=kept.pk)
        assert (held.phone, str(held.confirmed_on), held.edited) == ("+1 876 555 0100", "2026-10-01", 1)
        made = PointOfContact.objects.get(name="Luz Vega")
        assert (made.state.slug, str(made.confirmed_on), made.recorded_by) == ("chile", "2026-09-01", officer)
    assert desk.look("contact-points", [CONTACT, new]).rows[0]["result"] == "same"


def test_what_the_note_of_a_state_said_is_not_changed_by_a_table(desk, jamaica, officer):
    with scope(PROGRAMME):
        kept = make_contact(jamaica, officer)
    head = ["id", "name", "starts_on", "confirmed_on"]

    sheet = desk.look(
        "contact-points",
        [
            head,
            [kept.pk, "Somebody Else", str(kept.starts_on), str(kept.confirmed_on)],
            ["", "Nobody", "2999-01-01", ""],
        ],
    )

    assert [row["errors"][0][0] for row in sheet.rows] == ["name", "institution"]
    assert "note of the state" in sheet.rows[0]["errors"][0][1]
    assert ["starts_on", "This day is still to come."] in sheet.rows[1]["errors"]
    assert "Rows are refused" in desk.confirm(sheet)


def test_whoever_is_of_a_state_enters_no_point_of_contact_of_it(sign_in, officer, chile):
    with scope(PROGRAMME):
        Liaison.objects.create(state=chile, person=officer, kind="contact point", starts_on=date(2020, 1, 1))
    row = ["Chile", "Luz Vega", "Ministry", "luz@example.cl", "es", "2026-03-01", "NV 7/2026", ""]

    sheet = Desk(sign_in(officer)).look("contact-points", [CONTACT, row])

    assert sheet.rows[0]["result"] == "refused"
    assert "You speak for this state yourself" in sheet.rows[0]["errors"][0][1]
