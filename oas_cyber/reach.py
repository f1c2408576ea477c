"""What a person may reach: the one function that reads memberships across the house (settings.REACH)."""

from typing import Any

from common.scope import NOTHING, Reach
from member_states.models import Liaison


def of(user: Any) -> Reach:
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    return Reach(
        states=tuple(
            sorted(set(Liaison.objects.current().filter(person=user).values_list("state_id", flat=True)))
        ),
        person=user.pk,
        staff=user.is_programme_staff,
    )
