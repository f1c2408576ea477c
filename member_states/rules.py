"""Predicates about liaisons, and who may set what a state shares."""

from typing import Any

import rules

from accounts.rules import is_programme_staff
from common.scope import reach_of
from member_states.models import Liaison, MemberState


@rules.predicate
def is_liaison_of(user: Any, state: MemberState | None) -> bool:
    return state is not None and state.pk in reach_of(user).states


@rules.predicate
def is_lead_of(user: Any, state: MemberState | None) -> bool:
    return state is not None and Liaison.objects.current().filter(person=user, state=state, kind="lead").exists()


@rules.predicate
def writes_for_a_state(user: Any) -> bool:
    """Lead and deputy liaisons; a national contact point reads."""
    return MemberState.objects.spoken_for_by(user).exists()


@rules.predicate
def writes_for_its_state(user: Any, thing: Any) -> bool:
    """`thing` is whatever belongs to a state."""
    return thing is not None and MemberState.objects.spoken_for_by(user).filter(pk=thing.state_id).exists()


rules.add_perm("member_states.view_sharing", is_liaison_of | is_programme_staff)
rules.add_perm("member_states.set_sharing", is_lead_of)
