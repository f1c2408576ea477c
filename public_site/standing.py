"""The public map: where each state stands on one question, as far as everybody may know."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.mandate import Objective
from member_states.models import MemberState
from reporting.dashboards.objectives import Facts, facts_of
from reporting.dashboards.standing import Bar, Figure
from reporting.dashboards.standing_words import CSIRT, STRATEGY


@dataclass(frozen=True)
class Question:
    code: str
    short: str | Promise
    title: str | Promise
    objective: Objective
    words: dict[str, Any]


QUESTIONS = {
    one.code: one
    for one in (
        Question("csirt", _("CSIRT"), _("National CSIRTs of the Americas"), Objective.CSIRTS, CSIRT),
        Question(
            "strategy",
            _("Strategy"),
            _("National cyber security strategies of the Americas"),
            Objective.STRATEGIES,
            STRATEGY,
        ),
    )
}


class PublicMap:
    """Whatever else is asked is the first question."""

    def __init__(self, user: Any, code: str) -> None:
        self.question = QUESTIONS.get(code) or QUESTIONS["csirt"]
        self.states = list(MemberState.objects.visible_to(user).with_participation().in_order())
        self.facts: Facts = facts_of(user)

    @property
    def figures(self) -> list[Figure]:
        return [self._figure(state) for state in self.states]

    @property
    def bars(self) -> list[Bar]:
        found = Counter(self._fill(state) for state in self.states)
        return [Bar(fill, label, found[fill]) for fill, label in self.question.words.items()]

    @property
    def rows(self) -> list[tuple[MemberState, Any]]:
        """The same as a table."""
        return [(state, self.question.words[self._fill(state)]) for state in self.states]

    def _figure(self, state: Any) -> Figure:
        said = gettext("%(state)s: %(word)s")
        words = said % {"state": state.name, "word": self.question.words[self._fill(state)]}
        return Figure(state, self._fill(state), words, state.participates)

    def _fill(self, state: MemberState) -> str:
        fact = self.facts[self.question.objective].get(state.pk)
        return fact.fill if fact else "none"
