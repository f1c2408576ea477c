"""The page of people, and that of the colleagues of one state."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, scope
from invitations.models import Invitation
from tests.factories.accounts import make_person
from tests.factories.invitations import make_invitation
from tests.signing_in import sign_in_from_inside

GIVEN = {"email": "nadia@example.org", "name": "Nadia Nueva", "language": "es"}


@pytest.fixture
def at_the_desk(client: Client, manager: Any) -> Client:
    return sign_in_from_inside(client, manager)


def invitations() -> list[tuple[str, str, str | None]]:
    with scope(PROGRAMME):
        found = Invitation.objects.select_related("state")
        return [(one.email, one.role, one.state.slug if one.state else None) for one in found]


def names(client: Client, **query: str) -> set[str]:
    page = client.get(reverse("people"), query).content.decode()
    return {person.name for person in User.objects.all() if f"<b>{person.name}</b></a>" in page}


def test_people_are_found_by_name_state_role_and_status(
    at_the_desk: Client, lead_chl: Any, lead_jam: Any, officer: Any, outsider: Any
) -> None:
    User.objects.filter(pk=lead_jam.pk).update(is_active=False)
    User.objects.filter(pk=lead_chl.pk).update(last_login=timezone.now())

    assert names(at_the_desk, q="muestra") == {"Camila Muestra"}
    assert names(at_the_desk, state="chile") == {"Camila Muestra"}
    assert names(at_the_desk, role="lead") == {"Camila Muestra", "Marcus Sample"}
    assert names(at_the_desk, role="officer") == {"Ana Ejemplo"}
    assert names(at_the_desk, status="ended") == {"Otto Outside"}
    assert names(at_the_desk, status="closed") == {"Marcus Sample"}
    assert names(at_the_desk, status="never") == {"Ana Ejemplo"}
    assert "Camila Muestra" in names(at_the_desk, status="active")
    assert len(names(at_the_desk, status="nonsense", state="atlantis", role="king")) == 5


def test_an_invitation_is_listed_with_where_it_stands(at_the_desk: Client, manager: Any) -> None:
    invitation = make_invitation("officer", by=manager)
    assert "Invited" in at_the_desk.get(reverse("people")).content.decode()

    with scope(PROGRAMME):
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())

    assert "Expired" in at_the_desk.get(reverse("people")).content.decode()


def test_a_manager_invites_staff_and_liaisons(at_the_desk: Client, chile: Any) -> None:
    at_the_desk.post(reverse("invite"), GIVEN | {"role": "manager"})
    at_the_desk.post(reverse("invite"), GIVEN | {"role": "contact point", "state": chile.pk})

    assert set(invitations()) == {
        ("nadia@example.org", "manager", None),
        ("nadia@example.org", "contact point", "chile"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "administrator"},
        {"role": "lead"},
        {"role": "officer", "state": "chile"},
        {"role": ""},
        {"role": "officer", "email": "nobody"},
        {"role": "officer", "name": "x" * 121},
        {"role": "lead", "state": "999"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(at_the_desk: Client, chile: Any, wrong: Any) -> None:
    wrong = {key: str(chile.pk) if value == "chile" else value for key, value in wrong.items()}

    answer = at_the_desk.post(reverse("invite"), GIVEN | wrong)

    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (422, True)
    assert wrong.get("name", "Nadia Nueva") in answer.content.decode()
    assert invitations() == []


def test_who_is_invited_already_is_not_invited_twice(at_the_desk: Client) -> None:
    first, second = (at_the_desk.post(reverse("invite"), GIVEN | {"role": "officer"}) for _ in range(2))

    assert (first.status_code, second.status_code, len(invitations())) == (302, 422, 1)


def test_after_it_has_expired_a_new_one_may_be_made(at_the_desk: Client) -> None:
    at_the_desk.post(reverse("invite"), GIVEN | {"role": "officer"})
    with scope(PROGRAMME):
        Invitation.objects.update(expires_at=timezone.now())

    assert at_the_desk.post(reverse("invite"), GIVEN | {"role": "officer"}).status_code == 302


def test_a_lead_invites_deputies_of_the_own_state_and_nothing_else(client: Client, lead_chl: Any, jamaica: Any) -> None:
    sign_in_from_inside(client, lead_chl)
    more = {"role": "lead", "state": jamaica.pk}

    assert client.post(reverse("invite-colleague", args=["chile"]), GIVEN | more).status_code == 302
    assert client.post(reverse("invite-colleague", args=["jamaica"]), GIVEN).status_code == 403

    assert invitations() == [("nadia@example.org", "deputy", "chile")]


def test_the_lead_learns_nothing_of_accounts_elsewhere(client: Client, lead_chl: Any, lead_jam: Any) -> None:
    """An address with an account, open or closed, is answered as one without (abuse case 26)."""
    make_person("Dora Disabled", email="dora@example.org", is_active=False)
    sign_in_from_inside(client, lead_chl)
    addresses = ("nobody@example.org", lead_jam.email, "dora@example.org")

    answers = [client.post(reverse("invite-colleague", args=["chile"]), GIVEN | {"email": it}) for it in addresses]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/states/chile/people/")}


def test_a_deputy_sees_colleagues_and_invites_nobody(client: Client, lead_chl: Any, deputy_chl: Any) -> None:
    sign_in_from_inside(client, deputy_chl)

    page = client.get(reverse("colleagues", args=["chile"])).content.decode()

    assert "Camila Muestra" in page
    assert "Invite a deputy" not in page


def test_sending_again_is_done_by_whoever_may_still_give_it(client: Client, manager: Any, officer: Any) -> None:
    """And it is worth their word from then on."""
    invitation = make_invitation("observer", by=manager)
    sign_in_from_inside(client, officer)

    assert client.post(reverse("invitation-again", args=[invitation.pk])).status_code == 403
