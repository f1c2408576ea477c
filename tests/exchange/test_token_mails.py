"""Whoever acts for a team is told what happens to its tokens, once for each time, and never the secret."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.actions import revoke_all
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import NetworkMembership, TeamMember
from exchange.actions.tokens import revoke
from exchange.models import MachineToken
from exchange.tasks import remind_of_machine_tokens
from notices.models import Mail
from notices.work import work
from tests.csirt_network.alerts import fresh
from tests.factories.csirt_network import make_member
from tests.factories.exchange import make_machine_token

pytestmark = pytest.mark.django_db


def posted(kind):
    with scope(PROGRAMME):
        found = Mail.objects.filter(kind=f"machine token {kind}").order_by("pk")
        return [(one.person.name, one.threshold) for one in found.select_related("person")]


def send():
    """Whoever is written to now."""
    mail.outbox.clear()
    with scope(PROGRAMME):
        waiting = list(Mail.objects.filter(status="queued").values_list("pk", flat=True))
    for pk in waiting:
        work(Mail, pk)
    return {(message.to[0], message.subject) for message in mail.outbox}


@pytest.fixture
def colleague(csirt_jam):
    return make_member("Carl Colleague", csirt_jam, "representative")


def test_all_representatives_are_told_of_a_new_one(rep_jam, csirt_jam, colleague, rep_chl):
    make_member("Anna Analyst", csirt_jam, "analyst")
    token, secret = make_machine_token(rep_jam, csirt_jam)

    assert send() == {
        (person.email, "CIRT of Jamaica: the machine token “MISP” was made") for person in (rep_jam, colleague)
    }
    for message in mail.outbox:
        assert secret not in str(message.message())
        assert token.key not in str(message.message())
        assert rep_jam.name in message.body


def test_and_of_one_that_is_revoked(rep_jam, csirt_jam, colleague):
    token, _secret = make_machine_token(rep_jam, csirt_jam)
    for person in (rep_jam, colleague):
        with scope(reach_of(fresh(person))):
            revoke(token=token, by=fresh(person))

    assert sorted(posted("revoked")) == [(colleague.name, ""), (rep_jam.name, "")]
    assert {subject for _to, subject in send()} == {"CIRT of Jamaica: the machine token “MISP” was revoked"}


def test_also_when_all_secrets_of_its_maker_end(rep_jam, csirt_jam, colleague):
    make_machine_token(rep_jam, csirt_jam)
    make_machine_token(colleague, csirt_jam)
    revoke_all(person=rep_jam)

    assert sorted(posted("revoked")) == [(colleague.name, ""), (rep_jam.name, "")]


@pytest.mark.parametrize(
    ("days_left", "threshold"),
    [(15, None), (13.9, "14 days"), (3, "14 days"), (1.9, "2 days"), (0.1, "2 days"), (-1, None)],
)
def test_before_one_expires_they_are_told_twice(rep_jam, csirt_jam, days_left, threshold):
    token, _secret = make_machine_token(rep_jam, csirt_jam)
    with time_machine.travel(token.expires_at - timedelta(days=days_left)):
        remind_of_machine_tokens()
        remind_of_machine_tokens()

    assert posted("expires") == ([(rep_jam.name, threshold)] if threshold else [])


def test_each_of_the_two_comes_once(rep_jam, csirt_jam):
    token, _secret = make_machine_token(rep_jam, csirt_jam)
    for days in (14, 13, 3, 2, 1):
        with time_machine.travel(token.expires_at - timedelta(days=days) + timedelta(minutes=1)):
            remind_of_machine_tokens()

    assert posted("expires") == [(rep_jam.name, "14 days"), (rep_jam.name, "2 days")]


def test_what_was_revoked_meanwhile_is_not_told_to_expire(rep_jam, csirt_jam):
    token, _secret = make_machine_token(rep_jam, csirt_jam)
    send()
    with time_machine.travel(token.expires_at - timedelta(days=13)):
        remind_of_machine_tokens()
        with scope(PROGRAMME):
            MachineToken.objects.update(revoked_at=timezone.now())
        assert send() == set()
        remind_of_machine_tokens()
    assert len(posted("expires")) == 1


def test_when_its_maker_leaves_the_others_are_told_that_it_stopped(rep_jam, csirt_jam, colleague):
    make_machine_token(rep_jam, csirt_jam)
    send()
    TeamMember.objects.filter(person=rep_jam).update(ended_at=timezone.now())
    for _ in range(2):
        remind_of_machine_tokens()

    assert posted("stopped") == [(colleague.name, f"{rep_jam.pk}")]
    assert send() == {(colleague.email, "CIRT of Jamaica: the machine token “MISP” has stopped")}


def test_who_acts_no_more_is_told_nothing(rep_jam, csirt_jam):
    make_machine_token(rep_jam, csirt_jam)
    TeamMember.objects.filter(person=rep_jam).update(kind="analyst")
    assert send() == set()


def test_a_team_that_left_the_network_is_told_nothing(rep_jam, csirt_jam):
    make_machine_token(rep_jam, csirt_jam)
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_jam).update(ended_at=timezone.now())
    assert send() == set()
