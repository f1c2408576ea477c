"""The register of points of contact: named by note, ended by note, history kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import make_token
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from correspondence.actions import contacts as actions
from correspondence.composing import compose
from correspondence.duties import contacts_to_ask_for
from correspondence.models import Note, PointOfContact
from correspondence.standing import states_without
from review.actions import Refused
from tests.factories.correspondence import make_contact, make_note

pytestmark = pytest.mark.django_db
PERSON = {"name": "Nora Nueva", "institution": "Ministry of Justice", "email": "nora@example.org", "language": "es"}


def test_a_state_names_a_point_of_contact_by_its_note(sign_in: Any, officer: Any, chile: Any) -> None:
    note = make_note(chile, officer, status="answered", purpose="contact-points")
    data = PERSON | {"starts_on": str(today()), "named_reference": "NV 9/2026", "named_note": note.pk}

    answer = sign_in(officer).post(reverse("point-new", args=["chile"]), data)

    assert answer.status_code == 302
    with scope(PROGRAMME):
        contact = PointOfContact.objects.get()
    assert (contact.name, contact.named_note_id, contact.confirmed_on) == ("Nora Nueva", note.pk, today())


def test_it_ends_by_a_note_and_stays_in_the_history(sign_in: Any, officer: Any, chile: Any) -> None:
    contact = make_contact(chile, officer)
    client = sign_in(officer)
    page = reverse("point-end", args=[contact.pk])

    assert client.post(page, {"on": str(today()), "reference": ""}).status_code == 422
    client.post(page, {"on": str(today() - timedelta(days=1)), "reference": "NV 11/2026"})

    text = client.get(reverse("contact-points", args=["chile"])).text
    assert "Former points of contact" in text
    assert "NV 11/2026" in text
    with scope(PROGRAMME), pytest.raises(DatabaseError), transaction.atomic():
        PointOfContact.objects.all().delete()
    with scope(reach_of(officer)), pytest.raises(Refused):
        actions.end(contact=contact, on=today(), note=None, reference="x", by=officer)


def test_the_same_address_stands_once_and_may_come_back_after_its_end(officer: Any, chile: Any) -> None:
    contact = make_contact(chile, officer)
    facts = {"name": "E", "institution": "x", "email": contact.email, "language": "es", "starts_on": today()}
    facts["named_reference"] = "NV 10/2026"
    with scope(reach_of(officer)):
        with pytest.raises(Refused):
            actions.name(state=chile, by=officer, **facts)
        actions.end(contact=contact, on=today(), note=None, reference="NV 11/2026", by=officer)
        assert actions.name(state=chile, by=officer, **facts).pk != contact.pk


def test_of_two_who_change_it_at_once_the_second_is_told(officer: Any, chile: Any) -> None:
    contact = make_contact(chile, officer)
    with scope(reach_of(officer)):
        actions.change(contact=contact, edited=0, phone="1")
        with pytest.raises(Refused):
            actions.change(contact=contact, edited=0, phone="2")


@pytest.mark.parametrize(
    ("starts", "confirmed", "said"),
    [(5, 5, "before the day on which it began"), (30, 5, "It was confirmed on")],
)
def test_nobody_is_confirmed_before_the_beginning_or_the_last_time(
    sign_in: Any, officer: Any, chile: Any, starts: int, confirmed: int, said: str
) -> None:
    first, last = (today() - timedelta(days=days) for days in (starts, confirmed))
    contact = make_contact(chile, officer, starts_on=first, confirmed_on=last)
    client, page = sign_in(officer), reverse("point-confirm", args=[contact.pk])

    answer = client.post(page, {"on": str(last - timedelta(days=1))})

    assert answer.status_code == 422
    assert said in answer.text
    assert client.post(page, {"on": str(last)}).status_code == 302


def test_programs_of_the_state_reach_nobody_whose_time_is_over(officer: Any, lead_chl: Any, chile: Any) -> None:
    ended = {"ended_reference": "NV 8/2026", "ended_by": officer, "phone": "1"}
    yesterday = today() - timedelta(days=1)
    former = make_contact(chile, officer, email="former@example.org", ends_on=yesterday, **ended)
    last_day = make_contact(chile, officer, email="last@example.org", ends_on=today(), **ended)

    for person, of_former in ((lead_chl, [None] * 3), (officer, ["former@example.org", "1", "es"])):
        secret = make_token(name="A program", scopes=["read"], days=30, by=person)[1]
        headers = {"Authorization": f"Bearer {secret}"}
        found = Client().get("/api/v1/contact-points/", headers=headers).json()["results"]
        reached = {one["id"]: [one["email"], one["phone"], one["language"]] for one in found}

        assert reached == {former.pk: of_former, last_day.pk: ["last@example.org", "1", "es"]}


def test_only_the_own_state_and_the_staff_see_it(
    sign_in: Any, lead_chl: Any, lead_jam: Any, officer: Any, chile: Any
) -> None:
    make_contact(chile, officer)
    page = reverse("contact-points", args=["chile"])

    assert "Elena Enlace" in sign_in(lead_chl).get(page).text
    assert sign_in(lead_jam).get(page).status_code == 404
    assert sign_in(lead_chl).get(reverse("point-list")).status_code == 403


def test_states_without_one_and_stale_ones_are_to_be_asked_until_a_note_asks(
    officer: Any, chile: Any, jamaica: Any
) -> None:
    long_ago = today() - timedelta(days=400)
    make_contact(chile, officer, starts_on=long_ago, confirmed_on=long_ago)
    with scope(reach_of(officer)):
        assert [state.slug for state in states_without(officer)] == ["jamaica"]
        stale, missing = (duty.what for duty in contacts_to_ask_for(officer))
    assert (stale, missing) == ("1 point of contact was not confirmed for a year", "1 state has no point of contact")
    make_note(jamaica, officer, status="sent", purpose="contact-points")
    with scope(reach_of(officer)):
        assert [duty.what for duty in contacts_to_ask_for(officer)] == [stale]


def test_a_note_that_asks_names_those_that_are_known(officer: Any, chile: Any) -> None:
    contact = make_contact(chile, officer)
    note = make_note(chile, officer, purpose="contact-points")
    assert "Elena Enlace (Ministry of the Interior)" in note.text
    assert "Elena Enlace" in compose(Note(state=chile, purpose="removal", language="es", contact=contact))
