"""Which states have named nobody."""

from typing import Any

from django.db.models import Exists, OuterRef

from correspondence.models import PointOfContact
from member_states.models import MemberState


def states_without(user: Any) -> Any:
    """Those that take part today and have no point of contact, as far as `user` may know."""
    held = PointOfContact.objects.visible_to(user).current().filter(state=OuterRef("pk"))
    return MemberState.objects.visible_to(user).participating().exclude(Exists(held)).in_order()
