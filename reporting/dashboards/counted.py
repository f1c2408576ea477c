"""The five objectives as figures with names, for programs and open data: what front page and region say in words."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone

from action_plan import dialogue
from action_plan.deployment_page import to_confirm
from action_plan.dialogue import Dialogue
from capability import regional
from capability.regional import Tally
from common.mandate import Objective
from csirt_network.connected import Connected, connected
from member_states.models import MemberState
from partnerships import ties
from partnerships.ties import Ties
from reporting.dashboards.objectives import facts_of, network_tally, tally_of

OF_STATES = ("states", "reached", "confirmed", "reported", "under_way")
OF_NETWORK = ("teams", "national", "alerts", "answered", "items")
OF_SECTOR = ("included", "activities", "people")
NAMES = (*OF_STATES, "to_confirm", *OF_NETWORK, *OF_SECTOR, "agreements", "partners", "promised", "delivered")


class Figure(NamedTuple):
    """`of`: the sector, or the kind of partner, that is counted alone. No `value`: withheld, of too few states."""

    objective: Objective
    name: str
    value: int | None
    of: str = ""


def counted(user: Any) -> list[Figure]:
    """What the front page tells everybody; what the page of the region tells whoever may open it."""
    of = MemberState.objects.visible_to(user).count()
    network, region, agreed = connected(user, timezone.now()), dialogue.of_region(user), ties.of_region(user)
    is_shown_all = user.is_authenticated and user.has_perm("reporting.view_region")
    csirts, strategies = _live(user, of) if is_shown_all else _of_everybody()
    found = [
        *_tally(Objective.CSIRTS, of, csirts),
        *_tally(Objective.STRATEGIES, of, strategies),
        *_tally(Objective.NETWORK, of, network_tally(of, network.states)),
        *_tally(Objective.DIALOGUE, of, region.tally),
        Figure(Objective.TIES, "agreements", agreed.agreements),
    ]
    more = _of_region(to_confirm(user), network, region, agreed) if is_shown_all else ()
    return sorted([*found, *more], key=lambda figure: figure.objective)


def _live(user: Any, of: int) -> tuple[Tally, Tally]:
    facts = facts_of(user)
    return tally_of(of, facts[Objective.CSIRTS]), tally_of(of, facts[Objective.STRATEGIES])


def _of_everybody() -> tuple[Tally | None, Tally | None]:
    found = regional.objectives()
    return found.csirts, found.strategies


def _tally(objective: Objective, of: int, tally: Tally | None) -> Iterator[Figure]:
    yield Figure(objective, "states", of)
    for name in OF_STATES[1:]:
        yield Figure(objective, name, getattr(tally, name) if tally else None)


def _of_region(waiting: int, network: Connected, region: Dialogue, agreed: Ties) -> Iterator[Figure]:
    yield Figure(Objective.CSIRTS, "to_confirm", waiting)
    for name in OF_NETWORK:
        yield Figure(Objective.NETWORK, name, getattr(network, name))
    for sector in region.lines:
        for name, value in zip(OF_SECTOR, (sector.states, sector.activities, sector.people), strict=True):
            yield Figure(Objective.DIALOGUE, name, value, sector.sector.value)
    for kind in agreed.lines:
        yield Figure(Objective.TIES, "agreements", kind.agreements, kind.kind)
        yield Figure(Objective.TIES, "partners", kind.partners, kind.kind)
    yield Figure(Objective.TIES, "promised", agreed.promised)
    yield Figure(Objective.TIES, "delivered", agreed.delivered)
