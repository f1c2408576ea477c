"""Point 2: a course, its sessions, whom states nominate, who was there, and what they say of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan import course_letters
from action_plan.models.activities import SEES_ACTIVITY, Activity
from action_plan.querysets.training import (
    AttendanceQuerySet,
    CourseLetterQuerySet,
    CourseQuerySet,
    CourseSessionQuerySet,
    EvaluationQuerySet,
    NominationQuerySet,
)
from common.days import today
from common.mandate import Sector
from common.walls import NOBODY, OWN_STATE, SPOKEN_FOR, Audited, Locked, RowWall, SameState
from member_states.models import MemberState
from notices.models import Job

SEES_COURSE = "EXISTS (SELECT 1 FROM action_plan_course c WHERE c.id = course_id)"  # the inner one is under its wall
# A state nominates and takes back; whom the programme selects is written by the programme alone.
STANDS = f"{SPOKEN_FOR} AND status IN ('nominated', 'selected', 'waiting')"
NOMINATES = f"{SPOKEN_FOR} AND status IN ('nominated', 'withdrawn') AND seat IS NULL"
KEPT = Q(erased_at=None)
PEOPLE: dict[str, Any] = {"on_delete": models.PROTECT, "null": True, "editable": False, "related_name": "+"}


class Course(models.Model):
    """What a course adds to its activity. `needed` is the share of the sessions that a certificate asks for."""

    class Level(models.TextChoices):
        INTRODUCTORY = "introductory", _("Introductory")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="course")
    seats = models.PositiveSmallIntegerField(
        _("seats"), validators=[MinValueValidator(1), MaxValueValidator(1000)], default=20
    )
    nominations_close_on = models.DateField(_("nominations until"))
    language = models.CharField(_("language of the course"), max_length=5, choices=settings.LANGUAGES)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, default=Level.INTRODUCTORY)
    aims = models.TextField(_("aims"), max_length=4000)
    prerequisites = models.TextField(_("what participants need to know"), max_length=2000, blank=True)
    needed = models.PositiveSmallIntegerField(
        _("share of the sessions for a certificate, in percent"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        default=80,
    )
    opened_at = models.DateTimeField(_("nominations opened at"), null=True, editable=False)
    evaluation_asked_at = models.DateTimeField(_("evaluation asked for at"), null=True, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ("-nominations_close_on", "-pk")
        constraints: ClassVar = (
            models.CheckConstraint(name="course_has_seats", condition=Q(seats__gte=1)),
            models.CheckConstraint(name="course_needed_share", condition=Q(needed__gte=1, needed__lte=100)),
            RowWall(name="course_wall", read=SEES_ACTIVITY, write=NOBODY),
            Audited(name="course_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("course-detail", args=[self.activity.slug])

    @property
    def is_open(self) -> bool:
        """Nominations are taken."""
        is_on = self.activity.status != Activity.Status.CANCELLED
        return bool(self.opened_at) and self.nominations_close_on >= today() and is_on


class CourseSession(models.Model):
    """Times are kept as moments; the page shows them where the activity takes place. `link` is not for everybody."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("subject"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    trainer = models.CharField(_("trainer"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to take part online"), max_length=400, blank=True)

    objects = CourseSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session of a course")
        verbose_name_plural = _("sessions of courses")
        ordering = ("course", "starts_at", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(name="course_session_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            RowWall(name="course_session_wall", read=SEES_COURSE, write=NOBODY),
            Audited(name="course_session_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()


class Nomination(models.Model):
    """Somebody whom a state sends to a course. A `seat` is a number: no two people of a course have the same.

    Personal data: the own state's liaisons and the programme's staff, nobody else. It goes some time after the course
    (action_plan/erasing.py), and the audit trail never holds it. `turn` counts the decisions. Whom the state named in
    its reply to a note verbale, somebody of the programme nominates for it: `paper` is the number of the note.
    """

    class Status(models.TextChoices):
        NOMINATED = "nominated", _("Nominated")
        SELECTED = "selected", _("Selected")
        WAITING = "waiting", _("On the waiting list")
        NOT_SELECTED = "not selected", _("Not selected")
        WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn")

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")
        OTHER = "other", _("Other")
        NOT_STATED = "not stated", _("Not stated")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="nominations")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))
    name = models.CharField(_("name, as it is to stand on the certificate"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    institution = models.CharField(_("institution"), max_length=200)
    sector = models.CharField(_("sector"), max_length=14, choices=Sector.choices)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, default=Gender.NOT_STATED)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    why = models.TextField(_("why this person"), max_length=2000)
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    nominated_at = models.DateTimeField(_("nominated at"), auto_now_add=True)
    paper = models.CharField(_("named in the reply to note verbale"), max_length=40, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.NOMINATED, editable=False
    )
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, editable=False)
    because = models.TextField(_("reason"), max_length=1000, blank=True, editable=False)
    turn = models.PositiveSmallIntegerField(default=0, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PEOPLE)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PEOPLE)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    erased_at = models.DateTimeField(_("personal data erased at"), null=True, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ("course", "nominated_at", "pk")
        indexes: ClassVar = (
            models.Index(name="nomination_undecided", fields=("course",), condition=Q(status="nominated") & KEPT),
        )
        constraints: ClassVar = (
            models.UniqueConstraint(
                "course", "state", Lower("email"), name="nominated_once", condition=~Q(status="withdrawn") & KEPT
            ),
            models.UniqueConstraint(
                "course", Lower("email"), name="seated_once", condition=Q(status="selected") & KEPT
            ),
            models.UniqueConstraint(name="seat_given_once", fields=("course", "seat")),
            models.CheckConstraint(
                name="selected_has_seat",
                condition=Q(status="selected", seat__gte=1) | (~Q(status="selected") & Q(seat=None)),
            ),
            models.CheckConstraint(
                name="waiting_since_when",
                condition=Q(status="waiting", waiting_since__isnull=False)
                | (~Q(status="waiting") & Q(waiting_since=None)),
            ),
            models.CheckConstraint(
                name="not_selected_because", condition=~Q(status="not selected") | ~Q(because="") | ~KEPT
            ),
            models.CheckConstraint(
                name="nominee_erased_is_nobody",
                condition=KEPT | Q(name="", email="", institution="", why="", because=""),
            ),
            RowWall(name="nomination_wall", read=OWN_STATE, write=STANDS, becomes=NOMINATES),
            Audited(name="nomination_audited", without="name,email,institution,why,because"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.institution})" if self.is_kept else self.called

    def get_absolute_url(self) -> str:
        return self.course.get_absolute_url()

    @property
    def is_kept(self) -> bool:
        return self.erased_at is None

    @property
    def nominator(self) -> str:
        """Of whom the person hears that they were nominated."""
        return str(self.state) if self.paper else self.nominated_by.name

    @property
    def called(self) -> str:
        return self.name or str(_("Somebody whose data was erased"))


class Attendance(models.Model):
    """Whether a participant was at a session; no row: not recorded."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="attendances")
    session = models.ForeignKey(CourseSession, on_delete=models.PROTECT, related_name="attendances")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    was_there = models.BooleanField(_("was there"))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ("session", "nomination")
        constraints: ClassVar = (
            models.UniqueConstraint(name="attendance_once", fields=("nomination", "session")),
            RowWall(name="attendance_wall", read=OWN_STATE, write=NOBODY),
            SameState(name="attendance_same_state", parent="nomination"),
            SameState(name="attendance_same_course", parent="nomination", column="course_id"),
            SameState(name="attendance_session_same_course", parent="session", column="course_id"),
            Audited(name="attendance_audited"),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id}, {self.session_id}"


class Mark(models.IntegerChoices):
    VERY_POOR = 1, _("Very poor")
    POOR = 2, _("Poor")
    FAIR = 3, _("Fair")
    GOOD = 4, _("Good")
    VERY_GOOD = 5, _("Very good")


class Evaluation(models.Model):
    """What one participant says of a course; nothing leads back to who it was, neither a link nor a moment."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="evaluations")
    content = models.PositiveSmallIntegerField(_("Content"), choices=Mark.choices)
    trainers = models.PositiveSmallIntegerField(_("Trainers"), choices=Mark.choices)
    organisation = models.PositiveSmallIntegerField(_("Organisation"), choices=Mark.choices)
    use = models.PositiveSmallIntegerField(_("Use for my work"), choices=Mark.choices)
    comment = models.TextField(_("What should be different next time?"), max_length=2000, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation of a course")
        verbose_name_plural = _("evaluations of courses")
        ordering = ("course", "pk")
        constraints: ClassVar = (
            RowWall(name="evaluation_wall", read=NOBODY, write=NOBODY),
            Locked(name="evaluation_locked"),
        )

    def __str__(self) -> str:
        return str(self.course_id)


class CourseLetter(Job):
    """A mail to somebody without an account: what became of the nomination, or a link that opens for one person.

    It says nobody's name and no address, so it is read before any scope is set and has no wall. Of the token it knows
    digests, one for each attempt at sending. Not audited, for that is what it holds, and so that nothing tells when
    somebody answered.
    """

    class About(models.TextChoices):
        SELECTED = "selected", _("Selected")
        WAITING = "waiting", _("On the waiting list")
        NOT_SELECTED = "not selected", _("Not selected")
        EVALUATION = "evaluation", _("Evaluation")
        CERTIFICATE = "certificate", _("Certificate")

    MAX_ATTEMPTS = 16

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, editable=False, related_name="letters")
    about = models.CharField(_("about"), max_length=12, choices=About.choices)
    turn = models.PositiveIntegerField(default=0, editable=False)
    until = models.DateField(_("the link opens until"))
    digests = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    is_used = models.BooleanField(_("answered"), default=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = CourseLetterQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("letter to a participant")
        verbose_name_plural = _("letters to participants")
        ordering = ("-queued_at", "-id")
        constraints = (models.UniqueConstraint(name="course_letter_once", fields=("nomination", "about", "turn")),)

    def __str__(self) -> str:
        return f"{self.nomination_id}, {self.about}"

    def perform(self) -> None:
        course_letters.send(self)
