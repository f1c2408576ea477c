"""Mail that does not arrive: one that failed, and an address of the world that does not work."""

from typing import Any

from django.utils import timezone

from common.scope import PROGRAMME, scope
from notices.addresses import mark
from notices.models import Mail
from tests.access.canaries import JAMAICA, canary


def make_dead_addresses(world: Any) -> int:
    """The key of a mail that failed; the address that does not work is of the representative of Jamaica's team."""
    with scope(PROGRAMME):
        mark(
            person=world.people["foreign"],
            reason=canary(JAMAICA, "COLLEAGUES", "what came back"),
            by=world.people["officer"],
        )
        mails = Mail.objects.filter(person=world.people["disabled"], kind="update accepted")
        failed: Any = mails.order_by("pk").first()
        mails.filter(pk=failed.pk).update(status="failed", finished_at=timezone.now(), reason="It was refused.")
    return int(failed.pk)
