"""{% advice_to state user %}: what missions recommended to a state and is not settled, on the home of its liaisons."""

from typing import Any

from django import template
from django.db.models import Count, Q

from action_plan.models import Recommendation
from common.days import today
from member_states.models import MemberState

register = template.Library()


@register.inclusion_tag("action_plan/recommendation_home.html")
def advice_to(state: MemberState, user: Any) -> dict[str, Any]:
    """One query."""
    mine = Recommendation.objects.visible_to(user).filter(state=state).order_by()
    unsettled = Q(status__in=Recommendation.UNSETTLED)
    return mine.aggregate(
        number=Count("pk"),
        unsettled=Count("pk", filter=unsettled),
        late=Count("pk", filter=unsettled & Q(due_on__lt=today())),
    ) | {"state": state}
