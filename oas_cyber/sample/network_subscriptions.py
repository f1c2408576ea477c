"""What teams of the trial ask to be told of. Its webhook is paused, so that nothing leaves a trial."""

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from csirt_network.actions.feeds import make_feed
from csirt_network.actions.subscriptions import subscribe
from csirt_network.actions.webhooks import make_webhook
from csirt_network.models import Mailbox, Team, Webhook, WebhookDelivery
from oas_cyber.sample.network_directory import Teams

PAUSED = gettext_noop("The address did not take it.")


def make_subscriptions(teams: Teams) -> None:
    for slug, people in teams.people.items():
        subscribe(columns={"kinds": ["warning", "incident"], "pace": "at once"}, mailbox=None, by=people[0])
        if slug == "chile-national":
            _of_chile(teams.members[slug], people[0])


def _of_chile(team: Team, person: User) -> None:
    subscribe(columns={"incidents": ["fraud"], "words": ["banco"], "pace": "weekly"}, mailbox=None, by=person)
    address = {"address": "soc@chile.example", "language": "es", "made_by": person}
    mailbox = Mailbox.objects.create(team=team, confirmed_at=timezone.now(), **address)
    watched = {"networks": ["198.51.100.0/24", "chile.example"], "pace": "at once"}
    subscribe(columns=watched, mailbox=mailbox, by=person)
    Mailbox.objects.create(team=team, address="guardia@chile.example", language="es", made_by=person)
    rule = {"name": "Tickets", "url": "https://hooks.chile.example/oas", "most": "AMBER+STRICT"}
    webhook = make_webhook(team=team, columns=rule, by=person)[0]
    Webhook.objects.filter(pk=webhook.pk).update(paused_at=timezone.now(), why_paused=PAUSED)
    tries = {"status": "failed", "codes": [503, 0, 503], "attempts": 3, "reason": PAUSED}
    WebhookDelivery.objects.create(webhook=webhook, event="test-of-the-sample", finished_at=timezone.now(), **tries)
    make_feed(name="Reader on my phone", team=None, by=person)
