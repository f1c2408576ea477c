"""What happened in an exercise, in order: by the minute of its clock, and by the real one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from action_plan.exercise_states import Stands
from action_plan.models import ExerciseMove, ExerciseTeam, Inject, Response


@dataclass(frozen=True)
class Event:
    """`team` is whose it is, `words` what was said; of an inject its title."""

    kind: str
    second: float
    at: datetime | None
    what: str
    team: str = ""
    words: str = ""
    inject: int | None = None

    @property
    def minute(self) -> int:
        return int(self.second // 60)

    @property
    def text(self) -> str:
        return ": ".join(filter(None, (self.team, self.what)))


def timeline(exercise: Any, user: Any) -> list[Event]:
    """As far as `user` may see it, in four queries."""
    moves = list(ExerciseMove.objects.visible_to(user).filter(exercise=exercise).order_by("pk"))
    injects = Inject.objects.visible_to(user).filter(exercise=exercise).out().order_by("number")
    teams = {one.pk: one for one in _players(exercise, user)}
    responses = Response.objects.visible_to(user).filter(exercise=exercise).order_by("pk")
    numbers = {inject.pk: inject.number for inject in injects}
    events = [
        *_of_moves(moves),
        *_of_injects(injects, moves, exercise.speed),
        *(_of_response(one, teams, numbers) for one in responses),
    ]
    return sorted(events, key=lambda event: (event.second, event.at or exercise.made_at))


def _players(exercise: Any, user: Any) -> Any:
    return ExerciseTeam.objects.visible_to(user).filter(exercise=exercise).select_related("team")


def _of_moves(moves: list[ExerciseMove]) -> Iterator[Event]:
    words = {
        Stands.RUNNING: _("The clock runs"),
        Stands.PAUSED: _("The clock is paused"),
        Stands.ENDED: _("The exercise ends"),
    }
    for move in moves:
        if move.status_after in words:
            yield Event("clock", move.second, move.at, words[Stands(move.status_after)])


def _of_injects(injects: Any, moves: list[ExerciseMove], speed: int) -> Iterator[Event]:
    for inject in injects:
        second = inject.came_second or 0.0
        at = inject.released_at if second == inject.released_second else real_time(second, moves, speed)
        what = _("Inject %(number)s comes") % {"number": inject.number}
        yield Event("inject", second, at, what, words=inject.title, inject=inject.number)


def _of_response(one: Response, teams: dict[int, Any], numbers: dict[int, int]) -> Event:
    number, team = numbers.get(one.inject_id), teams.get(one.player_id)
    what = _("response to inject %(number)s") % {"number": number}
    return Event("response", one.second, one.at, what, str(team or ""), one.text, number)


def real_time(second: float, moves: list[ExerciseMove], speed: int) -> datetime | None:
    """When the clock showed this second: counted from the last time it began to run before."""
    runs = [move for move in moves if move.status_after == Stands.RUNNING and move.second <= second]
    return runs[-1].at + timedelta(seconds=(second - runs[-1].second) / speed) if runs else None


def lines(exercise: Any, user: Any) -> Iterator[tuple[Any, ...]]:
    """For tables."""
    yield _("Minute of the exercise"), _("Time"), _("Team"), _("What"), _("Inject"), _("Words")
    for event in timeline(exercise, user):
        yield event.minute, event.at, event.team, event.what, event.inject or "", event.words
