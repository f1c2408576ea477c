"""A state nominates its own people and takes them back; the programme's officers do all else.

Officers who are liaisons as well change no nominee of their own state.
"""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from action_plan.models import Course, Nomination
from action_plan.rules.missions import speaks_for_its_state
from common.scope import reach_of
from member_states.rules import writes_for_a_state, writes_for_its_state


@rules.predicate
def is_open(user: Any, course: Course | None) -> bool:
    return course is not None and course.is_open


@rules.predicate
def speaks_for_a_state(user: Any) -> bool:
    return bool(reach_of(user).states)


@rules.predicate
def is_undecided(user: Any, nomination: Nomination | None) -> bool:
    return nomination is not None and nomination.status == Nomination.Status.NOMINATED


@rules.predicate
def is_kept(user: Any, nomination: Nomination | None) -> bool:
    """Of somebody whose data is erased nothing is changed."""
    return nomination is None or nomination.is_kept


of_other_state = is_officer & ~speaks_for_its_state
of_own_state = ~is_programme_staff & writes_for_its_state

rules.add_perm("action_plan.run_course", is_officer)
rules.add_perm("action_plan.view_course_records", is_programme_staff)
rules.add_perm("action_plan.nominate", is_open & ~is_programme_staff & writes_for_a_state)
rules.add_perm("action_plan.view_nominees", is_programme_staff | speaks_for_a_state)
rules.add_perm("action_plan.withdraw_nomination", is_kept & (of_other_state | of_own_state))
rules.add_perm("action_plan.correct_nomination", is_kept & (of_other_state | (is_undecided & of_own_state)))
