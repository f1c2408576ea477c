from typing import TYPE_CHECKING, Any

from common.scope import reach_of
from csirt_network.querysets.subscriptions import is_portal
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from exchange.models import Push


class PushQuerySet(JobQuerySet["Push"]):
    def visible_to(self, user: Any) -> "PushQuerySet":
        reach = reach_of(user)
        return self if is_portal(reach) else self.filter(team__in=reach.teams)
