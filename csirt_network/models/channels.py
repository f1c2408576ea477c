"""Ways by which programs are told of alerts: webhooks of teams, and feeds that a token opens."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.walls import Audited, SqlCheck
from csirt_network import webhook_sending
from csirt_network.models.subscriptions import AlertRule, Announcement, wall, work_wall
from csirt_network.models.teams import OWN_TEAM, Team
from csirt_network.querysets.subscriptions import FeedTokenQuerySet, WebhookDeliveryQuerySet, WebhookQuerySet
from notices.models import Job

OF_WEBHOOK = "webhook_id IN (SELECT w.id FROM csirt_network_webhook w)"
OWN_FEED = f"(team_id IS NULL AND person_id = {{person}}) OR {OWN_TEAM}"


class Webhook(AlertRule):
    """An address of a team's own that is told of alerts by program. Its secret signs what is sent, and stays sealed."""

    MOST: ClassVar[int] = 5  # of one team

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="webhooks", verbose_name=_("team"))
    name = models.CharField(_("name"), max_length=60)
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(max_length=300, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, editable=False)
    why_paused = models.TextField(_("why it was paused"), blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("team", "name")
        constraints: ClassVar = (
            SqlCheck(name="webhook_is_https", check="url LIKE 'https://%'"),
            wall("webhook_wall", OWN_TEAM),
            Audited(name="webhook_audited", state="", private=True, without="secret"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("webhook-detail", args=[self.pk])

    @property
    def status(self) -> str:
        """A code of the house's table of status words."""
        if self.ended_at:
            return "ended"
        return "paused" if self.paused_at else "active"

    @property
    def why(self) -> str:
        """Why it was paused, in the reader's language."""
        return gettext(self.why_paused) if self.why_paused else ""


class WebhookDelivery(Job):
    """One event for one webhook, once: a version of an alert, or a test. `codes`: what was answered; 0 is no answer."""

    MAX_ATTEMPTS = 8  # sixteen hours, the pauses growing to six hours

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", editable=False)
    event = models.CharField(_("event"), max_length=60, editable=False)
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    codes = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("answers"), default=list, editable=False)
    sent_at = models.DateTimeField(_("taken at"), null=True, editable=False)

    objects = WebhookDeliveryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("delivery to a webhook")
        verbose_name_plural = _("deliveries to webhooks")
        ordering = ("-queued_at", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="webhook_delivery_once", fields=("webhook", "event")),
            work_wall("webhook_delivery_wall", OF_WEBHOOK),
            Audited(name="webhook_delivery_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.webhook_id}, {self.event}"

    def perform(self) -> None:
        webhook_sending.deliver(self)


class FeedToken(models.Model):
    """Opens an Atom feed: of a person, or of a team while `person`, who made it, is of the team.

    Only the digest of the secret is kept. What the feed shows is what they may read at that moment.
    """

    MOST: ClassVar[int] = 5  # usable ones of one person
    DAYS: ClassVar[int] = 365

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_tokens", verbose_name=_("person")
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="feed_tokens", verbose_name=_("team")
    )
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = FeedTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = (
            wall("feed_token_wall", OWN_FEED),
            Audited(name="feed_token_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        """A code of the house's table of status words."""
        if self.revoked_at:
            return "revoked"
        return "active" if self.expires_at > timezone.now() else "expired"
