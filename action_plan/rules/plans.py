"""Who writes country plans, and who signs them: nobody does both for one state."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from member_states.rules import is_lead_of, is_liaison_of


@rules.predicate
def speaks_for_its_state(user: Any, thing: Any) -> bool:
    """`thing` is a plan or a state."""
    return thing is not None and is_liaison_of(user, getattr(thing, "state", thing))


@rules.predicate
def leads_its_state(user: Any, plan: Any) -> bool:
    return plan is not None and is_lead_of(user, plan.state)


rules.add_perm("action_plan.list_plans", is_programme_staff)
rules.add_perm("action_plan.draft_plan", is_officer & ~speaks_for_its_state)
rules.add_perm("action_plan.answer_plan", leads_its_state)
