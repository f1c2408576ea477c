"""Missions are run by officers. Liaisons say what becomes of a recommendation, and officers confirm it.

Officers who are liaisons as well do neither for their own state.
"""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from action_plan.models import Expertise, Mission, Nomination, Recommendation, RecommendationReport
from common.scope import reach_of
from member_states.rules import writes_for_its_state


@rules.predicate
def is_liaison(user: Any) -> bool:
    return bool(reach_of(user).states)


@rules.predicate
def speaks_for_its_state(
    user: Any, record: Mission | Recommendation | RecommendationReport | Expertise | Nomination | None
) -> bool:
    return record is not None and record.state_id in reach_of(user).states


@rules.predicate
def wrote_it(user: Any, report: Recommendation | RecommendationReport | None) -> bool:
    """False for the recommendation itself, which is asked about where no report waits."""
    return isinstance(report, RecommendationReport) and report.by_id == user.pk


@rules.predicate
def is_unreleased(user: Any, recommendation: Recommendation | None) -> bool:
    return recommendation is not None and not recommendation.is_released


rules.add_perm("action_plan.view_missions", is_programme_staff | is_liaison)
rules.add_perm("action_plan.view_recommendations", is_programme_staff | is_liaison)
rules.add_perm("action_plan.run_missions", is_officer & ~speaks_for_its_state)
rules.add_perm("action_plan.remove_recommendation", is_officer & ~speaks_for_its_state & is_unreleased)
rules.add_perm("action_plan.report_on_recommendation", writes_for_its_state)
rules.add_perm("action_plan.decide_report", is_officer & ~wrote_it & ~speaks_for_its_state)
