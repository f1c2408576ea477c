"""Rounds, and each state's update in them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from capability.models.framework import Edition
from capability.querysets import (
    ExtensionQuerySet,
    RoundQuerySet,
    SubmissionQuerySet,
    UpdateMoveQuerySet,
    UpdateQuerySet,
)
from common.days import today
from common.translated import suffix
from common.walls import NOBODY, OWN_STATE, OWN_STATE_OR_SHARED, Audited, Locked, RowWall, SameState
from member_states.models import MemberState, Sharing
from review.models import Move, Snapshot, Submittable
from review.states import Status


class Round(models.Model):
    """A call for updates. Open from `opened_at` until `closed_at`; late means after `due_on` and before it closes."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number in the year"))
    slug = models.SlugField(unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("edition"))
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    due_on = models.DateField(_("due on"))
    invitation_en = models.TextField(_("invitation in English"), blank=True, max_length=2000)
    invitation_es = models.TextField(_("invitation in Spanish"), blank=True, max_length=2000)
    invitation_fr = models.TextField(_("invitation in French"), blank=True, max_length=2000)
    invitation_pt_br = models.TextField(_("invitation in Portuguese"), blank=True, max_length=2000)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("update round")
        verbose_name_plural = _("update rounds")
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(name="round_once", fields=("year", "number")),
            models.CheckConstraint(
                name="round_period_in_order",
                condition=models.Q(period_to__gte=models.F("period_from"))
                & models.Q(due_on__gte=models.F("period_from")),
            ),
            models.CheckConstraint(
                name="round_opened_by_and_at",
                condition=models.Q(opened_by=None, opened_at=None)
                | models.Q(opened_by__isnull=False, opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="round_closed_by_and_at",
                condition=models.Q(closed_by=None, closed_at=None)
                | models.Q(closed_by__isnull=False, closed_at__isnull=False),
            ),
            Audited(name="round_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("round-detail", args=[self.slug])

    @property
    def title(self) -> str:
        ordinal = {1: gettext("First update of %(year)s"), 2: gettext("Second update of %(year)s")}
        words = ordinal.get(self.number, gettext("Update %(number)s of %(year)s"))
        return words % {"year": self.year, "number": self.number}

    @property
    def invitation(self) -> str:
        """What the mail says in the reader's language; empty: the standard words, never those of another language."""
        words: str = getattr(self, f"invitation_{suffix()}")
        return words.strip()

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and today() > self.due_on


class Update(Submittable):
    """One state's answer to one round, or its published baseline of an edition (no round, number 0).

    Staff see that a draft exists and how far it is (`answered`), never what it says.
    """

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="updates", verbose_name=_("state"))
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, related_name="updates", verbose_name=_("round")
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="updates", verbose_name=_("edition"))
    answered = models.PositiveSmallIntegerField(_("questions answered"), default=0, editable=False)
    last_saved_at = models.DateTimeField(_("last saved"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    audience = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.PROGRAMME, editable=False)
    extended_until = models.DateField(_("extended until"), null=True, editable=False)  # by its last Extension

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("capability update")
        verbose_name_plural = _("capability updates")
        ordering = ("-round__year", "-round__number", "state")
        constraints = (
            models.UniqueConstraint(name="update_once_per_round", fields=("state", "round")),
            models.UniqueConstraint(
                name="baseline_once_per_edition", fields=("state", "edition"), condition=models.Q(round=None)
            ),
            models.CheckConstraint(
                name="update_accepted_when_dated",
                condition=models.Q(status="accepted", accepted_at__isnull=False)
                | (~models.Q(status="accepted") & models.Q(accepted_at=None)),
            ),
            # Accepting, and showing what was accepted, is the programme's.
            RowWall(
                name="update_wall",
                read=OWN_STATE_OR_SHARED,
                write=OWN_STATE,
                becomes=f"{OWN_STATE} AND status <> 'accepted' AND audience = 'programme'",
            ),
            Audited(name="update_audited"),
        )

    def __str__(self) -> str:
        return f"{self.state}, {self.round or self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("update-detail", args=[self.state.slug, self.round.slug]) if self.round else ""

    @property
    def due_on(self) -> date | None:
        return self.extended_until or (self.round.due_on if self.round else None)

    @property
    def is_open(self) -> bool:
        """Whether the state may still answer: the round is open, the update came back, or has more time."""
        if self.round is None or self.round.opened_at is None:
            return False
        has_time = self.extended_until is not None and self.extended_until >= today()
        return self.round.is_open or self.status == Status.RETURNED or has_time

    @property
    def is_to_fill(self) -> bool:
        return self.is_open and self.status in (Status.DRAFT, Status.RETURNED)

    @property
    def acceptance_withdrawn(self) -> "UpdateMove | None":
        """Who withdrew its acceptance, when and why, while it waits for the new review."""
        if self.status != Status.SUBMITTED:
            return None
        last = self.moves.select_related("by").last()
        return last if last and last.status_before == Status.ACCEPTED else None

    @property
    def display_status(self) -> str:
        """The word for people: a draft nobody has begun is not started."""
        return "not_started" if self.status == "draft" and not self.answered else self.status


class UpdateMove(Move):
    subject = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="moves")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")

    objects = UpdateMoveQuerySet.as_manager()

    class Meta(Move.Meta):
        constraints: ClassVar = (
            RowWall(name="update_move_wall", read=OWN_STATE, write=OWN_STATE),
            SameState(name="update_move_same_state", parent="subject"),
            Locked(name="update_move_locked"),
        )


class Extension(models.Model):
    """More time for one state, or a closed round opened again for it alone; the last one holds."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="extensions")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    reason = models.TextField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ("at", "pk")
        constraints = (
            RowWall(name="extension_wall", read=OWN_STATE, write=NOBODY),
            SameState(name="extension_same_state", parent="update"),
            Locked(name="extension_locked"),
            Audited(name="extension_audited"),
        )

    def __str__(self) -> str:
        return f"{self.update}, {self.due_on}"


class Submission(Snapshot):
    """A numbered, locked copy of an update as it was sent."""

    update_sent = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="submissions")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")

    objects = SubmissionQuerySet.as_manager()

    class Meta(Snapshot.Meta):
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints: ClassVar = (
            models.UniqueConstraint(name="submission_number_once", fields=("update_sent", "number", "state")),
            models.UniqueConstraint(name="submission_key_once", fields=("state", "key")),
            RowWall(name="submission_wall", read=OWN_STATE, write=OWN_STATE),
            SameState(name="submission_same_state", parent="update_sent"),
            Locked(name="submission_locked"),
            Audited(name="submission_audited"),
        )

    def __str__(self) -> str:
        return f"{self.update_sent}, {self.number}"

    @property
    def reference(self) -> str:
        """What the receipt names, e.g. CHL-2026-2-1."""
        update = self.update_sent
        return f"{update.state.alpha3}-{update.round.slug if update.round else 0}-{self.number}"
