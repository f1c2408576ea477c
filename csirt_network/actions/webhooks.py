"""Webhooks of teams: made with a secret that is shown once, tried out, set going again, ended."""

import base64
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.events import note
from common.limits import within
from common.sealing import reseal, seal
from csirt_network.models import Team, Webhook, WebhookDelivery
from csirt_network.webhook_sending import MARK
from notices.bell import ring_soon
from review.actions import Refused

MOST_TESTS, TEST_SECONDS = 20, 3600


@transaction.atomic
def make_webhook(*, team: Team, columns: Mapping[str, Any], by: Any) -> tuple[Webhook, str]:
    """The webhook, and its secret, which can be read again by the portal alone."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)  # two at once are counted one by one
    if Webhook.objects.visible_to(by).standing().filter(team=team).count() >= Webhook.MOST:
        raise Refused(_("There are %(count)d already. End one first.") % {"count": Webhook.MOST})
    secret = MARK + base64.b64encode(secrets.token_bytes(32)).decode()
    webhook = Webhook.objects.create(team=team, **columns, secret=seal(secret), made_by=by)
    note("webhook made", account=by.pk, webhook=webhook.pk)
    return webhook, secret


@transaction.atomic
def send_test(*, webhook: Webhook, by: Any) -> WebhookDelivery:
    """Also while it is paused, to see whether the address is well again."""
    if webhook.ended_at:
        raise Refused(_("This webhook is ended."))
    if not within(MOST_TESTS, TEST_SECONDS, of="webhook-test", by=str(webhook.pk)):
        raise Refused(_("Many tests were sent in the last hour. Try again in a while."))
    delivery = WebhookDelivery.objects.create(webhook=webhook, event=f"test-{uuid.uuid4()}")
    ring_soon(delivery)
    return delivery


@transaction.atomic
def resume(*, webhook: Webhook, by: Any) -> None:
    """For what goes out from now on; what was not taken meanwhile is read on the portal."""
    held = Webhook.objects.visible_to(by).filter(pk=webhook.pk, ended_at=None, paused_at__isnull=False)
    if not held.update(paused_at=None, why_paused=""):
        raise Refused(_("This webhook is not paused."))


@transaction.atomic
def end(*, webhook: Webhook, by: Any) -> None:
    """For good, at once. Its secret is forgotten."""
    if Webhook.objects.visible_to(by).filter(pk=webhook.pk, ended_at=None).update(ended_at=timezone.now(), secret=""):
        note("webhook ended", account=by.pk, webhook=webhook.pk)


def reseal_secrets() -> int:
    """In the programme's own scope, when a new key was put in front (common/sealing.py)."""
    webhooks = list(Webhook.objects.standing().select_for_update(no_key=True))
    for webhook in webhooks:
        Webhook.objects.filter(pk=webhook.pk).update(secret=reseal(webhook.secret))
    return len(webhooks)
