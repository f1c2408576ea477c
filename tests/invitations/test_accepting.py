"""An invitation lets in one person, once, as what was said, and nobody else (abuse case 13)."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, StaffRole, User
from common.scope import PROGRAMME, reach_of, scope
from invitations.actions.accepting import accept
from invitations.actions.inviting import send_again, take_back
from invitations.models import Invitation
from member_states.models import Liaison
from notices.models import Mail
from notices.sending import write
from tests.factories.accounts import make_person, make_staff
from tests.factories.invitations import PASSWORD, accept_at, link_of, make_invitation
from tests.signing_in import sign_in_from_inside

NONCE = re.compile(rb'nonce="[^"]+"|csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"')


def stored(invitation: Invitation) -> Invitation:
    with scope(PROGRAMME):
        return Invitation.objects.select_related("accepted_by", "state", "invited_by").get(pk=invitation.pk)


def change(invitation: Invitation, **facts: Any) -> None:
    with scope(PROGRAMME):
        Invitation.objects.filter(pk=invitation.pk).update(**facts)


def nadia() -> User | None:
    return User.objects.filter(email="nadia@example.org").first()


def test_the_mail_says_who_invites_to_what_in_the_readers_language(manager: Any) -> None:
    link_of(make_invitation("officer", by=manager))

    message = mail.outbox[-1]
    assert message.to == ["nadia@example.org"]
    assert "Marta Gestora" in message.body
    assert message.extra_headers["Content-Language"] == "es"


def test_no_secret_is_kept_and_none_is_made_before_the_mail(manager: Any) -> None:
    invitation = make_invitation("officer", by=manager)
    assert stored(invitation).digest == []

    secret = link_of(invitation).split("/")[-2]

    assert len(stored(invitation).digest) == 1
    assert secret not in str(stored(invitation).__dict__)
    with scope(PROGRAMME):
        assert not AuditEntry.objects.filter(model="invitations.invitation", after__has_key="digest").exists()


def test_looking_changes_nothing(manager: Any, client: Client) -> None:
    invitation = make_invitation("officer", by=manager)
    link = link_of(invitation)

    page = client.get(link)

    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store, private"
    assert (nadia(), stored(invitation).accepted_at) == (None, None)


def test_accepting_opens_the_account_and_leads_to_the_second_factor(manager: Any, client: Client) -> None:
    invitation = make_invitation("officer", by=manager)

    answer = accept_at(client, link_of(invitation))

    person = nadia()
    assert person is not None
    assert (answer.status_code, answer["Location"]) == (302, "/profile/second-factor/")
    assert (person.name, person.language, person.invited_by, set(person.staff_roles)) == (
        "Nadia Nueva",
        "es",
        manager,
        {"officer"},
    )
    assert person.check_password(PASSWORD)
    assert client.get("/profile/second-factor/").status_code == 200
    assert client.get("/updates/")["Location"] == "/profile/second-factor/"
    assert stored(invitation).accepted_by == person


def test_a_liaison_is_one_of_the_state_that_was_said(manager: Any, chile: Any, client: Client) -> None:
    accept_at(client, link_of(make_invitation("lead", chile, by=manager)))

    liaison = Liaison.objects.current().get(person=nadia())
    assert (liaison.state, liaison.kind) == (chile, "lead")
    assert not StaffRole.objects.filter(person=nadia()).exists()


def test_more_in_the_form_gives_nothing_more(manager: Any, jamaica: Any, client: Client) -> None:
    more = {"email": "else@example.org", "role": "manager", "state": jamaica.pk, "is_active": "on", "name": "Else"}
    link = link_of(make_invitation("observer", by=manager))

    client.post(link, {"password1": PASSWORD, "password2": PASSWORD} | more)

    person = nadia()
    assert person is not None
    assert (person.name, set(person.staff_roles), Liaison.objects.count()) == ("Nadia Nueva", {"observer"}, 0)


@pytest.mark.parametrize("password", ["short", "passwordpassword", "nadia nueva nadia nueva", ""])
def test_the_rules_of_passwords_hold_here_too(manager: Any, client: Client, password: str) -> None:
    link = link_of(make_invitation("officer", by=manager))

    assert accept_at(client, link, password).status_code == 422
    assert nadia() is None


def used(invitation: Invitation, link: str, by: Any) -> None:
    accept_at(Client(), link)


def expired(invitation: Invitation, link: str, by: Any) -> None:
    change(invitation, expires_at=timezone.now() - timedelta(seconds=1))


def revoked(invitation: Invitation, link: str, by: Any) -> None:
    with scope(reach_of(by)):
        take_back(invitation=invitation, by=by)


def sent_again(invitation: Invitation, link: str, by: Any) -> None:
    with scope(reach_of(by)):
        send_again(invitation=invitation, by=by)


def inviter_lowered(invitation: Invitation, link: str, by: Any) -> None:
    StaffRole.objects.filter(person=by).update(role="observer")


def inviter_ended(invitation: Invitation, link: str, by: Any) -> None:
    StaffRole.objects.filter(person=by).update(ended_at=timezone.now())


def inviter_closed(invitation: Invitation, link: str, by: Any) -> None:
    User.objects.filter(pk=by.pk).update(is_active=False)


def account_closed(invitation: Invitation, link: str, by: Any) -> None:
    make_person("Nadia", email="nadia@example.org", is_active=False)


WAYS = (used, expired, revoked, sent_again, inviter_lowered, inviter_ended, inviter_closed, account_closed)


@pytest.mark.parametrize("spoil", WAYS)
def test_what_is_dead_looks_like_what_never_was(manager: Any, spoil: Any) -> None:
    invitation = make_invitation("officer", by=manager)
    link = link_of(invitation)
    spoil(invitation, link, User.objects.get(pk=manager.pk))
    before = (User.objects.count(), StaffRole.objects.count(), Liaison.objects.count())

    for visit in (lambda client, path: client.get(path), accept_at):
        dead, unknown = visit(Client(), link), visit(Client(), "/invitation/link/unknown/")
        assert (dead.status_code, unknown.status_code) == (404, 404)
        assert plain(dead, link) == plain(unknown, "/invitation/link/unknown/")

    assert (User.objects.count(), StaffRole.objects.count(), Liaison.objects.count()) == before


def plain(answer: Any, path: str) -> bytes:
    return NONCE.sub(b"", answer.content).replace(path.encode(), b"")


def test_a_lead_who_is_one_no_more_has_invited_in_vain(lead_chl: Any, chile: Any, client: Client) -> None:
    link = link_of(make_invitation("deputy", chile, by=lead_chl))
    Liaison.objects.filter(person=lead_chl).update(kind="deputy")

    assert accept_at(client, link).status_code == 404


def test_sending_again_makes_a_link_that_serves(manager: Any, client: Client) -> None:
    invitation = make_invitation("officer", by=manager)
    link_of(invitation)
    sent_again(invitation, "", manager)

    assert accept_at(client, link_of(invitation)).status_code == 302


def test_who_has_an_account_signs_in_and_gets_the_role(manager: Any, chile: Any, lead_jam: Any, client: Client) -> None:
    link = link_of(make_invitation("deputy", chile, by=manager, email=lead_jam.email))
    hash_before = lead_jam.password

    stranger = client.get(link)
    assert b'type="password"' not in stranger.content
    assert accept_at(client, link).status_code == 409

    sign_in_from_inside(client, lead_jam)
    assert client.post(link).status_code == 302
    lead_jam.refresh_from_db()
    assert lead_jam.password == hash_before
    assert Liaison.objects.current().filter(person=lead_jam).count() == 2
    assert client.get("/home/").status_code == 200  # the session goes on


def test_a_forwarded_mail_gives_another_account_nothing(manager: Any, lead_jam: Any, client: Client) -> None:
    link = link_of(make_invitation("manager", by=manager))
    sign_in_from_inside(client, lead_jam)

    assert client.get(link).status_code == 200
    assert accept_at(client, link).status_code == 409
    assert (nadia(), StaffRole.objects.filter(person=lead_jam).exists()) == (None, False)


def test_who_invited_is_told(manager: Any, client: Client) -> None:
    accept_at(client, link_of(make_invitation("officer", by=manager)))

    with scope(PROGRAMME):
        told = Mail.objects.select_related("person").get(kind="invitation accepted")
    message = write(told)
    assert told.person == manager
    assert message is not None
    assert "Nadia Nueva" in message.body


def test_the_trail_says_who_came_in(manager: Any, client: Client) -> None:
    link = link_of(make_invitation("officer", by=manager))
    accept_at(client, link)

    with scope(PROGRAMME):
        entry = AuditEntry.objects.get(model="accounts.staffrole", after__person_id=nadia().pk)
        assert (entry.by_id, entry.page) == (nadia().pk, "invitation")
        assert not AuditEntry.objects.filter(page__contains=link.split("/")[-2]).exists()


@pytest.mark.django_db(transaction=True)
def test_two_acceptances_at_once_make_one_account() -> None:
    manager = make_staff("Marta Gestora", "manager")
    secrets = [link_of(make_invitation("officer", by=manager)).split("/")[-2] for _ in range(1)]
    gate, outcomes = threading.Barrier(4), []

    def come_in() -> None:
        gate.wait()
        try:
            outcomes.append(accept(secret=secrets[0], by=None, password=PASSWORD))
        finally:
            connection.close()

    threads = [threading.Thread(target=come_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(outcome is not None for outcome in outcomes) == 1
    assert len(outcomes) == 4
    assert User.objects.filter(email="nadia@example.org").count() == 1
    assert StaffRole.objects.filter(role="officer").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_address_accepted_at_once_make_one_account(settings: Any) -> None:
    manager = make_staff("Marta Gestora", "manager")
    secrets = [link_of(make_invitation(role, by=manager)).split("/")[-2] for role in ("officer", "observer")]
    gate, outcomes = threading.Barrier(2), []

    def come_in(secret: str) -> None:
        gate.wait()
        try:
            outcomes.append(accept(secret=secret, by=None, password=PASSWORD))
        finally:
            connection.close()

    threads = [threading.Thread(target=come_in, args=(secret,)) for secret in secrets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(outcome is not None for outcome in outcomes) == 1
    assert User.objects.filter(email="nadia@example.org").count() == 1
