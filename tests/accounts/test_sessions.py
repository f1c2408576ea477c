"""How long a session lasts, what ends it, and who sees it."""

import time
from datetime import date
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from accounts.actions import make_token, token_of
from accounts.models import StaffRole, User
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from notices.models import Mail
from tests.signing_in import sign_in_from_inside

PASSWORD = "seven grey herons at noon"
NEW = "eleven brown otters by night"


@pytest.fixture
def here(officer: Any) -> Client:
    return sign_in_from_inside(Client(), officer)


@pytest.fixture
def elsewhere(officer: Any) -> Client:
    return sign_in_from_inside(Client(), officer)


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def turn_back(client: Client, name: str, seconds: float) -> None:
    session = client.session
    session[name] = time.time() - seconds
    session.save()


@pytest.mark.parametrize(
    ("name", "seconds", "lives"),
    [
        ("used_at", 29 * 60, True),
        ("used_at", 31 * 60, False),
        ("began_at", 11.9 * 3600, True),
        ("began_at", 12.1 * 3600, False),
    ],
)
def test_half_an_hour_without_use_and_twelve_hours_in_all(here: Client, name: str, seconds: float, lives: bool) -> None:
    turn_back(here, name, seconds)

    assert is_in(here) is lives
    assert is_in(here) is lives


def test_use_keeps_it_alive_and_reading_does_not_write_each_time(here: Client) -> None:
    turn_back(here, "used_at", 29 * 60)
    is_in(here)
    used = here.session["used_at"]
    is_in(here)

    assert time.time() - used < 30
    assert here.session["used_at"] == used


def test_a_session_that_ended_is_gone_from_the_table(here: Client) -> None:
    key = here.session.session_key
    turn_back(here, "used_at", 31 * 60)
    is_in(here)

    assert not UserSession.objects.filter(session_key=key).exists()


def test_a_role_given_or_taken_ends_it(here: Client, officer: Any) -> None:
    assert is_in(here)
    StaffRole.objects.create(person=officer, role="manager", starts_on=date(2020, 1, 1))

    assert not is_in(here)


def test_a_membership_that_ends_ends_it(client: Client, lead_chl: Any) -> None:
    sign_in_from_inside(client, lead_chl)
    assert is_in(client)
    Liaison.objects.filter(person=lead_chl).update(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))

    assert not is_in(client)


def test_a_closed_account_ends_it_for_good(here: Client, officer: Any) -> None:
    officer.is_active = False
    officer.save()
    assert not is_in(here)
    User.objects.filter(pk=officer.pk).update(is_active=True)

    assert not is_in(here)


# The own list


def test_each_sees_the_own_and_ends_one(here: Client, elsewhere: Client, manager: Any) -> None:
    sign_in_from_inside(Client(), manager)
    UserSession.objects.filter(user=manager).update(user_agent="Not mine")
    UserSession.objects.filter(session_key=elsewhere.session.session_key).update(user_agent="Café")
    page = here.get(reverse("session-list")).content.decode()
    assert "This session" in page
    assert "Café" in page
    assert "Not mine" not in page
    other = UserSession.objects.get(user_agent="Café")

    here.post(reverse("session-end", args=[other.pk]))

    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_nobody_ends_another_persons(here: Client, manager: Any) -> None:
    theirs = sign_in_from_inside(Client(), manager)

    here.post(reverse("session-end", args=[UserSession.objects.get(user=manager).pk]))

    assert is_in(theirs)


def test_all_others_at_once(here: Client, elsewhere: Client) -> None:
    here.post(reverse("session-end-others"))

    assert (is_in(here), is_in(elsewhere)) == (True, False)


# By others


def test_an_administrator_signs_somebody_out_everywhere(client: Client, here: Client, manager: Any, admin: Any) -> None:
    theirs = sign_in_from_inside(Client(), manager)
    sign_in_from_inside(client, admin)
    desk = reverse("admin:accounts_user_changelist")

    page = client.post(desk, {"action": "sign_out", "_selected_action": [manager.pk, admin.pk]}, follow=True)

    assert "1 session is ended." in page.content.decode()
    assert (is_in(here), is_in(theirs), is_in(client)) == (True, False, True)


def test_nobody_else_signs_others_out(here: Client, manager: Any) -> None:
    theirs = sign_in_from_inside(Client(), manager)

    here.post(reverse("admin:accounts_user_changelist"), {"action": "sign_out", "_selected_action": [manager.pk]})

    assert is_in(theirs)


def test_the_operator_signs_out_one_or_everybody(here: Client, manager: Any) -> None:
    theirs = sign_in_from_inside(Client(), manager)

    call_command("end_sessions", of=manager.email.upper())
    assert (is_in(here), is_in(theirs)) == (True, False)
    call_command("end_sessions", everybody=True)
    assert not is_in(here)


def test_the_operator_is_told_when_nobody_has_the_address(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody has this e-mail address"):
        call_command("end_sessions", of="nobody@example.org")


def test_a_new_password_ends_what_the_old_one_opened(here: Client, elsewhere: Client, officer: Any) -> None:
    officer.set_password(PASSWORD)
    officer.save()
    for client in (here, elsewhere):
        sign_in_from_inside(client, officer)
    secret = make_token(name="Dashboard", scopes=["read"], days=30, by=officer)[1]

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (is_in(here), is_in(elsewhere), token_of(secret)) == (True, False, None)
    with scope(PROGRAMME):
        assert [mail.kind for mail in Mail.objects.filter(person=officer)] == ["password set"]


# A browser that is new is told of


def test_signing_in_from_a_new_browser_is_told_once(officer: Any, client: Client) -> None:
    officer.set_password(PASSWORD)
    officer.save()
    for _ in range(2):
        client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
        client.get("/help/")
        client.post("/sign-out/")

    with scope(PROGRAMME):
        assert [mail.kind for mail in Mail.objects.filter(person=officer)] == ["signed in elsewhere"]
