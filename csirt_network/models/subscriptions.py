"""What people and teams asked to be told of: subscriptions, functional mailboxes, webhooks and feeds.

All of it is the person's or the team's: staff do not read it. Only the programme's own work, which is no person
(`common.scope.PROGRAMME`), goes through it when an alert goes out.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from common.walls import EVERYBODY, NOBODY, Audited, Locked, RowWall, SqlCheck
from csirt_network import mailbox_letters, webhook_sending
from csirt_network.announcing import walk
from csirt_network.models.alerts import Alert
from csirt_network.models.teams import OWN_TEAM, Team
from csirt_network.querysets.subscriptions import (
    AnnouncementQuerySet,
    FeedTokenQuerySet,
    MailboxLetterQuerySet,
    MailboxMatchQuerySet,
    MailboxQuerySet,
    SubscriptionQuerySet,
    WebhookDeliveryQuerySet,
    WebhookQuerySet,
)
from csirt_network.sectors import Sector
from notices.models import Job
from notices.paces import Pace

PORTAL_ITSELF = "{person} IS NULL"  # of the programme: its own work, and nobody of its staff
OF_MAILBOX = "mailbox_id IN (SELECT m.id FROM csirt_network_mailbox m)"
OF_WEBHOOK = "webhook_id IN (SELECT w.id FROM csirt_network_webhook w)"
OF_ALERT = "alert_id IN (SELECT a.id FROM csirt_network_alert a)"
ONES_OWN = f"(mailbox_id IS NULL AND person_id = {{person}}) OR (mailbox_id IS NOT NULL AND {OF_MAILBOX})"
OWN_FEED = f"(team_id IS NULL AND person_id = {{person}}) OR {OWN_TEAM}"


def wall(name: str, own: str) -> RowWall:
    """For whom it belongs to, staff among them, and the portal itself."""
    both = f"({own}) OR {PORTAL_ITSELF}"
    return RowWall(name=name, read=own, write=own, staff_read=both, staff_write=both)


def work_wall(name: str, own: str) -> RowWall:
    """Work of the portal that its owner may look at; whoever owns it may order it."""
    both = f"({own}) OR {PORTAL_ITSELF}"
    return RowWall(
        name=name,
        read=own,
        write=NOBODY,
        becomes=own,
        staff_read=both,
        staff_write=PORTAL_ITSELF,
        staff_becomes=both,
    )


class AlertRule(models.Model):
    """Which alerts somebody wants. Each criterion that is given must hold; of several values, one suffices."""

    kinds = ArrayField(models.CharField(max_length=10), verbose_name=_("kinds"), default=list, blank=True)
    incidents = ArrayField(
        models.CharField(max_length=60), verbose_name=_("classes and types of incidents"), default=list, blank=True
    )
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("states"), default=list, blank=True)
    sectors = ArrayField(
        models.CharField(max_length=12, choices=Sector.choices), verbose_name=_("sectors"), default=list, blank=True
    )
    networks = ArrayField(
        models.CharField(max_length=255), verbose_name=_("networks and domains"), default=list, blank=True
    )
    words = ArrayField(models.CharField(max_length=60), verbose_name=_("words"), default=list, blank=True)
    least = models.CharField(_("label, at least"), max_length=12, choices=Tlp.choices, default=Tlp.CLEAR)
    most = models.CharField(_("label, at most"), max_length=12, choices=Tlp.choices, default=Tlp.RED)

    class Meta:
        abstract = True


class Mailbox(models.Model):
    """A functional mailbox of a team. It gets nothing before the link sent to it was used (`confirmed_at`)."""

    MOST: ClassVar[int] = 10  # of one team

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="mailboxes", verbose_name=_("team"))
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, editable=False)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("functional mailbox")
        verbose_name_plural = _("functional mailboxes")
        ordering = ("team", "address")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="mailbox_once", fields=("team", "address"), condition=models.Q(stopped_at=None)
            ),
            wall("mailbox_wall", OWN_TEAM),
            Audited(name="mailbox_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def status(self) -> str:
        """A code of the house's table of status words."""
        if self.stopped_at:
            return "ended"
        return "active" if self.confirmed_at else "unconfirmed"


class Subscription(AlertRule):
    """That a person, or a mailbox of a team, is told of alerts that match; `person` made it."""

    MOST: ClassVar[int] = 20  # of one person, or of one mailbox

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="subscriptions", verbose_name=_("person")
    )
    mailbox = models.ForeignKey(
        Mailbox, on_delete=models.CASCADE, null=True, related_name="subscriptions", verbose_name=_("mailbox")
    )
    pace = models.CharField(
        _("how soon"),
        max_length=8,
        choices=[choice for choice in Pace.choices if choice[0] != Pace.NEVER],
        default=Pace.AT_ONCE,
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ("pk",)
        constraints: ClassVar = (
            wall("subscription_wall", ONES_OWN),
            Audited(name="subscription_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Announcement(Job):
    """That an alert went out, or a version of it: once each. Performing it walks the subscriptions and webhooks."""

    MAX_ATTEMPTS = 16

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="announcements", verbose_name=_("alert"))
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AnnouncementQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("announcement of an alert")
        verbose_name_plural = _("announcements of alerts")
        ordering = ("-at", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="announcement_once", fields=("alert", "version")),
            RowWall(
                name="announcement_wall",
                read=OF_ALERT,
                write=NOBODY,
                becomes=EVERYBODY,
                staff_read=f"{OF_ALERT} OR {PORTAL_ITSELF}",
                staff_write=PORTAL_ITSELF,
                staff_becomes=EVERYBODY,
            ),
            Audited(name="announcement_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.alert_id} v{self.version}"

    def perform(self) -> None:
        walk(self)


class MailboxLetter(Job):
    """A mail to a functional mailbox: the one with the link to confirm it (`key` "confirm-…"), or one with matches.

    Holds no text and no address: it is made when it is sent, of what the team may read then.
    """

    MAX_ATTEMPTS = 16

    mailbox = models.ForeignKey(
        Mailbox, on_delete=models.CASCADE, related_name="letters", editable=False, verbose_name=_("mailbox")
    )
    key = models.CharField(max_length=40, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = MailboxLetterQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("mail to a functional mailbox")
        verbose_name_plural = _("mails to functional mailboxes")
        ordering = ("-queued_at", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="mailbox_letter_once", fields=("mailbox", "key")),
            work_wall("mailbox_letter_wall", OF_MAILBOX),
            Audited(name="mailbox_letter_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.mailbox_id}, {self.key}"

    def perform(self) -> None:
        mailbox_letters.send(self)


class MailboxMatch(models.Model):
    """The ledger of a mailbox: it is told of a version of an alert once, in this letter."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="matches")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(MailboxLetter, on_delete=models.CASCADE, related_name="matches")

    objects = MailboxMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert for a functional mailbox")
        verbose_name_plural = _("alerts for functional mailboxes")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="mailbox_match_once", fields=("mailbox", "announcement")),
            work_wall("mailbox_match_wall", OF_MAILBOX),
            Locked(name="mailbox_match_locked"),
            Audited(name="mailbox_match_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.mailbox_id}, {self.announcement_id}"


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
