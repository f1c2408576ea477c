"""What a program posts: done at once while it is small, kept for a worker when it is large."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from exchange.actions.adding import add
from exchange.models import Collection, Push
from exchange.stix.cutting import cut
from notices.bell import ring_soon

AT_ONCE, BYTES_AT_ONCE = 2_000, 2_000_000


@transaction.atomic
def push(*, collection: Collection, team: Team, body: bytes, by: Any) -> Push:
    """In the scope of the team. Raises Uncuttable when nothing of it can be read."""
    objects = cut(body)
    about: dict[str, Any] = {"collection": collection, "team": team, "by": by, "count": len(objects)}
    if len(objects) > AT_ONCE or len(body) > BYTES_AT_ONCE:
        kept = Push.objects.create(**about, body=body.decode("utf-8-sig"))
        ring_soon(kept)
        return kept
    added = add(collection=collection, team=team, objects=objects, by=by)
    now = timezone.now()
    return Push.objects.create(**about, **added._asdict(), status="done", queued_at=now, finished_at=now)


def forget() -> int:
    """What was pushed long ago, and what became of each object: nobody may ask any more."""
    with scope(PROGRAMME, page="push of objects"):
        return Push.objects.to_forget().update(body="", successes=[], failures=[])
