"""The administration obeys the rank, and is no second way in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
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


def test_an_equal_and_oneself_are_read_only(desk: Client, admin: Any) -> None:
    equal = make_staff("Other Keeper", "administrator")

    for person in (equal, admin):
        assert send(desk, person, email="new@example.org") == 403
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("page", ["accounts_user_add", "member_states_liaison_add"])
def test_nobody_is_added(desk: Client, page: str) -> None:
    assert desk.get(reverse(f"admin:{page}")).status_code == 403
