"""The after-action report: put together from what happened, as far as its reader may see it."""

from dataclasses import dataclass
from typing import Any

from action_plan.exercise_grid import Cell, Grid
from action_plan.exercise_timeline import Event, timeline
from action_plan.models import AfterAction, ExerciseTeam, HotWash, Recommendation


@dataclass(frozen=True)
class TeamPart:
    """What one team did: its cells in order of the injects, and the mean of its scores."""

    player: ExerciseTeam
    cells: list[Cell]
    score: float | None

    @property
    def answered(self) -> int:
        return sum(1 for cell in self.cells if cell.first is not None)

    @property
    def in_time(self) -> int:
        return sum(1 for cell in self.cells if cell.standing == "answered")

    @property
    def took(self) -> float | None:
        """The middle of its minutes to a first answer."""
        minutes = sorted(cell.took for cell in self.cells if cell.took is not None)
        return None if not minutes else (minutes[(len(minutes) - 1) // 2] + minutes[len(minutes) // 2]) / 2


@dataclass(frozen=True)
class Report:
    exercise: Any
    words: AfterAction | None
    grid: Grid
    teams: list[TeamPart]
    events: list[Event]
    washes: list[HotWash]
    recommendations: list[Recommendation]

    @property
    def is_of_all_teams(self) -> bool:
        return len(self.teams) > 1


def report_on(exercise: Any, user: Any) -> Report:
    grid = Grid(exercise, user)
    names = {player.pk: player for player in grid.players}
    washes = list(HotWash.objects.visible_to(user).filter(exercise=exercise).select_related("by").order_by("pk"))
    for wash in washes:
        wash.team = names.get(wash.player_id or 0)  # type: ignore[attr-defined]
    advice = Recommendation.objects.visible_to(user).filter(exercise=exercise).select_related("state", "factor")
    return Report(
        exercise=exercise,
        words=AfterAction.objects.visible_to(user).filter(exercise=exercise).first(),
        grid=grid,
        teams=[_part(grid, player, cells) for player, cells in grid.rows],
        events=timeline(exercise, user),
        washes=washes,
        recommendations=list(advice.order_by("number")),
    )


def _part(grid: Grid, player: ExerciseTeam, cells: list[Cell | None]) -> TeamPart:
    out = [cell for cell in cells if cell is not None and cell.standing != "coming"]
    return TeamPart(player, out, grid.mean_score(player))
