"""The national strategy of one state: its seven stages, its versions, who was consulted, and what was said of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from action_plan import dialogue
from action_plan.models import Activity, ActivityState, Presentation
from capability.drafts import STRATEGY_FACTS
from capability.forms.strategy import STAGES
from capability.models import StrategyConsultation, StrategyStatus, StrategyStep, StrategyVersion
from capability.questions import STRATEGY
from common.mandate import Point, Sector
from common.partial_dates import in_words
from member_states.models import MemberState
from reporting.dashboards.objectives import best_known_first
from reporting.dashboards.sections.said import Said, answers_to, history, statements
from reporting.dashboards.state import strategy_fact
from reporting.dashboards.state_list import Mark, strategy_mark

MOST = 50


@dataclass(frozen=True)
class StageLine:
    """`place` is passed, here or ahead."""

    label: Any
    place: str
    reached: str


class StrategyPage:
    """Eight queries."""

    def __init__(self, user: Any, state: MemberState) -> None:
        def current(model: Any) -> Any:
            return model.objects.visible_to(user).current().filter(state=state)

        rows = best_known_first(StrategyStatus.objects.visible_to(user).filter(state=state))
        self.rows: list[StrategyStatus] = list(rows.select_related("source", "update__round"))
        self.reached = dict(current(StrategyStep).values_list("step", "reached"))
        self.versions: list[StrategyVersion] = list(current(StrategyVersion).order_by("-adopted", "pk"))
        self.consultations: list[StrategyConsultation] = list(current(StrategyConsultation).order_by("-held", "pk"))
        self.answers = answers_to(user, state, STRATEGY)
        self.dialogue = dialogue.of_state(user, state)
        taking_part = ActivityState.objects.visible_to(user).filter(state=state, activity=OuterRef("pk"))
        presented = Presentation.objects.visible_to(user).naming_states_for(user)
        presented = presented.filter(state=state, activity=OuterRef("pk"))
        served = Activity.objects.visible_to(user).filter(Exists(taking_part) | Exists(presented), point=Point.STRATEGY)
        self.activities: list[Activity] = list(served.order_by("-starts_on", "-pk")[:MOST])

    @property
    def strategy(self) -> StrategyStatus | None:
        return self.rows[0] if self.rows else None

    @property
    def mark(self) -> Mark:
        return strategy_mark(strategy_fact(self.strategy))

    @property
    def adopted(self) -> str:
        return in_words(self.strategy.adopted) if self.strategy else ""

    @property
    def stages(self) -> list[StageLine]:
        """Nothing is passed where nothing is known."""
        steps = [stage.value for stage in STAGES]
        here = steps.index(self.strategy.step) if self.strategy and self.strategy.step in steps else -1
        return [
            StageLine(stage.label, _place(number, here), in_words(self.reached.get(stage.value, "")))
            for number, stage in enumerate(STAGES)
        ]

    @property
    def silent_sectors(self) -> list[Any]:
        """Those of which no consultation is recorded."""
        heard = {consultation.sector for consultation in self.consultations}
        return [sector.label for sector in Sector if sector.value not in heard]

    @cached_property
    def said(self) -> list[Said]:
        reported = [row for row in self.rows if not row.is_confirmed]
        return history(STRATEGY, statements(self.answers, reported, STRATEGY_FACTS))


def _place(number: int, here: int) -> str:
    return "here" if number == here else "passed" if number < here else "ahead"
