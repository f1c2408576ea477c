"""What a state asks colleagues in its ministries, and what they answer: drafts of the state, closed to staff.

Whoever is asked has no account. A letter carries a link; who takes it up is a guest, and reaches one enquiry.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capability.models import Indicator, Stage, Update
from capability.models.answers import FILE_OR_LINK, Attachment
from common.days import today
from common.walls import NOBODY, OWN_STATE, Audited, Locked, RowWall, SameState
from documents.models import File
from member_states.models import MemberState
from ministry_desk import letters
from ministry_desk.querysets import EnquiryQuerySet, LetterQuerySet, StateOrGuest
from notices.models import Job

GUEST = "enquiry_id = {guest}"
UNSENT = "EXISTS (SELECT 1 FROM ministry_desk_guestanswer own WHERE own.id = answer_id AND own.sent_at IS NULL)"
CLOSED_TO_STAFF = {"staff_read": NOBODY, "staff_write": NOBODY}


class Enquiry(models.Model):
    """Some factors of an update, sent to one colleague of a ministry. `until` is the last day of the link."""

    LONGEST_DAYS: ClassVar = 14

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="enquiries")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    ministry = models.CharField(_("ministry or body"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    message = models.TextField(_("message"), blank=True, max_length=2000)
    until = models.DateField(_("answer until"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a colleague")
        verbose_name_plural = _("questions to colleagues")
        ordering = ("-asked_at", "-pk")
        constraints = (
            RowWall(name="enquiry_wall", read=f"{OWN_STATE} OR id = {{guest}}", write=OWN_STATE, **CLOSED_TO_STAFF),
            SameState(name="enquiry_same_state", parent="update"),
            Audited(name="enquiry_audited", private=True),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.ministry})"

    def get_absolute_url(self) -> str:
        round = self.update.round.slug if self.update.round else ""
        return reverse("enquiry-detail", args=[self.update.state.slug, round, self.pk])

    @property
    def last_letter(self) -> "Letter":
        return max(self.letters.all(), key=lambda letter: letter.number)

    @property
    def is_over(self) -> bool:
        return self.revoked_at is not None or self.until < today() or not self.update.is_to_fill

    @property
    def status(self) -> str:
        """How far it is: queued, sent, opened, answered, merged; or why it is over."""
        sent = [answer for answer in self.answers.all() if answer.sent_at]
        if sent:
            return "merged" if all(answer.settled_at for answer in sent) else "answered"
        if self.is_over:
            return self._why_over
        letter = self.last_letter
        if letter.taken_at:
            return "opened"
        return "sent" if letter.sent_at else letter.status

    @property
    def _why_over(self) -> str:
        if self.revoked_at:
            return "revoked"
        return "expired" if self.until < today() else "closed"

    @property
    def settled(self) -> int:
        return sum(answer.settled_at is not None for answer in self.answers.all())


class AskedQuestion(models.Model):
    """One factor of an enquiry, and what of the last accepted answer the liaison lets the colleague read."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="questions")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(_("question"), max_length=12)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    last_stage = models.PositiveSmallIntegerField(_("stage last accepted"), choices=Stage.choices, null=True)
    last_text = models.TextField(_("text last accepted"), blank=True)

    objects = StateOrGuest["AskedQuestion"].as_manager()

    class Meta:
        ordering = ("indicator__number",)
        constraints = (
            models.UniqueConstraint(name="asked_once", fields=("enquiry", "question", "state")),
            RowWall(name="asked_wall", read=f"{OWN_STATE} OR {GUEST}", write=OWN_STATE, **CLOSED_TO_STAFF),
            SameState(name="asked_same_state", parent="enquiry"),
            Locked(name="asked_locked"),
            Audited(name="asked_audited", private=True),
        )

    def __str__(self) -> str:
        return f"{self.enquiry_id}, {self.question}"

    @property
    def key(self) -> str:
        return self.question.replace(".", "-")

    @property
    def number(self) -> str:
        """2.3 for D2.3."""
        return self.question.removeprefix("D")


class GuestAnswer(models.Model):
    """What a colleague answers to one factor: made empty when it is asked, written by the guest until it is sent."""

    asked = models.OneToOneField(AskedQuestion, on_delete=models.CASCADE, related_name="answer")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="answers")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage.choices, null=True)
    text = models.TextField(_("text"), blank=True, max_length=4000)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_taken = models.BooleanField(_("taken over"), default=False)

    objects = StateOrGuest["GuestAnswer"].as_manager()

    class Meta:
        ordering = ("asked__indicator__number",)
        constraints = (
            RowWall(
                name="guest_answer_wall",
                read=f"{OWN_STATE} OR {GUEST}",
                write=f"{OWN_STATE} OR ({GUEST} AND sent_at IS NULL)",
                becomes=f"{OWN_STATE} OR ({GUEST} AND settled_at IS NULL AND NOT is_taken)",
                **CLOSED_TO_STAFF,
            ),
            SameState(name="guest_answer_same_state", parent="enquiry"),
            SameState(name="guest_answer_asked_same_state", parent="asked"),
            SameState(name="guest_answer_same_enquiry", parent="asked", column="enquiry_id"),
            Audited(name="guest_answer_audited", private=True),
        )

    def __str__(self) -> str:
        return str(self.asked)

    @property
    def is_blank(self) -> bool:
        return self.stage is None and not self.text and not self.proofs.all()


class GuestProof(Attachment):
    """A file or a link that a colleague attached."""

    added_by = None  # type: ignore[assignment]
    answer = models.ForeignKey(GuestAnswer, on_delete=models.CASCADE, related_name="proofs")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")

    objects = StateOrGuest["GuestProof"].as_manager()

    class Meta(Attachment.Meta):
        constraints: ClassVar = (
            models.CheckConstraint(name="guest_proof_file_or_link", condition=FILE_OR_LINK),
            RowWall(
                name="guest_proof_wall",
                read=f"{OWN_STATE} OR {GUEST}",
                write=f"{OWN_STATE} OR ({GUEST} AND {UNSENT})",
                **CLOSED_TO_STAFF,
            ),
            SameState(name="guest_proof_enquiry_same_state", parent="enquiry"),
            SameState(name="guest_proof_same_state", parent="answer"),
            SameState(name="guest_proof_same_enquiry", parent="answer", column="enquiry_id"),
            SameState(name="guest_proof_file_same_state", parent="file"),
            Audited(name="guest_proof_audited", private=True),
        )


class Letter(Job):
    """A mail with the link to an enquiry, and who took the link up.

    It says who is a guest, so it is read before any scope is set, as users and memberships are, and has no wall; it
    holds no words and no address. Of the token it knows digests: one for each attempt at sending, for an attempt that
    failed may have arrived. `opened_with` and `browser` are digests of cookies. Not audited, for that is what it holds.
    """

    MAX_ATTEMPTS = 16

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, editable=False, related_name="letters")
    update = models.ForeignKey(Update, on_delete=models.PROTECT, editable=False, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    until = models.DateField(_("answer until"))
    digests = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    opened_with = models.CharField(max_length=64, blank=True, editable=False)
    browser = models.CharField(max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    taken_at = models.DateTimeField(_("opened at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = LetterQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("letter to a ministry")
        verbose_name_plural = _("letters to ministries")
        ordering = ("-queued_at", "-id")
        constraints = (models.UniqueConstraint(name="letter_once", fields=("enquiry", "number")),)

    def __str__(self) -> str:
        return f"{self.enquiry_id}, {self.number}"

    def perform(self) -> None:
        letters.send(self)

    @property
    def has_expired(self) -> bool:
        return self.until < today()
