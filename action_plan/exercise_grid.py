"""Teams × injects as the director sees them: what is not out, what waits, what was answered and when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan.models import ExerciseTeam, Inject, Response, Score


class Standing(TextChoices):
    COMING = "coming", _("Not released")
    OUT = "out", pgettext_lazy("inject", "Released")
    LATE = "late", pgettext_lazy("inject", "No answer in time")
    ANSWERED = "answered", pgettext_lazy("inject", "Answered")
    ANSWERED_LATE = "answered late", pgettext_lazy("inject", "Answered late")


LOOKS = {"coming": "not_started", "out": "due_soon", "late": "late", "answered": "on_time", "answered late": "overdue"}


@dataclass(frozen=True)
class Cell:
    """One team and one inject; None in a grid stands for an inject that is not for the team."""

    inject: Inject
    player: ExerciseTeam
    standing: Standing
    first: Response | None = None
    responses: int = 0
    scores: tuple[int, ...] = ()

    @property
    def look(self) -> str:
        return LOOKS[self.standing]

    @property
    def minute(self) -> int | None:
        """Of the first answer."""
        return None if self.first is None else int(self.first.second // 60)

    @property
    def took(self) -> int | None:
        """Minutes from the coming of the inject to the first answer."""
        came = self.inject.came_second
        return None if self.first is None or came is None else max(0, int((self.first.second - came) // 60))

    @property
    def score(self) -> float | None:
        return sum(self.scores) / len(self.scores) if self.scores else None


class Grid:
    """All that `user` may see of it, in four queries however many teams and injects there are."""

    def __init__(self, exercise: Any, user: Any) -> None:
        self.exercise = exercise
        injects = Inject.objects.visible_to(user).filter(exercise=exercise)
        self.injects: list[Inject] = list(injects.order_by("number"))
        players = ExerciseTeam.objects.visible_to(user).filter(exercise=exercise).select_related("team", "state")
        self.players: list[ExerciseTeam] = sorted(players, key=lambda one: (str(one.state), str(one.team)))
        self._responses, self._scores = _responses(exercise, user), _scores(exercise, user)

    @property
    def rows(self) -> Iterable[tuple[ExerciseTeam, list[Cell | None]]]:
        for player in self.players:
            yield player, [self.cell(player, inject) for inject in self.injects]

    def cell(self, player: ExerciseTeam, inject: Inject) -> Cell | None:
        if not inject.is_for(player):
            return None
        responses = self._responses.get((player.pk, inject.pk), [])
        first = responses[0] if responses else None
        standing = _standing(inject, first, self.exercise.seconds, has_begun=self.exercise.started_at is not None)
        scores = tuple(self._scores.get((player.pk, inject.pk), ()))
        return Cell(inject, player, standing, first, len(responses), scores)

    @property
    def coming(self) -> list[Inject]:
        """What is not out yet, for anybody."""
        seconds = self.exercise.seconds
        return [one for one in self.injects if one.came_second is None or one.came_second > seconds]

    def mean_score(self, player: ExerciseTeam) -> float | None:
        given = [s for (pk, _inject), scores in self._scores.items() for s in scores if pk == player.pk]
        return sum(given) / len(given) if given else None


def _standing(inject: Inject, first: Response | None, seconds: float, *, has_begun: bool) -> Standing:
    came = inject.came_second
    if not has_begun or came is None or came > seconds:
        return Standing.COMING
    until = None if inject.allowed is None else came + inject.allowed * 60
    if first is not None:
        return Standing.ANSWERED if until is None or first.second <= until else Standing.ANSWERED_LATE
    return Standing.OUT if until is None or seconds <= until else Standing.LATE


def _responses(exercise: Any, user: Any) -> dict[tuple[int, int], list[Response]]:
    found: dict[tuple[int, int], list[Response]] = defaultdict(list)
    for one in Response.objects.visible_to(user).filter(exercise=exercise).order_by("second", "pk"):
        found[one.player_id, one.inject_id].append(one)
    return found


def _scores(exercise: Any, user: Any) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    rows = Score.objects.visible_to(user).filter(exercise=exercise)
    for player, inject, level in rows.values_list("player", "inject", "level"):
        found[player, inject].append(level)
    return found
