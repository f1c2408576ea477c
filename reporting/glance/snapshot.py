"""The figures of a report that the next one is compared with: what was accepted later cannot tell how it stood before.

Only what its readers were told is kept; what was withheld is None.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reporting.glance.quarters import Quarter, begins

if TYPE_CHECKING:
    from reporting.glance.facts import RegionFacts
    from reporting.models import Run


@dataclass(frozen=True)
class Snapshot:
    """States that reached objectives 1, 2 and 4, and the region's median of each factor by its code."""

    csirts: int | None
    strategies: int | None
    dialogue: int | None
    edition: int
    medians: dict[str, int | None]


@dataclass(frozen=True)
class Earlier:
    as_of: datetime
    told: Snapshot


def figures_to_keep(facts: "RegionFacts") -> dict[str, Any]:
    tallies = (facts.objectives.csirts, facts.objectives.strategies, facts.dialogue.tally)
    csirts, strategies, dialogue = (None if one is None else one.reached for one in tallies)
    edition = facts.maturity.edition
    return asdict(Snapshot(csirts, strategies, dialogue, edition.year if edition else 0, facts.maturity.region.medians))


def earlier_report(run: "Run", quarter: Quarter) -> Earlier | None:
    """The last one that was made for an earlier quarter. One query, in the programme's reach."""
    made = type(run).objects.ready().filter(kind=run.kind, slot__lt=begins(quarter.end), figures__isnull=False)
    last: Any = made.order_by("-slot", "-pk").only("as_of", "figures").first()
    return Earlier(last.as_of, Snapshot(**last.figures)) if last else None
