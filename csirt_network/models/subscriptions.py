"""What people and teams asked to be told of by mail: subscriptions and functional mailboxes (programs: channels.py).

All of it is the person's or the team's: staff do not read it. Only the programme's own work, which is no person
(`common.scope.PROGRAMME`), goes through it when an alert goes out.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from common.walls import EVERYBODY, NOBODY, Audited, Locked, RowWall
from csirt_network import mailbox_letters
from csirt_network.announcing import walk
from csirt_network.models.alerts import Alert
from csirt_network.models.teams import OWN_TEAM, Team
from csirt_network.querysets.subscriptions import (
    AnnouncementQuerySet,
    MailboxLetterQuerySet,
    MailboxMatchQuerySet,
    MailboxQuerySet,
    SubscriptionQuerySet,
)
from csirt_network.sectors import Sector
from notices.models import Job
from notices.paces import Pace

PORTAL_ITSELF = "{person} IS NULL"  # of the programme: its own work, and nobody of its staff
OF_MAILBOX = "mailbox_id IN (SELECT m.id FROM csirt_network_mailbox m)"
OF_ALERT = "alert_id IN (SELECT a.id FROM csirt_network_alert a)"
ONES_OWN = f"(mailbox_id IS NULL AND person_id = {{person}}) OR (mailbox_id IS NOT NULL AND {OF_MAILBOX})"


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
