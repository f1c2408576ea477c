"""What a person may reach: the one function that reads memberships across the house (settings.REACH)."""

from typing import Any

from django.db.models import CharField, F, Value

from accounts.models import StaffRole
from common.scope import NOTHING, Reach
from member_states.models import Liaison

LIAISON = "liaison"


def of(user: Any) -> Reach:
    """Roles and memberships of today in one query; the roles stay with `user` for the rest of the request."""
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    held = list(_roles(user).union(_memberships(user)))
    user.staff_roles = frozenset(what for what, _state in held if what != LIAISON)
    return Reach(
        states=tuple(sorted(state for what, state in held if what == LIAISON)),
        person=user.pk,
        staff=user.is_programme_staff,
    )


def _roles(user: Any) -> Any:
    roles = StaffRole.objects.current().filter(person=user).order_by()
    return roles.annotate(what=F("role"), of_state=Value(0)).values_list("what", "of_state")


def _memberships(user: Any) -> Any:
    what = Value(LIAISON, output_field=CharField())
    memberships = Liaison.objects.current().filter(person=user).order_by()
    return memberships.annotate(what=what, of_state=F("state_id")).values_list("what", "of_state")
