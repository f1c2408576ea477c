"""The list of states: names for everybody, facts as far as each reader may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from capability.models import CsirtStatus, StrategyStatus, Update
from common.downloads import where, whereabouts
from common.mandate import Objective
from common.scope import reach_of
from common.templatetags.looks import look
from member_states.models import MemberState
from reporting.dashboards.dates import in_words
from reporting.dashboards.objectives import Fact, facts_of

# How a status of a fact looks: a code of the house's statuses.
CSIRT_LOOKS = {
    "operational": "operational",
    "setting up": "being_set_up",
    "planned": "planned",
    "none": "none",
    "unknown": "unknown",
}


@dataclass(frozen=True)
class Mark:
    """A fact as a pill, and whether the state itself has said so: without that it goes without its colour."""

    look: str
    word: Any
    note: str
    tint: str = ""


@dataclass(frozen=True)
class Line:
    state: MemberState
    csirt: Mark
    strategy: Mark
    update: Any
    is_own: bool


class StateList:
    """`shows_updates`: staff and liaisons see how far updates are, each as far as the wall lets them."""

    def __init__(self, user: Any, states: Any) -> None:
        self.user = user
        self.states = list(states)
        self.facts = facts_of(user)
        self.shows_updates = user.is_authenticated
        opened = Update.objects.visible_to(user).filter(round__opened_at__isnull=False, round__closed_at=None)
        self.updates = {update.state_id: update for update in opened} if self.shows_updates else {}

    @property
    def lines(self) -> list[Line]:
        own = reach_of(self.user).states
        return [
            Line(
                state,
                csirt_mark(self.facts[Objective.CSIRTS].get(state.pk)),
                strategy_mark(self.facts[Objective.STRATEGIES].get(state.pk)),
                self.updates.get(state.pk),
                state.pk in own,
            )
            for state in self.states
        ]

    def rows(self) -> Iterator[list[Any]]:
        """The table as the page shows it, to download."""
        yield [
            gettext("State"),
            gettext("ISO 3166 alpha-3"),
            gettext("Sub-region"),
            gettext("Participating"),
            gettext("CSIRT"),
            gettext("Who says so of the CSIRT"),
            gettext("National strategy"),
            gettext("Who says so of the strategy"),
            *([gettext("Update")] if self.shows_updates else []),
            *where(),
        ]
        yes, no = gettext("yes"), gettext("no")
        for line in self.lines:
            update = line.update
            state: Any = line.state  # with_participation
            yield [
                state.name,
                state.alpha3,
                state.get_sub_region_display(),
                yes if state.participates else no,
                str(line.csirt.word),
                line.csirt.note,
                str(line.strategy.word),
                line.strategy.note,
                *([str(look(update.display_status).word) if update else ""] if self.shows_updates else []),
                *whereabouts(state),
            ]


def csirt_mark(fact: Fact | None) -> Mark:
    status = fact.word if fact else "unknown"
    return Mark(CSIRT_LOOKS[status], CsirtStatus.Status(status).label, told_by(fact), _tint(fact))


def strategy_mark(fact: Fact | None) -> Mark:
    step = fact.word if fact else "unknown"
    if fact and fact.is_reached:
        return Mark("in_force", gettext("In force"), told_by(fact), _tint(fact))
    if fact and fact.is_under_way:
        return Mark("in_preparation", StrategyStatus.Step(step).label, told_by(fact), _tint(fact))
    return Mark("unknown" if step == "unknown" else "none", StrategyStatus.Step(step).label, told_by(fact))


def _tint(fact: Fact | None) -> str:
    return "" if fact and fact.is_confirmed else "neutral"


def told_by(fact: Any) -> str:
    if fact is None or not fact.is_known:
        return ""
    if fact.is_confirmed:
        return gettext("Confirmed by the state")
    return gettext("Reported, as of %(date)s") % {"date": in_words(fact.as_of)} if fact.as_of else gettext("Reported")
