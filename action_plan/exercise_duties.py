"""What waits for those who play in an exercise, and for those who watch (notices/duties.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from action_plan.actions.exercise_life import READY
from action_plan.exercise_notices import OUT
from action_plan.exercise_states import ON, Stands
from action_plan.models import Exercise, ExerciseObserver, ExerciseTeam, HotWash, Inject, Response
from common.days import day_of
from common.scope import reach_of
from notices.duties import MOST, Duty, duty_kind


def register() -> None:
    duty_kind(
        "inject",
        heading=gettext_lazy("Injects that wait for your team’s response"),
        verb=pgettext_lazy("to do", "Respond"),
        find=injects,
        mails=(OUT,),
    )
    duty_kind(
        "exercise to come",
        heading=gettext_lazy("Exercises to come"),
        verb=pgettext_lazy("to do", "Read the scenario"),
        find=to_come,
        mails=(READY,),
    )
    duty_kind(
        "hot wash",
        heading=gettext_lazy("Exercises that have ended"),
        verb=pgettext_lazy("to do", "Write the hot wash"),
        find=hot_washes,
    )


def injects(person: Any) -> Iterable[Duty]:
    """What has come, while the exercise goes on, to a team of the person that has not said anything to it."""
    if not _may_play(person):
        return []
    players = ExerciseTeam.objects.visible_to(person).played_by(person).filter(exercise=OuterRef("exercise"))
    said = Response.objects.visible_to(person).filter(inject=OuterRef(OuterRef("pk")), player=OuterRef("pk"))
    silent = players.filter(Q(pk__in=[]) | ~Exists(said))
    out = Inject.objects.visible_to(person).out().filter(Exists(silent), exercise__status__in=ON)
    out = out.exclude(Exists(_observed(person, "exercise")))
    found = out.select_related("exercise").order_by("exercise", "number")[: MOST + 1]
    return [_inject(inject) for inject in found]


def _inject(inject: Inject) -> Duty:
    note = inject.exercise.name
    if inject.allowed:
        words = ngettext(
            "%(exercise)s. %(n)d minute is allowed.", "%(exercise)s. %(n)d minutes are allowed.", inject.allowed
        )
        note = words % {"exercise": inject.exercise.name, "n": inject.allowed}
    return Duty(str(inject), inject.get_absolute_url(), tlp=inject.exercise.tlp, note=note)


def to_come(person: Any) -> Iterable[Duty]:
    if not _may_play(person):
        return []
    played = ExerciseTeam.objects.visible_to(person).played_by(person).filter(exercise=OuterRef("pk"))
    ready = Exercise.objects.visible_to(person).filter(Exists(played), status=Stands.READY)
    ready = ready.exclude(Exists(_observed(person, "pk")))
    return [_exercise(one) for one in ready.order_by(F("planned_at").asc(nulls_last=True), "pk")[: MOST + 1]]


def _exercise(one: Exercise) -> Duty:
    due_on = day_of(one.planned_at) if one.planned_at else None
    return Duty(one.name, one.get_absolute_url(), due_on=due_on, tlp=one.tlp)


def hot_washes(person: Any) -> Iterable[Duty]:
    """By a team that played and has written none yet; by an observer as well."""
    reach = reach_of(person)
    if not reach.person:
        return []
    ended = Exercise.objects.visible_to(person).filter(status=Stands.ENDED)
    written = HotWash.objects.visible_to(person)
    players = ExerciseTeam.objects.visible_to(person).played_by(person).filter(exercise=OuterRef("pk"))
    silent = players.exclude(Exists(written.filter(player=OuterRef("pk"))))
    own = written.filter(exercise=OuterRef("pk"), player=None, by=person)
    watches = Q(Exists(_observed(person, "pk"))) & ~Q(Exists(own))
    waiting = ended.filter(watches if reach.staff else Q(Exists(silent)) | watches)
    return [_ended(one) for one in waiting.order_by("ended_at", "pk")[: MOST + 1]]


def _ended(one: Exercise) -> Duty:
    since = day_of(one.ended_at) if one.ended_at else None
    return Duty(one.name, f"{one.get_absolute_url()}hot-wash/", since=since, tlp=one.tlp)


def _may_play(person: Any) -> bool:
    """`action_plan.play_exercise`, as far as it does not depend on the exercise."""
    reach = reach_of(person)
    return bool(reach.teams) and not reach.staff


def _observed(person: Any, exercise: str) -> Any:
    return ExerciseObserver.objects.visible_to(person).filter(person=person, exercise=OuterRef(exercise))
