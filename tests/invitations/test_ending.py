"""What ends, ends at the next request: for pages, tokens, feeds, forms that stand open, and links (abuse case 12).

Of machine tokens tests/exchange/test_machines.py says the same.
"""

import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import digest_of, make_token
from accounts.models import SignInLink, StaffRole, User
from action_plan.actions import calendar_feeds
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions import feeds
from csirt_network.models import TeamMember
from invitations.actions.ending import end_membership
from member_states.models import Liaison
from notices.models import Mail
from notices.sending import write
from partnerships.models import PartnerContact
from review.actions import Refused
from tests.factories.accounts import make_staff
from tests.factories.partnerships import make_contact, make_partner
from tests.signing_in import sign_in_from_inside

LINK = "the-token-of-one-link"
REASON = "Left the ministry."


@pytest.fixture(autouse=True)
def _trial(settings: Any) -> None:
    settings.TRIAL = True


def end_role(by: Client, person: Any) -> Any:
    return by.post(reverse("role-end", args=[StaffRole.objects.get(person=person).pk]), {"reason": REASON})


def lower(by: Client, person: Any) -> Any:
    held = StaffRole.objects.get(person=person)
    return by.post(reverse("role-change", args=[held.pk]), {"role": "observer", "reason": REASON})


def end_liaison(by: Client, person: Any) -> Any:
    return by.post(reverse("liaison-end", args=[Liaison.objects.get(person=person).pk]), {"reason": REASON})


def end_member(by: Client, person: Any) -> Any:
    return by.post(reverse("member-end", args=[TeamMember.objects.get(person=person).pk]), {"reason": REASON})


def end_contact(by: Client, person: Any) -> Any:
    return by.post(reverse("contact-end", args=[PartnerContact.objects.get(person=person).pk]), {"reason": REASON})


def close(by: Client, person: Any) -> Any:
    return by.post(reverse("account-close", args=[person.pk]))


def session(person: Any) -> tuple[Any, Any]:
    theirs = sign_in_from_inside(Client(), person)
    return lambda: theirs.get("/profile/").status_code, (200, 302)


def token(person: Any) -> tuple[Any, Any]:
    secret = make_token(name="x", scopes=["read"], days=30, by=person)[1]
    shown = {"Authorization": f"Bearer {secret}"}
    return lambda: Client().get("/api/v1/states/", headers=shown).status_code, (200, 401)


def open_form(person: Any) -> tuple[Any, Any]:
    """Typed before, sent after: nothing is saved, and what was typed comes back with the sign-in page."""
    theirs = sign_in_from_inside(Client(), person)
    form = {"name": "New name", "language": "en", "time_zone": "America/Lima"}

    def send() -> bool:
        theirs.post("/profile/", form)
        return User.objects.get(pk=person.pk).name == "New name"

    def again() -> bool:
        User.objects.filter(pk=person.pk).update(name="Old name")
        return send()

    return again, (True, False)


def link(person: Any) -> tuple[Any, Any]:
    def open_it() -> int:
        return Client().get(f"/sign-in/link/{LINK}/").status_code

    SignInLink.objects.create(person=person, digest=digest_of(LINK))
    return open_it, (200, 404)


def calendar(person: Any) -> tuple[Any, Any]:
    with scope(reach_of(person)):
        secret = calendar_feeds.make_feed(name="x", state=None, is_own_work=False, by=person)[1]
    return lambda: Client().get(f"/calendars/{secret}/activities.ics").status_code, (200, 404)


def feed(person: Any) -> tuple[Any, Any]:
    with scope(reach_of(person)):
        secret = feeds.make_feed(name="x", team=None, by=person)[1]
    return lambda: Client().get(f"/feeds/{secret}/alerts.atom").status_code, (200, 404)


EVENTS = {
    "role ended": (end_role, "officer"),
    "role lowered": (lower, "officer"),
    "liaison ended": (end_liaison, "lead_chl"),
    "member of a team ended": (end_member, "rep_jam"),
    "contact of a partner ended": (end_contact, "contact"),
    "account closed": (close, "officer"),
    "account of a liaison closed": (close, "lead_chl"),
    "account of a member of a team closed": (close, "rep_jam"),
    "account of a contact closed": (close, "contact"),
}


@pytest.fixture
def contact(db: None) -> Any:
    with scope(PROGRAMME):
        return make_contact("Pia Partner", make_partner("Harbour Foundation"))


CREDENTIALS = (session, token, open_form, link, calendar, feed)
# Contacts of partners have no feed of alerts.
PAIRS = [(event, one) for event in EVENTS for one in CREDENTIALS if (EVENTS[event][1], one) != ("contact", feed)]


@pytest.mark.parametrize(("event", "credential"), PAIRS)
def test_the_next_request_is_denied(request: Any, manager: Any, event: str, credential: Any) -> None:
    act, who = EVENTS[event]
    person = request.getfixturevalue(who)
    visit, (before, after) = credential(person)
    assert visit() == before

    assert act(sign_in_from_inside(Client(), manager), person).status_code == 302

    assert visit() == after


def test_it_holds_at_once_and_stays_in_the_history(manager: Any, lead_chl: Any, client: Client) -> None:
    end_liaison(sign_in_from_inside(client, manager), lead_chl)

    held = Liaison.objects.get(person=lead_chl)
    assert held.ended_at is not None
    assert (held.why_ended, Liaison.objects.current().exists()) == (REASON, False)
    page = client.get(reverse("person", args=[lead_chl.pk])).content.decode()
    assert REASON in page


def test_who_came_today_may_end_today_and_come_again(manager: Any, officer: Any, client: Client) -> None:
    sign_in_from_inside(client, manager)
    StaffRole.objects.filter(person=officer).update(starts_on=timezone.now().date())

    assert lower(client, officer).status_code == 302
    held = StaffRole.objects.current().get(person=officer)
    assert held.role == "observer"
    client.post(reverse("role-change", args=[held.pk]), {"role": "officer", "reason": REASON})
    assert StaffRole.objects.current().get(person=officer).role == "officer"


def test_the_person_is_told(manager: Any, lead_chl: Any, client: Client) -> None:
    end_liaison(sign_in_from_inside(client, manager), lead_chl)

    with scope(PROGRAMME):
        told = Mail.objects.select_related("person").get(kind="liaison ended")
    told.person = User.objects.get(pk=lead_chl.pk)
    message = write(told)
    assert message is not None
    assert REASON in message.body
    assert message.subject.startswith("Chile:")


def test_ending_needs_a_reason(manager: Any, officer: Any, client: Client) -> None:
    sign_in_from_inside(client, manager)
    held = StaffRole.objects.get(person=officer)

    assert client.post(reverse("role-end", args=[held.pk]), {"reason": " "}).status_code == 422
    assert StaffRole.objects.current().filter(pk=held.pk).exists()


@pytest.mark.parametrize(("role", "words"), [("manager", "last programme manager"), ("administrator", "last admin")])
def test_the_last_one_stays(role: str, words: str, db: None, client: Client) -> None:
    person = make_staff("Only One", role)
    sign_in_from_inside(client, person)

    answer = end_role(client, person)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert StaffRole.objects.current().filter(person=person).exists()


def test_a_manager_who_is_not_the_last_may_lower_themselves(manager: Any, client: Client) -> None:
    make_staff("Other Manager", "manager")
    sign_in_from_inside(client, manager)

    assert lower(client, manager).status_code == 302

    assert StaffRole.objects.current().get(person=manager).role == "observer"
    assert client.get("/profile/").status_code == 302


def test_a_manager_raises_nobody_to_administrator(manager: Any, officer: Any, client: Client) -> None:
    sign_in_from_inside(client, manager)
    held = StaffRole.objects.get(person=officer)

    answer = client.post(reverse("role-change", args=[held.pk]), {"role": "administrator", "reason": REASON})

    assert answer.status_code == 422
    assert StaffRole.objects.current().get(person=officer).role == "officer"


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_leave_at_once_are_not_both_let_go() -> None:
    people = [make_staff(f"Manager {number}", "manager") for number in (1, 2)]
    gate, outcomes = threading.Barrier(2), []

    def leave(person: Any) -> None:
        gate.wait()
        try:
            with scope(PROGRAMME):
                end_membership(held=StaffRole.objects.get(person=person), reason=REASON, by=person)
            outcomes.append("gone")
        except Refused:
            outcomes.append("stays")
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["gone", "stays"]


def test_the_account_is_opened_again_without_what_was_cut_off(manager: Any, officer: Any, client: Client) -> None:
    visit, _codes = token(officer)
    sign_in_from_inside(client, manager)
    close(client, officer)

    client.post(reverse("account-open", args=[officer.pk]))

    assert User.objects.get(pk=officer.pk).is_active
    assert visit() == 401


def test_the_operator_invites_the_first_manager_alone(db: None, client: Client, capsys: Any) -> None:
    call_command("invite", "first@example.org", "First Person")
    link = capsys.readouterr().out.split()[-1]
    call_command("invite", "second@example.org", "Second Person")
    second = capsys.readouterr().out.split()[-1]
    password = {"password1": "seven ripe mangoes fell", "password2": "seven ripe mangoes fell"}

    def path(url: str) -> str:
        return "/" + url.split("/", 3)[3]

    assert client.post(path(link), password).status_code == 302
    assert Client().post(path(second), password).status_code == 404
    assert User.objects.get().staff_roles == {"manager"}
