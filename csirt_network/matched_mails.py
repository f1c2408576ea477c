"""Mails to people about what they subscribed to, and about webhooks of their team. Texts: templates/emails."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from csirt_network.announcing import KIND, alert_of, of_person
from csirt_network.mails import ALERTS, Matched
from csirt_network.models import Announcement, Webhook
from notices.kinds import Matter, mail_kind
from notices.models import Mail
from notices.paces import Pace, paces_of, soonest


def readers(person: Any) -> bool:
    return bool(person.has_perm("csirt_network.subscribe"))


SUBSCRIPTIONS = Matter("subscriptions", _("Alerts that match a subscription of yours"), readers)
OF_VERSION = ("alert", "alert to answer", "alert updated")  # the mails that go to whom an alert was sent


def register() -> None:
    mail_kind(KIND, find=matched_for, template="emails/alert_matched", matter=SUBSCRIPTIONS, pace=pace_of)
    mail_kind("webhook paused", find=webhook_for, template="emails/webhook_paused")


def matched_for(person: Any, pk: int) -> Matched | None:
    """None when it may not be read any more, matches nothing any more, or is in a mail of its own."""
    announcement = Announcement.objects.visible_to(person).filter(pk=pk).first()
    if announcement is None or is_told_already(person, announcement) or not of_person(announcement, person):
        return None
    alert = alert_of(announcement, person)
    return Matched(alert) if alert else None


def pace_of(person: Any, pk: int) -> str:
    """Of the subscriptions that match, the one that wants it soonest."""
    announcement = Announcement.objects.visible_to(person).filter(pk=pk).first()
    found = of_person(announcement, person) if announcement else []
    return soonest(subscription.pace for subscription in found) if found else Pace.AT_ONCE


def is_told_already(person: Any, announcement: Announcement) -> bool:
    """Whom an alert is sent to gets a mail about it, unless they switched those off."""
    threshold = "" if announcement.version == 1 else f"v{announcement.version}"
    mails = Mail.objects.visible_to(person).filter(
        person=person, kind__in=OF_VERSION, object_id=announcement.alert_id, threshold=threshold
    )
    coming = Q(status__in=("queued", "running"))
    if paces_of(person).get(ALERTS.name) == Pace.NEVER:
        coming &= Q(kind="alert to answer")
    return mails.filter(Q(sent_at__isnull=False) | Q(digest__isnull=False) | coming).exists()


def webhook_for(person: Any, pk: int) -> Webhook | None:
    found = Webhook.objects.visible_to(person).select_related("team").filter(pk=pk, paused_at__isnull=False).first()
    return found if found and person.has_perm("csirt_network.keep_channels", found.team) else None
