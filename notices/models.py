from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.audit import IS_ADMINISTRATOR
from common.walls import EVERYBODY, NOBODY, ONLY_ME, Audited, Locked, RowWall
from notices import sending, work
from notices.paces import Pace
from notices.querysets import DeadAddressQuerySet, JobQuerySet, MailPreferenceQuerySet, MailQuerySet


class Job(models.Model):
    """A piece of work that the database remembers until it is done; Celery only rings.

    Whoever works on it holds a lease; `attempts` is the fencing token: work finished under an older attempt is
    thrown away. A worker that dies loses its lease, and the sweeper rings again.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    MAX_ATTEMPTS: ClassVar[int] = 5

    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued at"), db_default=Now())
    not_before = models.DateTimeField(_("not before"), db_default=Now())
    lease_until = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    reason = models.TextField(_("why it failed"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def kinds(cls) -> Iterable[type["Job"]]:
        """Every table of jobs in the house."""
        return cls.__subclasses__()

    def perform(self) -> None:
        """Does the work and stores its result together with ``finish``; raises when it cannot."""
        raise TypeError(f"{type(self).__name__} must say how it is performed")

    def has_failed(self) -> None:
        """Tells whoever waits for it, if anybody does; in the transaction that writes the failure down."""

    def step(self, done: int, total: int) -> None:
        """Shows how far the work is and keeps hold of it; raises LeaseLost when there is no sense in going on."""
        work.step(self, done, total)

    @property
    def why(self) -> str:
        """The reason in the reader's language; a reason is stored as a message of the catalogue."""
        return gettext(self.reason) if self.reason else ""


class Mail(Job):
    """The outbox and the ledger of reminders in one: (kind, object, threshold, recipient) is written once.

    Holds no text: the mail is made when it is sent, in the language and the reach of the person who reads it.
    """

    MAX_ATTEMPTS = 16  # three days, the pauses growing to six hours

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField(_("record"))
    threshold = models.CharField(_("threshold"), max_length=20, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mails", verbose_name=_("recipient")
    )
    is_private = models.BooleanField(default=False, editable=False)  # of a kind that staff read of to themselves alone
    address = models.EmailField(_("other address"), blank=True)  # told that it is not the recipient's any more
    sent_at = models.DateTimeField(_("sent at"), null=True)
    digest = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="gathered", verbose_name=_("digest")
    )

    objects = MailQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-queued_at", "-id")
        indexes = (
            models.Index(
                name="mail_waiting",
                fields=("not_before",),
                condition=models.Q(status__in=("queued", "running")),
            ),
            models.Index(name="mail_failed", fields=("finished_at",), condition=models.Q(status="failed")),
        )
        constraints = (
            models.UniqueConstraint(name="mail_once", fields=("kind", "object_id", "threshold", "person")),
            # Anyone's action may put a mail to anyone in the outbox; only its recipient and staff see that it is there,
            # and administrators when it failed. Of the private ones the programme's own work, which is nobody's, sees
            # all: it sends them.
            RowWall(
                name="mail_wall",
                read=f"{ONLY_ME} OR (status = 'failed' AND NOT is_private AND {IS_ADMINISTRATOR})",
                write=NOBODY,
                becomes=EVERYBODY,
                staff_read=f"NOT is_private OR {{person}} IS NULL OR {ONLY_ME}",
            ),
            Audited(name="mail_audited", state="", private="is_private"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} → {self.person}"

    def perform(self) -> None:
        sending.send(self)

    @property
    def message_id(self) -> str:
        """The same at every attempt, so that a mail sent twice is recognised as one."""
        return f"<mail-{self.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"


class MailPreference(models.Model):
    """How soon a person wants the mails of a matter (notices/kinds.py); without a row they come at once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences", verbose_name=_("person")
    )
    matter = models.CharField(_("matter"), max_length=40)
    pace = models.CharField(_("how soon"), max_length=8, choices=Pace.choices, default=Pace.AT_ONCE)

    objects = MailPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        ordering = ("person", "matter")
        constraints = (
            models.UniqueConstraint(name="mail_preference_once", fields=("person", "matter")),
            RowWall(name="mail_preference_wall", read=ONLY_ME, write=ONLY_ME, staff_read=ONLY_ME, staff_write=ONLY_ME),
            Audited(name="mail_preference_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.matter}: {self.get_pace_display()}"


class DeadAddress(models.Model):
    """That mail to this address of a person comes back. While it stands and is the person's address, none is sent.

    It ends when the person says that it works again, or somebody of the programme does; another address ends it too.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dead_addresses", verbose_name=_("person")
    )
    address = models.EmailField(_("e-mail address"))
    reason = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("works again since"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = DeadAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address that does not work")
        verbose_name_plural = _("addresses that do not work")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="dead_address_once", fields=("person", "address"), condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="dead_address_ended_by_somebody",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            RowWall(
                name="dead_address_wall",
                read=f"{ONLY_ME} OR {IS_ADMINISTRATOR}",
                write=f"{ONLY_ME} OR {IS_ADMINISTRATOR}",
                becomes=f"({ONLY_ME} AND ended_at IS NOT NULL) OR {IS_ADMINISTRATOR}",
            ),
            Locked(name="dead_address_locked", but=("ended_at", "ended_by_id")),
            Audited(name="dead_address_audited", state="", without="address,reason"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.address}"
