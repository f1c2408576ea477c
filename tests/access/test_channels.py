"""What leaves by itself says no more than a page would: feeds, mails to mailboxes and webhooks, for everybody."""

import json

import pytest
from django.test import Client

from accounts.models import User
from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.actions.feeds import make_feed
from csirt_network.mailbox_letters import matched
from csirt_network.models import Announcement, Mailbox, MailboxLetter, MailboxMatch, Subscription, Team, Webhook
from csirt_network.webhook_sending import body_of
from notices.models import Mail
from notices.sending import write
from tests.access.canaries import HEARS, sung
from tests.access.visits import undone
from tests.factories.exchange import bearer, make_machine_token

pytestmark = pytest.mark.django_db
READERS = ("own", "deputy", "other", "team", "analyst", "sector", "foreign", "officer", "manager", "observer")
TEAMS = {"team": "csirt-chile", "sector": "csirt-banks", "foreign": "cirt-jamaica"}


@pytest.mark.parametrize("role", READERS)
def test_a_feed_says_no_more_than_its_reader_may_hear(world, role):
    with undone():
        heard = sung(read(feed(world, role)))

    assert heard <= HEARS[role]
    assert "CHL-PUBLIC" in heard
    assert not {one for one in heard if one.endswith(("TEAM", "NAMED", "CONSTITUENTS"))}  # above GREEN there is no text


@pytest.mark.parametrize("role", TEAMS)
def test_the_feed_of_a_team_says_no_more(world, role):
    with undone():
        heard = sung(read(feed(world, role, Team.objects.get(slug=TEAMS[role]))))

    assert {"CHL-PUBLIC", "CHL-COMMUNITY"} <= heard <= HEARS["foreign"]


def test_the_public_feed_is_for_everybody(world):
    heard = sung(Client().get("/alerts.atom").content.decode())

    assert heard
    assert heard <= HEARS["anon"]


@pytest.mark.parametrize("role", [None, *TEAMS])
def test_the_feeds_of_misp_say_no_more(world, role):
    """All there are, to nobody and to the program of a team."""
    with undone():
        headers = program_of(world, role) if role else {}
        said = {kind: everything_in(collection, headers) for kind, collection in world.collections.items()}
    heard = {kind: sung(text) for kind, text in said.items()}

    assert heard["public"] >= {"CHL-PUBLIC"}
    assert heard["public"] <= HEARS["anon"]
    assert ("CHL-COMMUNITY" in heard["community"]) is (role is not None)
    assert heard["community"] <= HEARS["foreign"] & HEARS["sector"]
    assert ({"CHL-TEAM", "CHL-CONSTITUENTS"} <= heard["team"]) is (role == "team")
    assert heard["team"] <= (HEARS["analyst"] if role == "team" else frozenset())  # never what is under TLP:RED


@pytest.mark.parametrize("role", TEAMS)
def test_no_channel_says_more_than_its_reader_may_hear(world, role):
    """To a mailbox and to a webhook of the team, of every alert there is."""
    team = Team.objects.get(slug=TEAMS[role])
    with undone():
        letter, webhook, announcements = everything_for(team, world.people[role])
        mail = matched(letter, letter.mailbox)
        told = [body_of(announcement, webhook) for announcement in announcements]
    said = mail.message().as_string() + mail.subject + mail.body + str(mail.alternatives)

    for heard in (sung(said), sung(json.dumps(told))):
        assert {"CHL-PUBLIC", "CHL-COMMUNITY"} <= heard
        assert heard <= HEARS["foreign"] & HEARS["sector"]  # of all labels, what has text is the community's
    assert ("TLP:AMBER+STRICT" in json.dumps(told)) is (role != "sector")
    assert "TLP:RED" not in said + json.dumps(told)


def test_mails_about_subscriptions_say_no_more(world):
    with scope(PROGRAMME):
        mails = list(Mail.objects.filter(kind="alert matched").select_related("person"))
    found = {mail: message for mail in mails if (message := write(mail))}

    assert found
    for mail, message in found.items():
        heard = sung(message.message().as_string(), message.subject, message.body)
        assert heard <= HEARS[world.roles[mail.person_id]]
        assert not {one for one in heard if one.endswith(("TEAM", "NAMED", "CONSTITUENTS"))}


def feed(world, role, team=None):
    person = User.objects.get(pk=world.people[role].pk)
    with scope(reach_of(person)):
        return make_feed(name="A reader", team=team, by=person)[1]


def read(secret):
    response = Client().get(f"/feeds/{secret}/alerts.atom")
    assert response.status_code == 200
    return response.content.decode()


def program_of(world, role):
    return bearer(*make_machine_token(world.people[role], Team.objects.get(slug=TEAMS[role])))


def everything_in(collection, headers):
    """The text of the whole feed; nothing of one that is not found."""
    folder = f"/misp/{collection.uuid}/"
    manifest = Client().get(f"{folder}manifest.json", headers=headers)
    if manifest.status_code == 404:
        return ""
    events = [Client().get(f"{folder}{name}.json", headers=headers) for name in manifest.json()]
    assert {event.status_code for event in events} <= {200}
    return manifest.content.decode() + "".join(event.content.decode() for event in events)


def everything_for(team, person):
    """A mailbox and a webhook that ask for everything, told of every alert, whomever it concerns."""
    with scope(Reach(person=person.pk, teams=(team.pk,))):
        box = Mailbox.objects.create(team=team, address="all@example.org", made_by=person)
        Subscription.objects.create(person=person, mailbox=box)
        hook = Webhook.objects.create(team=team, name="All", url="https://www.example.org/", made_by=person)
    with scope(PROGRAMME):
        letter = MailboxLetter.objects.create(mailbox=box, key="all")
        announcements = list(Announcement.objects.all())
        MailboxMatch.objects.bulk_create(
            MailboxMatch(mailbox=box, announcement=one, letter=letter) for one in announcements
        )
        assert letter.mailbox.team
    return letter, hook, announcements
