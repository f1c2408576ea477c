"""{% support_of state user %}: what a state asked for and how it was answered, on the home of its liaisons."""

from typing import Any

from django import template

from action_plan.models import AskedSupport
from member_states.models import MemberState

register = template.Library()
SHOWN = 4


@register.inclusion_tag("action_plan/request_home.html")
def support_of(state: MemberState, user: Any) -> dict[str, Any]:
    """One query."""
    asked = AskedSupport.objects.visible_to(user).filter(state=state).standing().exclude(status="withdrawn")
    return {"state": state, "requests": list(asked.select_related("state")[:SHOWN])}
