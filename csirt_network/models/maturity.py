"""How mature a team finds itself by SIM3, what a team it asked says to that, and the levels it may be held against.

The walls of reviews ask no assessment and those of assessments ask reviews: never both ways round.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.translated import Translated
from common.walls import NOBODY, OWN_STATE, Audited, Locked, RowWall, SameState
from csirt_network.models.files import KeptFile
from csirt_network.models.teams import OWN_TEAM, Team
from csirt_network.querysets.maturity import (
    AssessmentQuerySet,
    OfAssessmentQuerySet,
    OfReviewQuerySet,
    PeerReviewQuerySet,
    ProfileLevelQuerySet,
    Sim3ProfileQuerySet,
)
from csirt_network.sim3 import HIGHEST, PARAMETERS, Profile, level_choices, parameter_choices
from member_states.models import MemberState

REVIEWS = """SELECT r.{} FROM csirt_network_peerreview r JOIN csirt_network_reviewanswer a ON a.review_id = r.id
    WHERE r.reviewer_id = ANY ({{teams}}) AND r.closed_at IS NULL AND a.is_accepted"""
IS_SENT = "sent_at IS NOT NULL"
WRITE = f"{OWN_TEAM} AND sent_at IS NULL"
OF_ASSESSMENT = "assessment_id IN (SELECT s.id FROM csirt_network_assessment s)"
OF_DRAFT = """assessment_id IN (
    SELECT s.id FROM csirt_network_assessment s WHERE s.team_id = ANY ({teams}) AND s.sent_at IS NULL)"""
OF_REVIEW = "review_id IN (SELECT r.id FROM csirt_network_peerreview r)"
ASKED = "SELECT r.id FROM csirt_network_peerreview r WHERE r.reviewer_id = ANY ({teams}) AND r.closed_at IS NULL"
OF_NETWORK = "{community} OR cardinality({states}) > 0"


class Assessment(models.Model):
    """One look of a team at itself. A draft is the team's alone; once sent it stays as it is, and its state's liaisons
    and the programme read it too, and a team that was asked for a review while that is open."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))
    version = models.PositiveIntegerField(_("number"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True)
    edited = models.PositiveIntegerField(default=0, editable=False)  # two who edit at once: the second is told

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("maturity assessment")
        verbose_name_plural = _("maturity assessments")
        ordering = ("team", "-version")
        constraints: ClassVar = (
            models.UniqueConstraint(name="assessment_version_once", fields=("team", "version")),
            models.UniqueConstraint(name="assessment_one_draft", fields=("team",), condition=models.Q(sent_at=None)),
            models.CheckConstraint(
                name="assessment_sent_by_somebody",
                condition=models.Q(sent_at=None, sent_by=None) | models.Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            RowWall(
                name="assessment_wall",
                read=f"{OWN_TEAM} OR ({IS_SENT} AND ({OWN_STATE} OR id IN ({REVIEWS.format('assessment_id')})))",
                write=WRITE,
                becomes=OWN_TEAM,
                staff_read=f"{IS_SENT} OR {OWN_TEAM}",
                staff_write=WRITE,
                staff_becomes=OWN_TEAM,
            ),
            SameState(name="assessment_same_state", parent="team"),
            Audited(name="assessment_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("assessment-detail", args=[self.team.slug, self.version])


class OnParameter(models.Model):
    """What is said on one parameter; without a level it was not assessed."""

    code = models.CharField(_("parameter"), max_length=4, choices=parameter_choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=level_choices, null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def parameter(self) -> object:
        return PARAMETERS[self.code]


class ParameterLevel(OnParameter):
    """The level a team gives itself, and what proves it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="levels")
    evidence = models.TextField(_("what proves it"), max_length=2000, blank=True)
    link = models.URLField(_("link to the proof"), max_length=400, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = OfAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("level of a parameter")
        verbose_name_plural = _("levels of parameters")
        ordering = ("assessment", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="parameter_level_once", fields=("assessment", "code")),
            models.CheckConstraint(
                name="parameter_level_in_range", condition=models.Q(level=None) | models.Q(level__lte=HIGHEST)
            ),
            RowWall(
                name="parameter_level_wall",
                read=OF_ASSESSMENT,
                write=OF_DRAFT,
                staff_read=OF_ASSESSMENT,
                staff_write=OF_DRAFT,
            ),
            Audited(name="parameter_level_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.code}"


class ProofFile(KeptFile):
    """A file that proves the level of one parameter. Whoever reads the assessment reads it. The next assessment begins
    with a row of its own for the same content."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="proofs")
    code = models.CharField(_("parameter"), max_length=4, choices=parameter_choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = OfAssessmentQuerySet["ProofFile"].as_manager()

    class Meta:
        verbose_name = _("file that proves a level")
        verbose_name_plural = _("files that prove levels")
        ordering = ("assessment", "code", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="proof_file_once", fields=("assessment", "code")),
            RowWall(
                name="proof_file_wall",
                read=OF_ASSESSMENT,
                write=OF_DRAFT,
                staff_read=OF_ASSESSMENT,
                staff_write=OF_DRAFT,
            ),
            Audited(name="proof_file_audited", state="", private=True),
        )


class PeerReview(models.Model):
    """That a team asked another one to look at what it sent. Open until the team closes it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reviews")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))
    reviewer = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewing team"))
    message = models.TextField(_("message"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = PeerReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("peer review")
        verbose_name_plural = _("peer reviews")
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="peer_review_open_once", fields=("assessment", "reviewer"), condition=models.Q(closed_at=None)
            ),
            models.CheckConstraint(name="peer_review_by_another", condition=~models.Q(reviewer=models.F("team"))),
            models.CheckConstraint(
                name="peer_review_closed_by_somebody",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            RowWall(
                name="peer_review_wall",
                read=f"{OWN_TEAM} OR reviewer_id = ANY ({{teams}}) OR {OWN_STATE}",
                write=OWN_TEAM,
                staff_write=OWN_TEAM,
            ),
            SameState(name="peer_review_same_team", parent="assessment", column="team_id"),
            SameState(name="peer_review_same_state", parent="assessment"),
            SameState(name="peer_review_state_of_team", parent="team"),
            Locked(name="peer_review_locked", but=("closed_at", "closed_by_id")),
            Audited(name="peer_review_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.reviewer}"

    def get_absolute_url(self) -> str:
        return reverse("peer-review", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ReviewAnswer(models.Model):
    """What the team that was asked says: it takes the review on, or not. A row of its own, so that nobody can let
    themselves in: the review is written by the one side alone, this by the other."""

    review = models.OneToOneField(PeerReview, on_delete=models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField(_("taken on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a request for review")
        verbose_name_plural = _("answers to requests for review")
        constraints: ClassVar = (
            RowWall(
                name="review_answer_wall",
                read=OF_REVIEW,
                write=f"review_id IN ({ASKED})",
                staff_read=OF_REVIEW,
                staff_write=f"review_id IN ({ASKED})",
            ),
            Locked(name="review_answer_locked"),
            Audited(name="review_answer_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return str(self.review_id)


class PeerRemark(OnParameter):
    """The level the reviewing team would give, and what it says to that."""

    review = models.ForeignKey(PeerReview, on_delete=models.PROTECT, related_name="remarks")
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark of a reviewing team")
        verbose_name_plural = _("remarks of reviewing teams")
        ordering = ("review", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="peer_remark_once", fields=("review", "code")),
            models.CheckConstraint(
                name="peer_remark_in_range", condition=models.Q(level=None) | models.Q(level__lte=HIGHEST)
            ),
            RowWall(
                name="peer_remark_wall",
                read=OF_REVIEW,
                write=f"review_id IN ({REVIEWS.format('id')})",
                staff_read=OF_REVIEW,
                staff_write=f"review_id IN ({REVIEWS.format('id')})",
            ),
            Audited(name="peer_remark_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.review_id} {self.code}"


class Sim3Profile(models.Model):
    """Levels that a team of some kind should reach, entered by staff from whoever set them. The portal invents none."""

    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_es = models.CharField(_("name in Spanish"), max_length=120, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=120, blank=True)
    source = models.CharField(_("where the levels come from"), max_length=400)
    is_offered = models.BooleanField(_("offered to teams"), default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    name = Translated("name")
    objects = Sim3ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("SIM3 profile")
        verbose_name_plural = _("SIM3 profiles")
        ordering = ("name_en",)
        constraints: ClassVar = (
            RowWall(name="sim3_profile_wall", read=OF_NETWORK, write=NOBODY),
            Audited(name="sim3_profile_audited", state=""),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sim3-profile", args=[self.slug])

    def as_profile(self) -> Profile:
        return Profile(self.name, {row.code: row.level or 0 for row in self.levels.all()})


class ProfileLevel(OnParameter):
    """The least level of one parameter. A parameter without one needs none."""

    profile = models.ForeignKey(Sim3Profile, on_delete=models.CASCADE, related_name="levels")

    objects = ProfileLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("level of a profile")
        verbose_name_plural = _("levels of profiles")
        ordering = ("profile", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="profile_level_once", fields=("profile", "code")),
            models.CheckConstraint(name="profile_level_in_range", condition=models.Q(level__range=(0, HIGHEST))),
            RowWall(name="profile_level_wall", read=OF_NETWORK, write=NOBODY),
            Audited(name="profile_level_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.profile_id} {self.code}"
