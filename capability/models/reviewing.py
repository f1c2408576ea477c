"""What the programme's staff say and ask among themselves while they review: closed to states, by the wall too."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from capability.models.answers import Answer
from capability.models.updates import Update
from capability.querysets import AmongStaffQuerySet
from common.walls import NOBODY, OTHER_STATES, Audited, Locked, RowWall, SameState
from member_states.models import MemberState

# A staff member who is also a liaison does not read what is said of the own state.
AMONG_STAFF: dict[str, Any] = {"read": NOBODY, "write": NOBODY, "staff_read": OTHER_STATES, "staff_write": OTHER_STATES}
PERSON: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


class ReviewAssignment(models.Model):
    """Who reviews an update, from when, given by whom. The rows that ended are its history."""

    update_assigned = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="assignments")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(**PERSON, verbose_name=_("reviewer"))
    by = models.ForeignKey(**PERSON, verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("until"), null=True, editable=False)

    objects = AmongStaffQuerySet["ReviewAssignment"].as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="one_reviewer_at_a_time", fields=("update_assigned",), condition=models.Q(ended_at=None)
            ),
            RowWall(name="assignment_wall", **AMONG_STAFF),
            SameState(name="assignment_same_state", parent="update_assigned"),
            Locked(name="assignment_locked", but=("ended_at",)),
            Audited(name="assignment_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.update_assigned}: {self.person}"


class SecondOpinion(models.Model):
    """A colleague was asked about one answer, and wrote what he or she thinks: once."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="opinions")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    colleague = models.ForeignKey(**PERSON, verbose_name=_("colleague"))
    asked_by = models.ForeignKey(**PERSON, verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked = models.TextField(_("what is asked"), max_length=2000, blank=True)
    text = models.TextField(_("opinion"), max_length=4000, blank=True)
    given_at = models.DateTimeField(_("given at"), null=True, editable=False)

    objects = AmongStaffQuerySet["SecondOpinion"].as_manager()

    class Meta:
        verbose_name = _("second opinion")
        verbose_name_plural = _("second opinions")
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                name="opinion_asked_once", fields=("answer", "colleague"), condition=models.Q(given_at=None)
            ),
            models.CheckConstraint(
                name="opinion_given_with_words",
                condition=models.Q(given_at=None, text="") | (models.Q(given_at__isnull=False) & ~models.Q(text="")),
            ),
            RowWall(name="opinion_wall", **AMONG_STAFF),
            SameState(name="opinion_same_state", parent="answer"),
            Locked(name="opinion_locked", but=("text", "given_at")),
            Audited(name="opinion_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.answer}: {self.colleague}"


class ReviewNote(models.Model):
    """A note about an update, or about one of its questions: it stays when the answer is sent again."""

    update_noted = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="notes")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(_("question"), max_length=12, blank=True)
    text = models.TextField(_("note"), max_length=4000)
    by = models.ForeignKey(**PERSON, verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AmongStaffQuerySet["ReviewNote"].as_manager()

    class Meta:
        verbose_name = _("note among staff")
        verbose_name_plural = _("notes among staff")
        ordering: ClassVar = ("at", "pk")
        constraints: ClassVar = (
            RowWall(name="review_note_wall", **AMONG_STAFF),
            SameState(name="review_note_same_state", parent="update_noted"),
            Locked(name="review_note_locked"),
            Audited(name="review_note_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.update_noted}, {self.question}"
