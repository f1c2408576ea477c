"""Who asks for support, and who answers: no state answers itself."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from action_plan.models import AskedSupport
from common.scope import reach_of
from member_states.rules import is_liaison_of, writes_for_a_state, writes_for_its_state


@rules.predicate
def speaks_for_a_state(user: Any) -> bool:
    return bool(reach_of(user).states)


@rules.predicate
def is_of_own_state(user: Any, request: AskedSupport | None) -> bool:
    return request is not None and is_liaison_of(user, request.state)


rules.add_perm("action_plan.view_requests", rules.is_authenticated & (is_programme_staff | speaks_for_a_state))
rules.add_perm("action_plan.ask_support", rules.is_authenticated & ~is_programme_staff & writes_for_a_state)
rules.add_perm("action_plan.take_back_request", ~is_programme_staff & writes_for_its_state)
rules.add_perm("action_plan.answer_request", is_officer & ~is_of_own_state)
