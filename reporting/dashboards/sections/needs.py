"""Seen together: what threatens a state, what it can do, what it asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from capability.models import CsirtStatus, Factor, StrategyStatus, ThreatLevel
from member_states.models import MemberState
from reporting.dashboards.history import History
from reporting.dashboards.objectives import best_known_first
from reporting.dashboards.sections.requests import RequestsPage
from reporting.dashboards.sections.threats import Level, ThreatsPage, Trend
from reporting.dashboards.state import csirt_fact, strategy_fact
from reporting.dashboards.state_list import Mark, csirt_mark, strategy_mark

LOWEST = 6


@dataclass(frozen=True)
class Standing:
    factor: Factor
    stage: int
    is_crossed: bool
    last: int | None = None


class Needs:
    """Nine queries."""

    def __init__(self, user: Any, state: MemberState) -> None:
        csirts = CsirtStatus.objects.visible_to(user).filter(state=state, is_national=True)
        strategies = StrategyStatus.objects.visible_to(user).filter(state=state)
        self.csirt: Mark = csirt_mark(csirt_fact(best_known_first(csirts).first()))
        self.strategy: Mark = strategy_mark(strategy_fact(best_known_first(strategies).first()))
        self.threats = ThreatsPage(user, state)
        self.requests = RequestsPage(user, state)
        self.history = History(user, state)

    @property
    def grave(self) -> list[ThreatLevel]:
        """High, or rising from wherever it stands."""
        return [
            row
            for row in self.threats.now
            if row.level == Level.HIGH or (row.trend == Trend.RISING and row.level != Level.UNASSESSED)
        ]

    @cached_property
    def _standings(self) -> list[Standing]:
        """The lowest first, in the order of the model."""
        now, last = self.history.now, self.history.last
        found = [
            Standing(factor, now[factor.pk].stage, now[factor.pk].is_crossed, _comparable(now, last, factor.pk))
            for factor in self.history.factors
            if factor.pk in now
        ]
        return sorted(found, key=lambda standing: standing.stage)

    @property
    def lowest(self) -> list[Standing]:
        return self._standings[:LOWEST]

    @property
    def more_as_low(self) -> int:
        """How many stand as low as the last one that is named."""
        return (
            sum(standing.stage == self.lowest[-1].stage for standing in self._standings[LOWEST:]) if self.lowest else 0
        )

    @property
    def falling(self) -> list[Standing]:
        return [standing for standing in self._standings if standing.last and standing.last > standing.stage]


def _comparable(now: Any, last: Any, factor: int) -> int | None:
    """The stage before, within one edition."""
    if factor not in last or last[factor].is_crossed != now[factor].is_crossed:
        return None
    stage: int = last[factor].stage
    return stage
