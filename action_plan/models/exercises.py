"""Point 4: an exercise, its clock, the teams that play and those who watch.

The second wall of everything in an exercise rests on three tables: who plays (ExerciseTeam), who watches
(ExerciseObserver), and what the clock says (Exercise). No policy of theirs looks at what hangs on them.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.exercise_states import BEFORE, ON, OVER, Stands
from action_plan.models.activities import Activity
from action_plan.querysets.exercises import (
    ExerciseObserverQuerySet,
    ExerciseQuerySet,
    ExerciseTeamQuerySet,
    OfExercise,
)
from common.tlp import Tlp
from common.walls import NOBODY, ONLY_ME, Audited, Locked, RowWall, SameState
from csirt_network.models import Team
from member_states.models import MemberState

OWN = "(p.team_id = ANY ({teams}) OR p.state_id = ANY ({states}))"
SEES_EXERCISE = "EXISTS (SELECT 1 FROM action_plan_exercise e WHERE e.id = exercise_id)"
LABELS = [(label.value, label.label) for label in (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER)]  # staff and observers read all
LONGEST_MINUTES = 5 * 24 * 60


def observes(exercise: str) -> str:
    """`exercise` is the column of the row that names the exercise, with its table."""
    return (
        f"EXISTS (SELECT 1 FROM action_plan_exerciseobserver o WHERE o.exercise_id = {exercise}"  # noqa: S608 - a policy
        " AND o.person_id = {person})"
    )


def plays(exercise: str, and_: str = "") -> str:
    return f"EXISTS (SELECT 1 FROM action_plan_exerciseteam p WHERE p.exercise_id = {exercise} AND {OWN}{and_})"  # noqa: S608 - a policy


def staff_reads(exercise: str, read: str) -> str:
    """All of it, unless they play in a team of it: then they read what others who play do."""
    players = f"SELECT 1 FROM action_plan_exerciseteam p WHERE p.exercise_id = {exercise}"  # noqa: S608 - a policy
    return f"NOT EXISTS ({players} AND p.team_id = ANY ({{teams}})) OR {read}"


class Exercise(models.Model):
    """What an activity of kind exercise has besides, under its own name: teams do not read of the activity.

    The clock is `counted` seconds of exercise time, and while it runs what has passed since `running_since`, times
    `speed`. `ExerciseQuerySet.with_clock` reads it. Status and clock are changed by actions/exercise_life.py alone.
    """

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="exercise")
    slug = models.SlugField(_("slug"), max_length=80, unique=True, editable=False)
    name = models.CharField(_("name of the exercise"), max_length=200)
    scenario = models.TextField(_("scenario"), max_length=10000)
    objectives = models.TextField(_("objectives"), max_length=4000)
    tlp = models.CharField("TLP", max_length=12, choices=LABELS, default=Tlp.AMBER)
    director = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("exercise director")
    )
    planned_at = models.DateTimeField(_("planned for"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"),
        validators=[MinValueValidator(5), MaxValueValidator(LONGEST_MINUTES)],
        default=120,
    )
    speed = models.PositiveSmallIntegerField(
        _("speed of the clock"), validators=[MinValueValidator(1), MaxValueValidator(600)], default=1
    )
    status = models.CharField(_("status"), max_length=8, choices=Stands.choices, default=Stands.WRITTEN, editable=False)
    counted = models.FloatField(default=0, editable=False)
    running_since = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    is_released = models.BooleanField(_("report published"), default=False, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ("-pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="exercise_clock_runs",
                condition=Q(status="running", running_since__isnull=False)
                | (~Q(status="running") & Q(running_since=None)),
            ),
            models.CheckConstraint(
                name="exercise_started",
                condition=Q(status__in=BEFORE, started_at=None) | (~Q(status__in=BEFORE) & Q(started_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="exercise_released_at",
                condition=Q(status="reported", is_released=True, released_at__isnull=False)
                | (~Q(status="reported") & Q(is_released=False, released_at=None)),
            ),
            models.CheckConstraint(name="exercise_speed", condition=Q(speed__gte=1, speed__lte=600)),
            RowWall(
                name="exercise_wall",
                read=f"(status <> 'written' AND {plays('action_plan_exercise.id')})"
                f" OR {observes('action_plan_exercise.id')}",
                write=NOBODY,
            ),
            Audited(name="exercise_audited", state=""),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exercise-detail", args=[self.slug])

    @property
    def officer(self) -> Any:
        """Who is asked about what it recommends."""
        return self.director

    @property
    def is_before(self) -> bool:
        return self.status in BEFORE

    @property
    def is_on(self) -> bool:
        return self.status in ON

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def minute(self) -> int:
        """Of one that was read `with_clock`: the minute that the clock shows."""
        return int(self.seconds // 60)  # type: ignore[attr-defined]

    @property
    def look(self) -> str:
        """How the house's table of status words shows it."""
        looks = {"written": "draft", "ready": "planned", "running": "under_way", "ended": "submitted"}
        return looks.get(self.status, "done" if self.status == Stands.REPORTED else "paused")


class ExerciseTeam(models.Model):
    """A team of the network that plays; its members of the day take part. `is_released` follows the exercise."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="players")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="exercises", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", editable=False)
    is_released = models.BooleanField(default=False, editable=False)

    objects = ExerciseTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team that plays")
        verbose_name_plural = _("teams that play")
        ordering = ("exercise_id", "team_id")
        constraints: ClassVar = (
            models.UniqueConstraint(name="exercise_team_once", fields=("exercise", "team")),
            RowWall(
                name="exercise_team_wall",
                read="team_id = ANY ({teams}) OR state_id = ANY ({states})"
                f" OR {observes('action_plan_exerciseteam.exercise_id')}",
                write=NOBODY,
            ),
            SameState(name="exercise_team_same_state", parent="team"),
            SameState(name="exercise_team_same_release", parent="exercise", column="is_released", follows="yes"),
            Audited(name="exercise_team_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.team)


class ExerciseObserver(models.Model):
    """Somebody who watches and scores: reads everything of the exercise, and plays in no team of it."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="observers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("observer")
    )

    objects = ExerciseObserverQuerySet.as_manager()

    class Meta:
        verbose_name = _("observer of an exercise")
        verbose_name_plural = _("observers of exercises")
        ordering = ("exercise_id", "person_id")
        constraints: ClassVar = (
            models.UniqueConstraint(name="exercise_observer_once", fields=("exercise", "person")),
            RowWall(name="exercise_observer_wall", read=ONLY_ME, write=NOBODY),
            Audited(name="exercise_observer_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.person)


class ExerciseMove(models.Model):
    """That the director started, paused or ended it, at which second of its clock."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="moves")
    status_before = models.CharField(max_length=8, choices=Stands.choices)
    status_after = models.CharField(max_length=8, choices=Stands.choices)
    second = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = OfExercise["ExerciseMove"].as_manager()

    class Meta:
        verbose_name = _("step of an exercise")
        verbose_name_plural = _("steps of exercises")
        ordering = ("pk",)
        constraints: ClassVar = (
            RowWall(name="exercise_move_wall", read=SEES_EXERCISE, write=NOBODY),
            Locked(name="exercise_move_locked"),
            Audited(name="exercise_move_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.exercise_id}: {self.get_status_after_display()}"
