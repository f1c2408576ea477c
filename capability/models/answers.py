"""Answers: drafts that belong to the state, and what was sent, which nobody changes any more."""

from typing import ClassVar
from zlib import crc32

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from capability.models.framework import Indicator, Stage
from capability.models.updates import Submission, Update
from capability.querysets import (
    AnswerQuerySet,
    ContributorQuerySet,
    DecisionQuerySet,
    DraftAnswerQuerySet,
    DraftContributorQuerySet,
    DraftEvidenceQuerySet,
    EvidenceQuerySet,
)
from common.walls import (
    NOBODY,
    OTHER_STATES,
    OWN_STATE,
    OWN_STATE_OR_SHARED,
    Audited,
    Locked,
    RowWall,
    SameState,
    SqlCheck,
)
from documents.models import File
from member_states.models import MemberState, Sharing
from review.models import Decision


class Content(models.Model):
    """What is answered to one question: an indicator's stage, or the facts of one of the four other sections.

    `question` is an indicator's code (D1.1) or csirt, strategy, threats, requests (capability/questions.py).
    """

    question = models.CharField(_("question"), max_length=12)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage.choices, null=True)
    facts = models.JSONField(_("facts"), default=dict)
    text = models.TextField(_("what changed"), blank=True, max_length=4000)
    is_still_true = models.BooleanField(_("confirmed as still true"), default=False)

    class Meta:
        abstract = True


class Attachment(models.Model):
    """A file or a link that proves an answer."""

    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    link = models.URLField(_("link"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering: ClassVar = ("added_at", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        return self.file is not None and self.file.is_withdrawn

    @property
    def key(self) -> str:
        """The same for a proof and its copies."""
        return f"file-{self.file_id}" if self.file_id else f"link-{crc32(self.link.encode()):x}"

    @property
    def extension(self) -> str:
        """What kind of document it is, in a few letters."""
        return self.file.name.rsplit(".", 1)[-1].upper()[:4] if self.file else "URL"


class Contribution(models.Model):
    """Who of which ministry answered when a liaison asked (ministry_desk)."""

    name = models.CharField(_("name"), max_length=150)
    ministry = models.CharField(_("ministry"), max_length=200)
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        abstract = True
        ordering: ClassVar = ("answered_at", "pk")

    def __str__(self) -> str:
        return f"{self.name} ({self.ministry})"


FILE_OR_LINK = models.Q(file=None) & ~models.Q(link="") | models.Q(file__isnull=False, link="")
DRAFT_WALL = {"read": OWN_STATE, "write": OWN_STATE, "staff_read": NOBODY, "staff_write": NOBODY}


class DraftAnswer(Content):
    """A liaison's working copy, closed to staff by the wall itself. `revision` rises with every save."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="drafts")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    is_complete = models.BooleanField(default=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)
    authors = ArrayField(models.BigIntegerField(), default=list)  # everybody who ever saved it

    objects = DraftAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft answer")
        verbose_name_plural = _("draft answers")
        constraints = (
            models.UniqueConstraint(name="draft_once", fields=("update", "question", "state")),
            RowWall(name="draft_wall", **DRAFT_WALL),
            SameState(name="draft_same_state", parent="update"),
            Audited(name="draft_audited", private=True),
        )

    def __str__(self) -> str:
        return f"{self.update}, {self.question}"


class DraftEvidence(Attachment):
    answer = models.ForeignKey(DraftAnswer, on_delete=models.CASCADE, related_name="evidence")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")

    objects = DraftEvidenceQuerySet.as_manager()

    class Meta(Attachment.Meta):
        constraints: ClassVar = (
            models.CheckConstraint(name="draft_evidence_file_or_link", condition=FILE_OR_LINK),
            RowWall(name="draft_evidence_wall", **DRAFT_WALL),
            SameState(name="draft_evidence_same_state", parent="answer"),
            SameState(name="draft_evidence_file_same_state", parent="file"),
            Audited(name="draft_evidence_audited", private=True),
        )


class DraftContributor(Contribution):
    answer = models.ForeignKey(DraftAnswer, on_delete=models.CASCADE, related_name="contributors")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")

    objects = DraftContributorQuerySet.as_manager()

    class Meta(Contribution.Meta):
        constraints: ClassVar = (
            models.UniqueConstraint(name="draft_contributor_once", fields=("answer", "name", "ministry", "state")),
            RowWall(name="draft_contributor_wall", **DRAFT_WALL),
            SameState(name="draft_contributor_same_state", parent="answer"),
            Audited(name="draft_contributor_audited", private=True),
        )


class Answer(Content):
    """One answer as it was sent. `is_current`: part of the state's profile since its update was accepted."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="answers")
    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="answers")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="answers")
    is_changed = models.BooleanField(_("differs from the last accepted"), default=True)
    is_current = models.BooleanField(_("in the profile"), default=False)
    is_accepted = models.BooleanField(_("accepted"), default=False)
    audience = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.PROGRAMME)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        indexes = (
            models.Index(name="answer_profile", fields=("indicator", "state"), condition=models.Q(is_current=True)),
        )
        constraints = (
            models.UniqueConstraint(name="answer_once", fields=("submission", "question", "state")),
            models.UniqueConstraint(
                name="answer_current_once", fields=("state", "indicator"), condition=models.Q(is_current=True)
            ),
            models.CheckConstraint(
                name="answer_current_is_accepted",
                condition=models.Q(is_current=False) | models.Q(is_accepted=True),
            ),
            RowWall(
                name="answer_wall",
                read=OWN_STATE_OR_SHARED,
                write=OWN_STATE,
                becomes=f"{OWN_STATE} AND NOT is_accepted AND NOT is_current AND audience = 'programme'",
            ),
            SameState(name="answer_same_state", parent="update"),
            SameState(name="answer_submission_same_state", parent="submission"),
            Locked(name="answer_locked", but=("is_current", "is_accepted", "audience")),
            Audited(name="answer_audited"),
        )

    def __str__(self) -> str:
        return f"{self.update}, {self.question}"


class Evidence(Attachment):
    """Proof as it was sent; seen by the state and by staff, whatever the answer's audience."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="evidence")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints: ClassVar = (
            models.CheckConstraint(name="evidence_file_or_link", condition=FILE_OR_LINK),
            RowWall(name="evidence_wall", read=OWN_STATE, write=OWN_STATE),
            SameState(name="evidence_same_state", parent="answer"),
            SameState(name="evidence_file_same_state", parent="file"),
            Locked(name="evidence_locked"),
            Audited(name="evidence_audited"),
        )


class Contributor(Contribution):
    """As it was sent; seen by the state and by staff, whatever the answer's audience: these are people's names."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="contributors")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")

    objects = ContributorQuerySet.as_manager()

    class Meta(Contribution.Meta):
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        constraints: ClassVar = (
            RowWall(name="contributor_wall", read=OWN_STATE, write=OWN_STATE),
            SameState(name="contributor_same_state", parent="answer"),
            Locked(name="contributor_locked"),
            Audited(name="contributor_audited"),
        )


class AnswerDecision(Decision):
    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="decision")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (
            RowWall(
                name="decision_wall",
                read=f"({OWN_STATE}) AND is_released",
                write=NOBODY,
                staff_read=f"is_released OR {OTHER_STATES}",
                staff_write=OTHER_STATES,
            ),
            SameState(name="decision_same_state", parent="answer"),
            SqlCheck(name="nobody_reviews_own_answers", check="NOT (by_id = ANY (authors))"),
            models.CheckConstraint(
                name="return_has_comment", condition=models.Q(verdict="accept") | ~models.Q(comment="")
            ),
            Audited(name="decision_audited"),
        )
