from typing import TYPE_CHECKING, Any

from common.scope import reach_of
from csirt_network.models import Alert
from csirt_network.querysets.subscriptions import is_portal
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from exchange.models import Mirroring


class MirroringQuerySet(JobQuerySet["Mirroring"]):
    def visible_to(self, user: Any) -> "MirroringQuerySet":
        return self if is_portal(reach_of(user)) else self.filter(alert__in=Alert.objects.visible_to(user).values("pk"))
