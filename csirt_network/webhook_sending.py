"""Deliveries to webhooks, signed as Standard Webhooks says (headers webhook-id, webhook-timestamp, webhook-signature).

The body tells which alert, its label and where it is read; its text only under TLP:GREEN and CLEAR. It goes to the
address that was given and nowhere else: through the one fetcher that cannot be turned inwards, and along no redirect.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db.models import F, Func, Value
from django.utils import timezone
from django.utils.translation import gettext_noop

from common.fetching import Fetcher, NotAllowed, Unreachable
from common.scope import PROGRAMME, scope
from common.sealing import unseal
from common.tlp import Tlp
from common.translated import SUFFIXES
from csirt_network.announcing import feedable, those_that_match
from csirt_network.models.teams import TeamMember
from csirt_network.team_reader import TeamReader
from notices.outbox import post
from notices.work import Hopeless, Postponed, finish

if TYPE_CHECKING:
    from csirt_network.models.alerts import Alert
    from csirt_network.models.channels import Webhook, WebhookDelivery
    from csirt_network.models.subscriptions import Announcement

FETCHER = Fetcher(seconds=10, most_bytes=1024, redirects=0, ports=(443,))
MARK = "whsec_"
TEXTS = ("title", "happening", "to_do")
GONE = 410
NO_CONCERN = gettext_noop("Not sent: nothing of it matches any more.")
IS_PAUSED = gettext_noop("Not sent: the webhook is paused or ended.")
NO_ANSWER = gettext_noop("The address could not be reached.")
REFUSED = gettext_noop("The address did not take it.")
IS_GONE = gettext_noop("The address said that nothing more should be sent to it (410).")
NOT_PUBLIC = gettext_noop("The address is not one on the public internet: nothing was sent.")


def deliver(delivery: "WebhookDelivery") -> None:
    """Once it is taken, or nobody asks for it any more, it is done; after the last attempt the webhook is paused."""
    token = delivery.attempts
    with scope(PROGRAMME):
        webhook, announcement = _model("Webhook").objects.get(pk=delivery.webhook_id), delivery.announcement
    is_test = announcement is None
    if webhook.ended_at or (webhook.paused_at and not is_test):
        return finish(delivery, token, reason=IS_PAUSED)
    body = body_of(announcement, webhook) if announcement else test_body()
    if body is None:
        return finish(delivery, token, reason=NO_CONCERN)
    wrong = _send(delivery, webhook, body)
    if not wrong:
        return finish(delivery, token, sent_at=timezone.now())
    is_last = wrong in (IS_GONE, NOT_PUBLIC) or is_test or token % delivery.MAX_ATTEMPTS == 0
    if is_last and not is_test:
        pause(webhook, wrong)
    raise (Hopeless if is_last else Postponed)(wrong)


def body_of(announcement: "Announcement", webhook: "Webhook") -> dict[str, Any] | None:
    """As the team may read it now; None when the team may not, or the webhook does not ask for it any more."""
    reader = TeamReader(webhook.team_id)
    with scope(reader.reach, read_only=True, page="webhook"):
        alert = feedable(announcement, reader)
        if alert is None or not those_that_match([webhook], alert, reader):
            return None
        what = "alert.published" if alert.version == 1 else "alert.updated"
        moment = announcement.at.astimezone(UTC).isoformat(timespec="seconds")
        return {"type": what, "timestamp": moment, "data": data_of(alert)}


def test_body() -> dict[str, Any]:
    return {"type": "test", "timestamp": timezone.now().astimezone(UTC).isoformat(timespec="seconds"), "data": {}}


def data_of(alert: "Alert") -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": alert.pk,
        "code": alert.code,
        "version": alert.version,
        "tlp": alert.get_tlp_display(),
        "pap": alert.get_pap_display(),
        "url": settings.SITE_URL + alert.get_absolute_url(),
    }
    if alert.tlp not in (Tlp.CLEAR, Tlp.GREEN):
        return told
    texts = {name: {s.replace("_", "-"): getattr(alert, f"{name}_{s}") for s in SUFFIXES} for name in TEXTS}
    return told | {
        "kind": alert.kind,
        "rsit": alert.rsit,
        "cves": alert.cves,
        "products": alert.products,
        **{name: {language: text for language, text in words.items() if text} for name, words in texts.items()},
    }


def signature(secret: str, message: str, moment: int, body: bytes) -> str:
    """Standard Webhooks, "signature scheme": HMAC-SHA256 over id, time and body, separated by full stops."""
    key = base64.b64decode(secret.removeprefix(MARK))
    signed = hmac.new(key, f"{message}.{moment}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def _send(delivery: "WebhookDelivery", webhook: "Webhook", told: dict[str, Any]) -> str:
    """What went wrong, or nothing."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    message, moment = f"msg_{delivery.pk}", int(timezone.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(unseal(webhook.secret), message, moment, body),
    }
    try:
        code = replace(FETCHER, headers=headers).ask("POST", webhook.url, body).status
    except NotAllowed:
        code, wrong = 0, NOT_PUBLIC
    except Unreachable:
        code, wrong = 0, NO_ANSWER
    else:
        wrong = "" if 200 <= code < 300 else IS_GONE if code == GONE else REFUSED
    _note(delivery, code)
    return wrong


def _note(delivery: "WebhookDelivery", code: int) -> None:
    with scope(PROGRAMME, page="webhook"):
        codes = Func(F("codes"), Value(code), function="array_append")
        _model("WebhookDelivery").objects.filter(pk=delivery.pk).update(codes=codes)


def pause(webhook: "Webhook", why: str) -> None:
    """And tells those who may set it going again."""
    now = timezone.now()
    with scope(PROGRAMME, page="webhook"):
        running = _model("Webhook").objects.running().filter(pk=webhook.pk)
        if running.update(paused_at=now, why_paused=why):
            members = TeamMember.objects.current().filter(team=webhook.team_id, kind="representative")
            people = [member.person for member in members.select_related("person")]
            post(kind="webhook paused", object_id=webhook.pk, people=people, threshold=f"{now:%y%m%d%H%M%S}")


def _model(name: str) -> Any:
    return apps.get_model("csirt_network", name)
