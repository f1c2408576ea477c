from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from common.scope import reach_of
from csirt_network.querysets.subscriptions import is_portal
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from exchange.models import Push


class PushQuerySet(JobQuerySet["Push"]):
    def visible_to(self, user: Any) -> "PushQuerySet":
        reach = reach_of(user)
        return self if is_portal(reach) else self.filter(team__in=reach.teams)

    def unfinished(self) -> "PushQuerySet":
        return self.filter(status__in=("queued", "running"))

    def remembered(self) -> "PushQuerySet":
        """What a program may still ask about; the standard wants a day (TAXII 2.1, section 4.3)."""
        return self.exclude(_long_over())

    def to_forget(self) -> "PushQuerySet":
        """What is over so long that nobody asks, and still says what became of each object."""
        return self.filter(_long_over()).exclude(body="", successes=[], failures=[])


KEPT = timedelta(hours=72)


def _long_over() -> Q:
    return Q(status__in=("done", "failed"), finished_at__lt=timezone.now() - KEPT)
