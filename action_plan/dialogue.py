"""Objective 4: which sectors take part, counted from done activities and from consultations on strategies.

Each reader counts the activities that they may read of, of a closed one their own state alone; what other states said
of consultations comes through the door of capability/regional.py, withheld below five states.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Sum
from django.utils.functional import Promise

from action_plan.models import ParticipantCount
from capability import regional
from capability.models import StrategyConsultation
from capability.regional import ASKED_FOR, Tally
from common.mandate import Sector
from member_states.models import MemberState

PEOPLE = F("women") + F("men") + F("other") + F("not_stated")


@dataclass(frozen=True)
class SectorLine:
    """`states` is None where it is withheld; of one state, whether it has included the sector."""

    sector: Sector
    activities: int
    people: int
    states: int | None

    @property
    def name(self) -> str | Promise:
        return self.sector.label

    @property
    def is_asked_for(self) -> bool:
        return self.sector in ASKED_FOR


@dataclass(frozen=True)
class Dialogue:
    lines: list[SectorLine]
    tally: Tally | None

    @property
    def most(self) -> int:
        return max((line.states or 0 for line in self.lines), default=0) or 1

    @property
    def included(self) -> list[str | Promise]:
        return [line.name for line in self.lines if line.states]

    @property
    def missing(self) -> list[str | Promise]:
        """Of the four that the objective names."""
        return [line.name for line in self.lines if line.is_asked_for and not line.states]


@dataclass(frozen=True)
class _Part:
    """What people of one state and sector took part in."""

    sector: str
    state: int | None
    activities: frozenset[int]
    people: int


def of_region(user: Any) -> Dialogue:
    """Four queries."""
    parts = _parts(user)
    found = _heard((part.state, part.sector) for part in parts)
    return Dialogue([_line(sector, parts, found.sectors[sector.value]) for sector in Sector], found.tally)


def tally_of_region(user: Any) -> Tally | None:
    """How many states have included all four sectors, without counting activities. Four queries."""
    rows = _counts(user).order_by().values_list("state", "sector").annotate(people=Sum(PEOPLE))
    return _heard((state, sector) for state, sector, people in rows if people).tally


def _heard(took_part: Iterable[tuple[int | None, str]]) -> regional.Dialogue:
    by_state: dict[int, set[str]] = {}
    for state, sector in took_part:
        if state is not None:
            by_state.setdefault(state, set()).add(sector)
    return regional.dialogue(by_state)


def of_state(user: Any, state: MemberState) -> Dialogue:
    """Two queries: as far as the reader may see the activities and what the state said."""
    parts = _parts(user, state=state)
    said = StrategyConsultation.objects.visible_to(user).current().filter(state=state)
    heard = {part.sector for part in parts} | set(said.values_list("sector", flat=True))
    return Dialogue([_line(sector, parts, int(sector.value in heard)) for sector in Sector], None)


def _counts(user: Any) -> Any:
    """Of done activities, those that tell of a sector."""
    counts = ParticipantCount.objects.visible_to(user).naming_states_for(user).exclude(sector="")
    return counts.filter(activity__status="done")


def _parts(user: Any, **which: Any) -> list[_Part]:
    rows = _counts(user).filter(**which).order_by().values_list("sector", "state")
    summed = rows.annotate(found=ArrayAgg("activity", distinct=True), people=Sum(PEOPLE))
    return [_Part(sector, state, frozenset(found), people) for sector, state, found, people in summed if people]


def _line(sector: Sector, parts: Iterable[_Part], states: int | None) -> SectorLine:
    own = [part for part in parts if part.sector == sector.value]
    activities = frozenset[int]().union(*(part.activities for part in own))
    return SectorLine(sector, len(activities), sum(part.people for part in own), states)
