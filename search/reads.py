"""What staff read of a state in results is kept like what they open."""

from collections.abc import Iterable
from typing import Any

from capability.models import Answer, CsirtStatus, StrategyStatus, SupportRequest, ThreatLevel
from capability.reads import note_facts
from search.finding import Group

FACTS = (CsirtStatus, StrategyStatus, SupportRequest, ThreatLevel)


def note_results(request: Any, groups: Iterable[Group]) -> None:
    rows = [result.row for group in groups for result in group.results]
    answers = [row for row in rows if isinstance(row, Answer)]
    note_facts(request, [row for row in rows if isinstance(row, FACTS)], answers)
