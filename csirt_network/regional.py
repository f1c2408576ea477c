"""SIM3 figures of the region: the one door through which people see anything of assessments that are not theirs.

The programme's staff read what was sent anyway, so their figures are live. Everybody else gets figures made in the
programme's scope, and this file is the only code that enters it for them:

- nothing is said of fewer than five teams, neither of a quadrant nor of a parameter (None stands for "withheld");
- counted is what was sent before the current quarter began, of each team the last: figures change four times a year,
  for all at once, so that watching them tells of no single team;
- medians alone are said: means could be subtracted from one another;
- no row leaves: what is returned holds numbers by quadrant and parameter, and no team.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from common.scope import PROGRAMME, current_reach, scope
from csirt_network.models import Assessment, ParameterLevel
from csirt_network.sim3 import PARAMETERS, Quadrant, averages

LEAST_TEAMS = 5  # a figure of fewer would tell what one of them said: it is withheld
Levels = Mapping[str, int | None]


@dataclass(frozen=True)
class Middle:
    """The lower median, None where it is withheld, of so many teams."""

    median: float | None
    teams: int


@dataclass(frozen=True)
class Figures:
    """`until`: what was sent later is not counted."""

    until: datetime
    teams: int
    quadrants: Mapping[Quadrant, Middle]
    parameters: Mapping[str, Middle]

    @property
    def is_withheld(self) -> bool:
        return self.teams < LEAST_TEAMS


def figures(now: datetime) -> Figures:
    with _all_teams() as live:
        until = now if live else quarter_of(now)
        teams = _latest(until)
    means = [averages(levels) for levels in teams]
    return Figures(
        until=until,
        teams=len(teams),
        quadrants={quadrant: _middle([mean[quadrant] for mean in means]) for quadrant in Quadrant},
        parameters={code: _middle([levels.get(code) for levels in teams]) for code in PARAMETERS},
    )


def quarter_of(now: datetime) -> datetime:
    """The moment at which the quarter began, in UTC."""
    now = now.astimezone(UTC)
    return datetime(now.year, now.month - (now.month - 1) % 3, 1, tzinfo=UTC)


@contextmanager
def _all_teams() -> Iterator[bool]:
    """Says whether figures are live."""
    if current_reach().staff:
        yield True
    else:
        with scope(PROGRAMME, read_only=True):
            yield False


def _latest(until: datetime) -> list[Levels]:
    """Of each team the levels it sent last. Two queries, however many teams there are."""
    latest = Assessment.objects.filter(sent_at__lt=until).order_by("team_id", "-version").distinct("team_id")
    found: dict[int, dict[str, int | None]] = {pk: {} for pk in latest.values_list("pk", flat=True)}
    rows = ParameterLevel.objects.filter(assessment__in=list(found)).order_by()
    for assessment, code, level in rows.values_list("assessment_id", "code", "level"):
        found[assessment][code] = level
    return [levels for levels in found.values() if any(level is not None for level in levels.values())]


def _middle(values: list[float | None] | list[int | None]) -> Middle:
    known = sorted(value for value in values if value is not None)
    median = known[(len(known) - 1) // 2] if len(known) >= LEAST_TEAMS else None
    return Middle(median, len(known))
