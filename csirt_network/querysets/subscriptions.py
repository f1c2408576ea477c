"""What somebody asked to be told of is theirs: a person's own, and of the own teams. Staff read their own alone."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.scope import Reach, reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from csirt_network.models import (
        Announcement,
        FeedToken,
        Mailbox,
        MailboxLetter,
        MailboxMatch,
        Subscription,
        Webhook,
        WebhookDelivery,
    )


def is_portal(reach: Reach) -> bool:
    """The programme's own work, which is nobody of its staff."""
    return reach.staff and reach.person is None


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def visible_to(self, user: Any) -> "MailboxQuerySet":
        reach = reach_of(user)
        return self if is_portal(reach) else self.filter(team__in=reach.teams)

    def standing(self) -> "MailboxQuerySet":
        return self.filter(stopped_at=None)

    def confirmed(self) -> "MailboxQuerySet":
        return self.standing().filter(confirmed_at__isnull=False)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def visible_to(self, user: Any) -> "SubscriptionQuerySet":
        reach = reach_of(user)
        if is_portal(reach):
            return self
        mailboxes = self.model._meta.get_field("mailbox").related_model._base_manager  # type: ignore[union-attr]
        of_teams = Q(mailbox__in=mailboxes.filter(team__in=reach.teams))
        return self.filter(Q(mailbox=None, person=reach.person) | of_teams) if reach.person else self.filter(of_teams)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: Any) -> "WebhookQuerySet":
        reach = reach_of(user)
        return self if is_portal(reach) else self.filter(team__in=reach.teams)

    def standing(self) -> "WebhookQuerySet":
        return self.filter(ended_at=None)

    def running(self) -> "WebhookQuerySet":
        return self.standing().filter(paused_at=None)


class AnnouncementQuerySet(JobQuerySet["Announcement"]):
    def visible_to(self, user: Any) -> "AnnouncementQuerySet":
        if is_portal(reach_of(user)):
            return self
        alerts: Any = self.model._meta.get_field("alert").related_model
        return self.filter(alert__in=alerts.objects.visible_to(user))


class MailboxLetterQuerySet(JobQuerySet["MailboxLetter"]):
    def visible_to(self, user: Any) -> "MailboxLetterQuerySet":
        return self if is_portal(reach_of(user)) else self.filter(mailbox__in=_of(self.model, "mailbox", user))


class MailboxMatchQuerySet(models.QuerySet["MailboxMatch"]):
    def visible_to(self, user: Any) -> "MailboxMatchQuerySet":
        return self if is_portal(reach_of(user)) else self.filter(mailbox__in=_of(self.model, "mailbox", user))


class WebhookDeliveryQuerySet(JobQuerySet["WebhookDelivery"]):
    def visible_to(self, user: Any) -> "WebhookDeliveryQuerySet":
        return self if is_portal(reach_of(user)) else self.filter(webhook__in=_of(self.model, "webhook", user))


class FeedTokenQuerySet(models.QuerySet["FeedToken"]):
    def visible_to(self, user: Any) -> "FeedTokenQuerySet":
        reach = reach_of(user)
        if is_portal(reach):
            return self
        of_teams = Q(team__in=reach.teams)
        return self.filter(Q(team=None, person=reach.person) | of_teams) if reach.person else self.filter(of_teams)

    def usable(self) -> "FeedTokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), person__is_active=True)

    def note_use(self, token: "FeedToken") -> None:
        """To the minute: a program that asks often does not write each time."""
        now = timezone.now()
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
        self.filter(stale, pk=token.pk).update(last_used_at=now)


def _of(model: Any, link: str, user: Any) -> Any:
    """As a subquery, for it is asked behind the wall as well."""
    return model._meta.get_field(link).related_model.objects.visible_to(user).values("pk")
