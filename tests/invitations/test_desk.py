"""The administration obeys the rank, and is no second way in."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outgoing
from django.test import Client
from django.urls import reverse

from accounts.actions import make_token
from accounts.models import ApiToken, User
from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.security import to_new_password
from notices.work import work
from tests.access.forms import Form
from tests.factories.accounts import make_staff
from tests.signing_in import sign_in_from_inside


@pytest.fixture
def desk(client: Client, admin: Any) -> Client:
    return sign_in_from_inside(client, admin)


def send(desk: Client, person: Any, **changed: str) -> int:
    url = reverse("admin:accounts_user_change", args=[person.pk])
    form = Form(desk.get(url).content.decode()).values | {name: [value] for name, value in changed.items()}
    return desk.post(url, form).status_code


def test_another_address_ends_what_was_open(desk: Client, manager: Any) -> None:
    theirs = sign_in_from_inside(Client(), manager)

    assert send(desk, manager, email="new@example.org") == 302

    assert User.objects.get(pk=manager.pk).email == "new@example.org"
    assert theirs.get("/profile/").status_code == 302


def test_another_address_ends_tokens_and_what_was_sent_to_the_former_one(desk: Client, manager: Any) -> None:
    """Whoever still reads the former mailbox finds there nothing that leads in."""
    make_token(name="Backup", scopes=["read"], days=30, by=manager)
    link = to_new_password(User.objects.get(pk=manager.pk))
    assert "password1" in Client().get(link, follow=True).content.decode()

    send(desk, manager, email="new@example.org")

    assert not ApiToken.objects.filter(person=manager, revoked_at=None).exists()
    assert "password1" not in Client().get(link, follow=True).content.decode()
    assert [one.email for one in EmailAddress.objects.filter(user=manager)] == ["new@example.org"]


def mails() -> list[Any]:
    with scope(PROGRAMME):
        for mail in Mail.objects.filter(status="queued"):
            work(Mail, mail.pk)
    return list(outgoing.outbox)


def test_the_former_address_is_told_and_not_the_new_one(desk: Client, manager: Any) -> None:
    former = manager.email

    send(desk, manager, email="new@example.org")
    [told] = mails()

    assert told.to == [former]
    assert told.subject == "OAS Cyber: Your account has another e-mail address"
    assert "tell your programme officer" in told.body
    assert "new@example.org" not in told.body + told.alternatives[0][0]


def test_it_is_told_even_when_the_account_was_closed_with_it(desk: Client, manager: Any) -> None:
    former = manager.email

    send(desk, manager, email="new@example.org")
    User.objects.filter(pk=manager.pk).update(is_active=False)

    assert [mail.to for mail in mails()] == [[former]]


def test_each_former_address_is_told_of_its_own_change(desk: Client, manager: Any) -> None:
    former = manager.email

    for address in ("second@example.org", "third@example.org"):
        send(desk, manager, email=address)

    assert sorted(mail.to[0] for mail in mails()) == sorted([former, "second@example.org"])


def test_another_name_is_told_to_nobody(desk: Client, manager: Any) -> None:
    send(desk, manager, name="Marta de la Gestión")

    assert not mails()


def test_an_equal_and_oneself_are_read_only(desk: Client, admin: Any) -> None:
    equal = make_staff("Other Keeper", "administrator")

    for person in (equal, admin):
        assert send(desk, person, email="new@example.org") == 403
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("page", ["accounts_user_add", "member_states_liaison_add"])
def test_nobody_is_added(desk: Client, page: str) -> None:
    assert desk.get(reverse(f"admin:{page}")).status_code == 403
