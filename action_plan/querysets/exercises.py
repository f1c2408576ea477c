"""Who reads what of an exercise, and when: an inject is read once its time has come, by the clock of the database.

The same stands in models/exercises.py and models/injects.py as the second wall (test_exercise_walls.py holds them
against each other).
"""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, FloatField, Func, Model, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from common.scope import Reach, reach_of

if TYPE_CHECKING:
    from action_plan.models import Exercise, ExerciseObserver, ExerciseTeam, HotWash, Inject, Response

M = TypeVar("M", bound=Model)
SINCE = "EXTRACT(EPOCH FROM STATEMENT_TIMESTAMP() - %(expressions)s)::double precision"


def clock() -> Coalesce:
    """Seconds of exercise time: what was counted when it stood last, and what has run since."""
    since = Func(F("running_since"), template=SINCE, output_field=FloatField())
    return Coalesce(F("counted") + since * F("speed"), F("counted"), output_field=FloatField())


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def visible_to(self, user: Any) -> "ExerciseQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        teams = _all("ExerciseTeam").filter(mine(reach), exercise=OuterRef("pk"))
        return self.filter((~Q(status="written") & Exists(teams)) | observed(reach, "pk"))

    def with_clock(self) -> "ExerciseQuerySet":
        """Each with `seconds`, as the database counts them."""
        return self.annotate(seconds=clock())

    def for_reader(self, user: Any) -> "ExerciseQuerySet":
        """What `user` may see, each with the clock and with what `user` is there.

        `is_watched`, `is_played` by a team of theirs, `is_of_own_state` by one of a state for which they speak.
        """
        reach = reach_of(user)
        of_state = _all("ExerciseTeam").filter(exercise=OuterRef("pk"), state__in=reach.states)
        own = {"is_played": _played(reach, "pk"), "is_of_own_state": Exists(of_state)}
        return self.visible_to(user).with_clock().annotate(is_watched=observed(reach, "pk"), **own)

    def newest_first(self) -> "ExerciseQuerySet":
        return self.order_by(F("planned_at").desc(nulls_first=True), "-pk")


class ExerciseTeamQuerySet(models.QuerySet["ExerciseTeam"]):
    def visible_to(self, user: Any) -> "ExerciseTeamQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(mine(reach) | observed(reach, "exercise"))

    def played_by(self, user: Any) -> "ExerciseTeamQuerySet":
        """For which `user` answers."""
        return self.filter(team__in=reach_of(user).teams)


class ExerciseObserverQuerySet(models.QuerySet["ExerciseObserver"]):
    def visible_to(self, user: Any) -> "ExerciseObserverQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(person=reach.person)


class OfExercise(models.QuerySet[M]):
    """What is read with the exercise."""

    def visible_to(self, user: Any) -> Self:
        if reach_of(user).staff:
            return self
        return self.filter(Exists(_all("Exercise").visible_to(user).filter(pk=OuterRef("exercise"))))


class OfObservers(models.QuerySet[M]):
    """What observers and the programme keep among themselves."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.staff else self.filter(observed(reach, "exercise"))


class InjectQuerySet(models.QuerySet["Inject"]):
    def visible_to(self, user: Any) -> "InjectQuerySet":
        """By those it is for, once it is out; by those who watch at any time."""
        reach = reach_of(user)
        players = _all("ExerciseTeam").filter(read_by(reach), exercise=OuterRef("exercise"))
        place = Func(OuterRef("only"), F("pk"), function="array_position", output_field=models.IntegerField())
        named = players.alias(place=place).filter(place__isnull=False)
        plays = Q(Q(only=[]) & Exists(players)) | Exists(named)
        return self.filter(watched(reach, "exercise") | (is_out() & plays))

    def out(self) -> "InjectQuerySet":
        return self.filter(is_out())


class ExpectationQuerySet(models.QuerySet[Any]):
    """What is expected is read by teams with the report."""

    def visible_to(self, user: Any) -> "ExpectationQuerySet":
        reach = reach_of(user)
        released = _all("Exercise").filter(pk=OuterRef("exercise"), is_released=True)
        seen = Exists(_all("Inject").visible_to(user).filter(pk=OuterRef("inject")))
        return self.filter(watched(reach, "exercise") | (Exists(released) & seen))


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, user: Any) -> "ResponseQuerySet":
        """By the own team and those who watch; by the liaisons of its state with the report. By no other team."""
        reach = reach_of(user)
        return self.filter(watched(reach, "exercise") | _of_player(read_by(reach)))


class ScoreQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ScoreQuerySet":
        """The own ones, and those only with the report."""
        reach = reach_of(user)
        return self.filter(watched(reach, "exercise") | _of_player(mine(reach) & Q(is_released=True)))


class HotWashQuerySet(models.QuerySet["HotWash"]):
    def visible_to(self, user: Any) -> "HotWashQuerySet":
        """The own team's at any time; what observers wrote, with the report."""
        reach = reach_of(user)
        reported = _all("ExerciseTeam").filter(mine(reach), exercise=OuterRef("exercise"), is_released=True)
        of_observers = Q(player=None) & Exists(reported)
        return self.filter(watched(reach, "exercise") | _of_player(read_by(reach)) | of_observers)


class AfterActionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "AfterActionQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        reported = _all("ExerciseTeam").filter(mine(reach), exercise=OuterRef("exercise"), is_released=True)
        return self.filter(observed(reach, "exercise") | Exists(reported))


def mine(reach: Reach) -> Q:
    return Q(team__in=reach.teams) | Q(state__in=reach.states)


def read_by(reach: Reach) -> Q:
    """Teams at once, the liaisons of their state with the report."""
    return Q(team__in=reach.teams) | Q(state__in=reach.states, is_released=True)


def observed(reach: Reach, exercise: str) -> Exists:
    return Exists(_all("ExerciseObserver").filter(exercise=OuterRef(exercise), person=reach.person))


def watched(reach: Reach, exercise: str) -> Q:
    """By those who observe, and by staff that play in no team of it."""
    return Q(observed(reach, exercise)) | Q(~_played(reach, exercise)) if reach.staff else Q(observed(reach, exercise))


def _played(reach: Reach, exercise: str) -> Exists:
    return Exists(_all("ExerciseTeam").filter(exercise=OuterRef(exercise), team__in=reach.teams))


def is_out() -> Q:
    """Released by hand, or its minute has come: whatever runs, nothing needs to happen for it."""
    running = _all("Exercise").with_clock().filter(pk=OuterRef("exercise"), started_at__isnull=False)
    come = running.filter(seconds__gte=OuterRef("due_minute") * Value(60.0))
    return Q(released_at__isnull=False) | Q(Q(due_minute__isnull=False) & Exists(come))


def _of_player(whose: Q) -> Exists:
    return Exists(_all("ExerciseTeam").filter(whose, pk=OuterRef("player")))


def _all(name: str) -> Any:
    return apps.get_model("action_plan", name)._default_manager
