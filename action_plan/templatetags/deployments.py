"""{% deployment_said state user %}: on the CSIRT section of an update, what the deployment shows beside the profile."""

from typing import Any

from django import template

from action_plan.deployment_page import deployment_of
from member_states.models import MemberState

register = template.Library()


@register.inclusion_tag("action_plan/deployment_said.html")
def deployment_said(state: MemberState, user: Any) -> dict[str, Any]:
    return {"state": state, "page": deployment_of(user, state)}
