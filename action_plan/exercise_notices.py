"""Mails that an inject has come. They only announce: who reads it is asked of the clock, and waits for nobody.

A row of InjectNotice, unique for inject and team, is written with the mails in one transaction, so that whatever is
killed, started again or run twice, each is announced once. What is due soon is rung for in advance; a ring that is
lost is made up for by the next minute.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from action_plan.exercise_states import Stands
from action_plan.models import Exercise, ExerciseTeam, Inject, InjectNotice
from common.scope import PROGRAMME, scope
from csirt_network.models import TeamMember
from notices import bell
from notices.outbox import post

OUT = "inject out"
AHEAD = 65  # seconds: until beat comes round again, and a little
ANNOUNCED = (Stands.RUNNING, Stands.PAUSED, Stands.ENDED)


def members_of(teams: Any) -> Iterable[User]:
    """Of these teams today, each once."""
    held = TeamMember.objects.current().filter(team__in=teams)
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("pk")


def announce() -> None:
    """Every inject that is out and of which a team has not been told."""
    with scope(PROGRAMME, page="worker"):
        on = list(Exercise.objects.filter(status__in=ANNOUNCED).order_by("pk"))
    for exercise in on:
        with scope(PROGRAMME, page="worker"):
            for inject, player in _unannounced(exercise):
                _announce(inject, player)


def _unannounced(exercise: Exercise) -> list[tuple[Inject, ExerciseTeam]]:
    players = list(ExerciseTeam.objects.filter(exercise=exercise))
    told = set(InjectNotice.objects.filter(exercise=exercise).values_list("inject", "player"))
    out = Inject.objects.out().filter(exercise=exercise)
    return [(i, p) for i in out for p in players if i.is_for(p) and (i.pk, p.pk) not in told]


def _announce(inject: Inject, player: ExerciseTeam) -> None:
    of = {"exercise_id": inject.exercise_id, "inject": inject, "player": player}
    InjectNotice.objects.bulk_create([InjectNotice(**of)], ignore_conflicts=True)
    post(kind=OUT, object_id=inject.pk, people=members_of([player.team_id]))


def ring() -> None:
    """After the transaction: a clock runs, or something was released."""
    transaction.on_commit(lambda: bell.send("action_plan.tasks.announce_injects"))


def ring_ahead() -> None:
    with scope(PROGRAMME, page="worker"):
        coming = sorted(set(_seconds_until_due()))
    for seconds in coming:
        bell.send("action_plan.tasks.announce_due", after=seconds)


def _seconds_until_due() -> Iterable[float]:
    """Of the real clock, to the tenth above."""
    for exercise in Exercise.objects.filter(status=Stands.RUNNING).with_clock():
        seconds: float = exercise.seconds  # type: ignore[attr-defined]
        first, last = seconds / 60, (seconds + AHEAD * exercise.speed) / 60
        due = Inject.objects.filter(exercise=exercise, due_minute__gt=first, due_minute__lte=last)
        for minute in due.order_by().values_list("due_minute", flat=True).distinct():
            yield round((minute * 60 - seconds) / exercise.speed + 0.05, 1)  # type: ignore[operator]
