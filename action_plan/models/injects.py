"""What is put to the teams of an exercise, what they answer, and how observers score it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan.models.exercises import LONGEST_MINUTES, OWN, Exercise, ExerciseTeam, observes, plays, staff_reads
from action_plan.querysets.exercises import (
    AfterActionQuerySet,
    ExpectationQuerySet,
    HotWashQuerySet,
    InjectQuerySet,
    OfObservers,
    ResponseQuerySet,
    ScoreQuerySet,
)
from common.walls import NOBODY, Audited, Locked, RowWall, SameState

INJECT, RESPONSE, SCORE = "action_plan_inject", "action_plan_response", "action_plan_score"
CLOCK = (
    "(e.counted + coalesce(extract(epoch FROM statement_timestamp() - e.running_since)::double precision * e.speed, 0))"
)
IS_OUT = (
    f"(released_at IS NOT NULL OR EXISTS (SELECT 1 FROM action_plan_exercise e WHERE e.id = {INJECT}.exercise_id"  # noqa: S608 - a policy
    f" AND e.started_at IS NOT NULL AND {CLOCK} >= {INJECT}.due_minute * 60))"
)
READS = "(p.team_id = ANY ({teams}) OR (p.is_released AND p.state_id = ANY ({states})))"
FOR_ME = (
    f"EXISTS (SELECT 1 FROM action_plan_exerciseteam p WHERE p.exercise_id = {INJECT}.exercise_id AND {READS}"  # noqa: S608 - a policy
    f" AND (cardinality({INJECT}.only) = 0 OR p.id = ANY ({INJECT}.only)))"
)
ANSWERS_INJECT = (
    "EXISTS (SELECT 1 FROM action_plan_inject i WHERE i.id = inject_id"
    " AND (cardinality(i.only) = 0 OR action_plan_response.player_id = ANY (i.only)))"
)
SEES_INJECT = "EXISTS (SELECT 1 FROM action_plan_inject i WHERE i.id = inject_id)"
IS_REPORTED = "EXISTS (SELECT 1 FROM action_plan_exercise e WHERE e.id = {}.exercise_id AND e.is_released)"
WRITES_HOT_WASH = (
    "EXISTS (SELECT 1 FROM action_plan_exercise e"  # noqa: S608 - a policy
    " WHERE e.id = action_plan_hotwash.exercise_id AND e.status = 'ended')"
    f" AND ((player_id IS NULL AND by_id = {{person}} AND {observes('action_plan_hotwash.exercise_id')})"
    " OR EXISTS (SELECT 1 FROM action_plan_exerciseteam p WHERE p.id = player_id AND p.team_id = ANY ({teams})))"
)


def of_player(whose: str) -> str:
    return f"EXISTS (SELECT 1 FROM action_plan_exerciseteam p WHERE p.id = player_id AND {whose})"  # noqa: S608 - a policy


READ_INJECT = f"{observes(f'{INJECT}.exercise_id')} OR ({FOR_ME} AND {IS_OUT})"
READ_EXPECTATION = (
    f"{observes('action_plan_expectation.exercise_id')}"
    f" OR ({IS_REPORTED.format('action_plan_expectation')} AND {SEES_INJECT})"
)
READ_RESPONSE = f"{observes(f'{RESPONSE}.exercise_id')} OR {of_player(READS)}"
READ_SCORE = f"{observes(f'{SCORE}.exercise_id')} OR {of_player(f'p.is_released AND {OWN}')}"
READ_HOT_WASH = (
    f"{observes('action_plan_hotwash.exercise_id')} OR {of_player(READS)}"
    f" OR (player_id IS NULL AND {plays('action_plan_hotwash.exercise_id', ' AND p.is_released')})"
)
IS_OPEN = f"NOT {IS_REPORTED.format(SCORE)}"


class Inject(models.Model):
    """Comes at a minute of the clock, or by hand. `only` are the teams it is for, by ExerciseTeam; empty: for all.

    Nobody needs to do anything for its coming: who may read it is asked with the clock each time it is read.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", _("Mail")
        NEWS = "news", _("News")
        CALL = "call", _("Telephone call")
        TECHNICAL = "technical", _("Technical finding")
        DECISION = "decision", _("Question that needs a decision")

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="injects")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(999)])
    kind = models.CharField(_("comes as"), max_length=9, choices=Kind.choices, default=Kind.MAIL)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=10000)
    due_minute = models.PositiveSmallIntegerField(
        _("at minute"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_MINUTES)]
    )
    allowed = models.PositiveSmallIntegerField(
        _("minutes allowed for the answer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
    )
    only = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    released_at = models.DateTimeField(_("released by hand at"), null=True, editable=False)
    released_second = models.FloatField(null=True, editable=False)

    objects = InjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("inject")
        verbose_name_plural = _("injects")
        ordering = ("exercise_id", "number")
        constraints: ClassVar = (
            models.UniqueConstraint(name="inject_once", fields=("exercise", "number")),
            models.CheckConstraint(
                name="inject_released_when",
                condition=Q(released_at=None, released_second=None)
                | Q(released_at__isnull=False, released_second__isnull=False),
            ),
            RowWall(
                name="inject_wall",
                read=READ_INJECT,
                write=NOBODY,
                staff_read=staff_reads(f"{INJECT}.exercise_id", READ_INJECT),
            ),
            Audited(name="inject_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("exercise-inject", args=[self.exercise.slug, self.number])

    @property
    def is_by_hand(self) -> bool:
        return self.due_minute is None

    @property
    def came_second(self) -> float | None:
        """When it came by the clock, or will come; None: by hand, and not yet."""
        by_clock = None if self.due_minute is None else self.due_minute * 60.0
        if self.released_second is None or by_clock is None:
            return by_clock if self.released_second is None else self.released_second
        return min(by_clock, self.released_second)

    @property
    def came_minute(self) -> int | None:
        return None if self.came_second is None else int(self.came_second // 60)

    def is_for(self, player: ExerciseTeam) -> bool:
        return not self.only or player.pk in self.only


class Expectation(models.Model):
    """What observers look for in the answers to an inject; teams read it with the report."""

    inject = models.OneToOneField(Inject, on_delete=models.CASCADE, related_name="expectation")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+", editable=False)
    text = models.TextField(_("response that is expected"), max_length=4000)

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected response")
        verbose_name_plural = _("expected responses")
        ordering = ("inject_id",)
        constraints: ClassVar = (
            RowWall(
                name="expectation_wall",
                read=READ_EXPECTATION,
                write=NOBODY,
                staff_read=staff_reads("action_plan_expectation.exercise_id", READ_EXPECTATION),
            ),
            SameState(name="expectation_same_exercise", parent="inject", column="exercise_id"),
            Audited(name="expectation_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.inject_id)


class Response(models.Model):
    """What a team answers to an inject: several, each written once, with the second of the clock.

    `key` is the sender's: the same one again is the same response.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="responses", editable=False)
    inject = models.ForeignKey(Inject, on_delete=models.PROTECT, related_name="responses", editable=False)
    player = models.ForeignKey(ExerciseTeam, on_delete=models.PROTECT, related_name="responses", editable=False)
    key = models.UUIDField(editable=False)
    text = models.TextField(_("your response"), max_length=10000)
    second = models.FloatField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("exercise", "response")
        verbose_name_plural = pgettext_lazy("exercise", "responses")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="response_once", fields=("player", "key")),
            RowWall(
                name="response_wall",
                read=READ_RESPONSE,
                staff_read=staff_reads(f"{RESPONSE}.exercise_id", READ_RESPONSE),
                write=NOBODY,
                becomes=f"by_id = {{person}} AND {of_player('p.team_id = ANY ({teams})')} AND {ANSWERS_INJECT}"  # noqa: S608 - a policy
                f" AND EXISTS (SELECT 1 FROM action_plan_exercise e WHERE e.id = {RESPONSE}.exercise_id"
                " AND e.status IN ('running', 'paused'))",
            ),
            SameState(name="response_inject_same_exercise", parent="inject", column="exercise_id"),
            SameState(name="response_player_same_exercise", parent="player", column="exercise_id"),
            Locked(name="response_locked"),
            Audited(name="response_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.inject_id}, {self.player_id}"

    @property
    def minute(self) -> int:
        return int(self.second // 60)


class Score(models.Model):
    """How an observer judges what a team did with an inject. The team reads it with the report."""

    class Level(models.IntegerChoices):
        NOTHING = 0, _("No reaction")
        WEAK = 1, _("Weak")
        SUFFICIENT = 2, _("Sufficient")
        GOOD = 3, pgettext_lazy("score", "Good")
        EXCELLENT = 4, _("Excellent")

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="scores", editable=False)
    inject = models.ForeignKey(Inject, on_delete=models.PROTECT, related_name="scores", editable=False)
    player = models.ForeignKey(ExerciseTeam, on_delete=models.PROTECT, related_name="scores", editable=False)
    level = models.PositiveSmallIntegerField(_("score"), choices=Level.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(auto_now=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("exercise", "score")
        verbose_name_plural = pgettext_lazy("exercise", "scores")
        ordering = ("exercise_id", "inject_id", "player_id")
        constraints: ClassVar = (
            models.UniqueConstraint(name="score_once", fields=("player", "inject", "by")),
            models.CheckConstraint(name="score_of_scale", condition=Q(level__gte=0, level__lte=4)),
            RowWall(
                name="score_wall",
                read=READ_SCORE,
                write=f"by_id = {{person}} AND {observes(f'{SCORE}.exercise_id')} AND {IS_OPEN}",
                staff_read=staff_reads(f"{SCORE}.exercise_id", READ_SCORE),
                staff_write=IS_OPEN,
            ),
            SameState(name="score_inject_same_exercise", parent="inject", column="exercise_id"),
            SameState(name="score_player_same_exercise", parent="player", column="exercise_id"),
            Audited(name="score_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.inject_id}, {self.player_id}: {self.level}"


class HotWash(models.Model):
    """What went well and what to improve, as a team says right after the end; without a team, an observer or director.

    A team's words are read by the team, observers and staff. What observers wrote everybody who played reads with the
    report.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="hot_washes", editable=False)
    player = models.ForeignKey(
        ExerciseTeam, on_delete=models.PROTECT, null=True, related_name="hot_washes", editable=False
    )
    went_well = models.TextField(_("what went well"), max_length=4000, blank=True)
    to_improve = models.TextField(_("what to improve"), max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(auto_now=True)

    objects = HotWashQuerySet.as_manager()

    class Meta:
        verbose_name = _("hot wash")
        verbose_name_plural = _("hot washes")
        ordering = ("exercise_id", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="hot_wash_of_team_once", fields=("player",)),
            models.UniqueConstraint(
                name="hot_wash_of_observer_once", fields=("exercise", "by"), condition=Q(player=None)
            ),
            RowWall(
                name="hot_wash_wall",
                read=READ_HOT_WASH,
                staff_read=staff_reads("action_plan_hotwash.exercise_id", READ_HOT_WASH),
                write=WRITES_HOT_WASH,
                becomes=f"by_id = {{person}} AND {WRITES_HOT_WASH}",
            ),
            SameState(name="hot_wash_same_exercise", parent="player", column="exercise_id"),
            Audited(name="hot_wash_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.exercise_id}, {self.player_id}"


class AfterAction(models.Model):
    """The director's words in the after-action report; the rest of it is put together from what happened."""

    exercise = models.OneToOneField(Exercise, on_delete=models.PROTECT, related_name="after_action", editable=False)
    summary = models.TextField(_("summary"), max_length=10000)
    went_well = models.TextField(_("what went well"), max_length=10000, blank=True)
    to_improve = models.TextField(_("what to improve"), max_length=10000, blank=True)
    edited = models.PositiveIntegerField(default=0, editable=False)

    objects = AfterActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("after-action report")
        verbose_name_plural = _("after-action reports")
        ordering = ("exercise_id",)
        constraints: ClassVar = (
            RowWall(
                name="after_action_wall",
                read=f"{observes('action_plan_afteraction.exercise_id')}"
                f" OR {plays('action_plan_afteraction.exercise_id', ' AND p.is_released')}",
                write=NOBODY,
            ),
            Audited(name="after_action_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.exercise_id)


class InjectNotice(models.Model):
    """That the mails to a team about an inject were put into the outbox: once for each, whatever stops and starts."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+", editable=False)
    inject = models.ForeignKey(Inject, on_delete=models.PROTECT, related_name="notices", editable=False)
    player = models.ForeignKey(ExerciseTeam, on_delete=models.PROTECT, related_name="notices", editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OfObservers["InjectNotice"].as_manager()

    class Meta:
        verbose_name = _("notice of an inject")
        verbose_name_plural = _("notices of injects")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="inject_notice_once", fields=("inject", "player")),
            RowWall(name="inject_notice_wall", read=observes("action_plan_injectnotice.exercise_id"), write=NOBODY),
            SameState(name="inject_notice_same_exercise", parent="inject", column="exercise_id"),
            SameState(name="inject_notice_player_same_exercise", parent="player", column="exercise_id"),
            Locked(name="inject_notice_locked"),
            Audited(name="inject_notice_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.inject_id}, {self.player_id}"
