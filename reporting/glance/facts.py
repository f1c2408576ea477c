"""What is known of the region, read once in the reach of its readers: the liaisons of any member state.

The report goes to the Permanent Council, so that it holds nothing that one member state may not read of another
(docs/decisions/0032-the-region-at-a-glance-holds-what-all-states-read.md). Figures of answers come through the door of
`capability/regional.py`, which is told of no staff here: rounds that are over, withheld below five states.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from action_plan import dialogue
from capability import regional
from capability.models import CsirtStatus, Edition, Factor, Round, StrategyStatus
from common.scope import PROGRAMME, Reach, scope
from csirt_network.connected import Connected, connected
from csirt_network.regional import Figures as Sim3
from csirt_network.regional import figures as sim3_figures
from documents.models import Source
from member_states.models import MemberState
from partnerships import ties
from reporting.dashboards.objectives import Facts
from reporting.dashboards.objectives import facts_of as standing_of
from reporting.glance.money import Money, money_of
from reporting.glance.network import Network, network_of
from reporting.glance.quarters import Quarter, begins, quarter_of
from reporting.glance.snapshot import Earlier, earlier_report
from reporting.glance.work import Work, work_of

if TYPE_CHECKING:
    from reporting.models import Run

NO_STATE = 0  # whose liaison the reader is: nobody's own rows, and of all states what they share with one another
ANY_STATE = Reach(states=(NO_STATE,))


@dataclass(frozen=True)
class AnyStateReader:
    """Whoever speaks for a member state, whichever it is."""

    reach: Reach = ANY_STATE
    is_authenticated: bool = True
    is_programme_staff: bool = False
    is_staff: bool = False


@dataclass(frozen=True)
class Maturity:
    """`sub_regions` hold medians alone. Without an `edition` there is no model to report on."""

    edition: Edition | None
    factors: tuple[Factor, ...]
    region: regional.Figures
    sub_regions: dict[str, regional.Figures]


@dataclass(frozen=True)
class RegionFacts:
    """`standing` is what states share one by one; the figures beside it count all of them."""

    quarter: Quarter
    as_of: datetime
    states: tuple[Any, ...]
    standing: Facts
    cited: tuple[Source, ...]  # the sources of what is said of CSIRTs and strategies
    objectives: regional.Objectives
    connected: Connected
    dialogue: dialogue.Dialogue
    ties: ties.Ties
    maturity: Maturity
    rounds: tuple[Round, ...]
    work: Work
    money: Money
    network: Network
    sim3: Sim3
    before: Earlier | None


def facts_of(run: "Run") -> RegionFacts:
    """The same number of queries, however much there is to read."""
    reader, quarter, as_of = AnyStateReader(), quarter_of(run), run.as_of or timezone.now()
    with scope(PROGRAMME, read_only=True):
        before = earlier_report(run, quarter)  # figures that were made in the reach of the same readers
    with scope(ANY_STATE, read_only=True):
        return RegionFacts(
            quarter=quarter,
            as_of=as_of,
            states=tuple(MemberState.objects.visible_to(reader).with_participation().order_by("pk")),
            standing=standing_of(reader),
            cited=_cited(reader),
            objectives=regional.objectives(),
            connected=connected(reader, as_of),
            dialogue=dialogue.of_region(reader),
            ties=ties.of_region(reader),
            maturity=_maturity(reader),
            rounds=_rounds(reader, quarter),
            work=work_of(reader, quarter, timezone.localdate(as_of)),
            money=money_of(reader, quarter),
            network=network_of(reader, quarter, as_of),
            sim3=sim3_figures(as_of),
            before=before,
        )


def _cited(reader: Any) -> tuple[Source, ...]:
    csirts = CsirtStatus.objects.visible_to(reader).filter(is_national=True, is_current=True)
    strategies = StrategyStatus.objects.visible_to(reader).filter(is_current=True)
    sources = Q(pk__in=csirts.values("source")) | Q(pk__in=strategies.values("source"))
    return tuple(Source.objects.visible_to(reader).filter(sources).order_by("title", "pk"))


def _maturity(reader: Any) -> Maturity:
    rated = {"dimension__edition__is_rated_by_states": True}
    found: Any = Factor.objects.visible_to(reader).filter(**rated).select_related("dimension__edition__source")
    factors = tuple(found.order_by("dimension__position", "position"))
    edition = factors[0].dimension.edition if factors else None
    year = edition.year if edition else 0
    return Maturity(
        edition=edition,
        factors=factors,
        region=regional.figures(year, list(factors)),
        sub_regions={code: regional.figures(year, list(factors), code) for code in MemberState.SubRegion.values},
    )


def _rounds(reader: Any, quarter: Quarter) -> tuple[Round, ...]:
    """Those that were closed since the quarter began."""
    rounds: Any = Round.objects.visible_to(reader).filter(closed_at__gte=begins(quarter.first))
    return tuple(rounds.order_by("closed_at", "pk"))
