"""What the team of Chile asks to be told of, its own words in it; the mail about each alert, posted to everybody."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils import timezone

from accounts.actions import digest_of
from common.scope import PROGRAMME, Reach, scope
from common.sealing import seal
from csirt_network.mailbox_letters import CONFIRM, address_to_stop
from csirt_network.models import Announcement, FeedToken, Mailbox, MailboxLetter, Subscription, Team, Webhook
from notices.outbox import post
from tests.access.canaries import CHILE, canary

KINDS = ("subscription", "mailbox", "mailbox-link", "mailbox-stop", "webhook", "feed", "feed-secret")
FEED_SECRET = "the-secret-of-a-feed"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def make_subscriptions(world: Any) -> dict[str, Any]:
    """Everybody subscribes to everything; the feed whose address is known is that of a liaison."""
    team, own = world.people["team"], world.people["own"]
    chile = Team.objects.get(slug="csirt-chile")
    for person in world.people.values():
        with scope(Reach(person=person.pk)):
            Subscription.objects.create(person=person)
    with scope(Reach(person=own.pk)):
        _feed(own, None, "A reader", digest=digest_of(FEED_SECRET))
    with scope(Reach(person=team.pk, teams=(chile.pk,))):
        made = _of_team(chile, team)
    _announce(world)
    return made


def _of_team(chile: Team, person: Any) -> dict[str, Any]:
    address = f"{canary(CHILE, 'TEAM', 'mailbox')}@example.org"
    confirmed = Mailbox.objects.create(team=chile, address=address, made_by=person, confirmed_at=timezone.now())
    waiting = Mailbox.objects.create(team=chile, address="waiting@example.org", made_by=person)
    MailboxLetter.objects.create(mailbox=confirmed, key="confirm-1", status="done")
    Subscription.objects.create(person=person, mailbox=confirmed, words=[canary(CHILE, "TEAM", "word-of-mailbox")])
    return {
        "subscription": Subscription.objects.create(person=person, words=[canary(CHILE, "NAMED", "word")]),
        "mailbox": waiting,
        "webhook": Webhook.objects.create(
            team=chile,
            name=canary(CHILE, "TEAM", "webhook"),
            url=f"https://www.example.org/{canary(CHILE, 'TEAM', 'webhook-address')}",
            secret=seal(SECRET),
            words=[canary(CHILE, "TEAM", "word-of-webhook")],
            made_by=person,
        ),
        "feed": _feed(person, chile, canary(CHILE, "TEAM", "feed"), digest="b" * 64),
        "own-feed": _feed(person, None, canary(CHILE, "NAMED", "feed"), digest="c" * 64),
    }


def _feed(person: Any, team: Team | None, name: str, *, digest: str) -> FeedToken:
    """Its use was noted just now, so that reading it writes nothing."""
    until = timezone.now() + timedelta(days=30)
    facts = {"prefix": "abcdef", "expires_at": until, "last_used_at": until}
    return FeedToken.objects.create(person=person, team=team, name=name, digest=digest, **facts)


def _announce(world: Any) -> None:
    """In the scope of whoever may write it: an announcement is not read by whom it does not concern."""
    with scope(PROGRAMME):
        rows = [
            Announcement(alert_id=alert.pk, version=alert.version, status="done") for alert in world.alerts.values()
        ]
        Announcement.objects.bulk_create(rows, ignore_conflicts=True)
        for pk in Announcement.objects.values_list("pk", flat=True):
            post(kind="alert matched", object_id=pk, people=world.people.values(), threshold="a test")


def subscription_arguments(world: Any, kind: str) -> dict[str, Any]:
    made = world.subscriptions
    if kind == "mailbox-link":
        return {"token": signing.dumps([made["mailbox"].pk, "waiting@example.org"], salt=CONFIRM)}
    if kind == "mailbox-stop":
        return {"token": address_to_stop(made["mailbox"]).split("/")[-2]}
    return {"token": FEED_SECRET} if kind == "feed-secret" else {"pk": made[kind].pk}
