"""Where each state stands, one question at a time: what the map shows, and the counts beside it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.mandate import Objective
from common.templatetags.looks import stage_name
from member_states.models import MemberState
from reporting.dashboards.matrix import Matrix
from reporting.dashboards.objectives import Fact, Facts
from reporting.dashboards.progress import Progress
from reporting.dashboards.standing_words import CSIRT, STRATEGY

QUESTIONS: dict[str, str | Promise] = {
    "maturity": _("Maturity"),
    "csirt": _("CSIRT"),
    "strategy": _("Strategy"),
    "updates": _("Updates"),
}
NO_DATA = ("none", _("No data"))
UPDATES = {
    "w-accepted": _("Accepted"),
    "w-submitted": _("In review"),
    "w-returned": _("Returned"),
    "w-draft": _("In progress"),
    "w-not-started": _("Not started"),
    "none": _("Not invited"),
}


@dataclass(frozen=True)
class Figure:
    """A state on the map: `fill` is a class, `words` what it says."""

    state: Any
    fill: str
    words: str
    participating: bool


@dataclass(frozen=True)
class Bar:
    fill: str
    label: Any
    count: int
    stage: int | None = None


class Standing:
    """One question (`?map=`): a figure for each state and how many states give the same answer."""

    def __init__(self, question: str, matrix: Matrix, facts: Facts, progress: Progress) -> None:
        self.question = question if question in QUESTIONS else "maturity"
        self.matrix, self.facts, self.progress = matrix, facts, progress

    @property
    def figures(self) -> list[Figure]:
        return [self._figure(state, *self._say(state)) for state in self.matrix.states]

    @property
    def bars(self) -> list[Bar]:
        found = Counter(self._say(state)[0] for state in self.matrix.states)
        if self.question == "maturity":
            stages = [Bar(f"st{stage}", stage_name(stage), found[f"st{stage}"], stage) for stage in range(1, 6)]
            return [*stages, Bar(*NO_DATA, found["none"])]
        words = {"csirt": CSIRT, "strategy": STRATEGY, "updates": UPDATES}[self.question]
        return [Bar(fill, label, found[fill]) for fill, label in words.items()]

    def _figure(self, state: Any, fill: str, word: Any) -> Figure:
        words = (
            gettext("%(state)s: %(word)s") if state.participates else gettext("%(state)s, not participating: %(word)s")
        )
        return Figure(state, fill, words % {"state": state.name, "word": word}, state.participates)

    def _say(self, state: MemberState) -> tuple[str, Any]:
        if self.question == "csirt":
            return _of_fact(self.facts[Objective.CSIRTS].get(state.pk), CSIRT)
        if self.question == "strategy":
            return _of_fact(self.facts[Objective.STRATEGIES].get(state.pk), STRATEGY)
        return self._of_update(state) if self.question == "updates" else self._of_maturity(state)

    def _of_maturity(self, state: MemberState) -> tuple[str, Any]:
        stage = self.matrix.middle(state)
        return (f"st{stage}", f"{stage} {stage_name(stage)}") if stage else NO_DATA

    def _of_update(self, state: MemberState) -> tuple[str, Any]:
        status = self.progress.status_of(state)
        fill = f"w-{status.replace('_', '-')}" if status else "none"
        return fill, UPDATES[fill]


def _of_fact(fact: Fact | None, words: dict[str, Any]) -> tuple[str, Any]:
    fill = fact.fill if fact else "none"
    return fill, words[fill]
