"""What a program posts: done at once while it is small, kept for a worker when it is large."""

from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from exchange.actions.adding import add
from exchange.models import Collection, MachineToken, Push
from exchange.stix.cutting import Given, cut
from exchange.stix.patterns import needs_parser
from notices.bell import ring_soon

AT_ONCE, BYTES_AT_ONCE, PARSED_AT_ONCE = 2_000, 2_000_000, 50
MOST_WAITING = 5  # of one team


class TooManyWait(Exception):
    """The team has pushes enough that no worker has done yet."""


@transaction.atomic
def push(*, collection: Collection, team: Team, body: bytes, by: Any, token: MachineToken) -> Push:
    """In the scope of the team. Raises Uncuttable when nothing of it can be read, and TooManyWait."""
    objects = cut(body)
    about: dict[str, Any] = {"collection": collection, "team": team, "by": by, "token": token, "count": len(objects)}
    if len(objects) > AT_ONCE or len(body) > BYTES_AT_ONCE or _is_slow(objects):
        if Push.objects.unfinished().filter(team=team).count() >= MOST_WAITING:
            raise TooManyWait
        kept = Push.objects.create(**about, body=body.decode("utf-8-sig"))
        ring_soon(kept)
        return kept
    added = add(collection=collection, team=team, objects=objects, by=by)
    now = timezone.now()
    return Push.objects.create(**about, **added._asdict(), status="done", queued_at=now, finished_at=now)


def _is_slow(objects: list[Given]) -> bool:
    """Patterns that take a parser: fifty of the longest take some seconds."""
    slow = (one for one in objects if needs_parser(one.value))
    return next(islice(slow, PARSED_AT_ONCE, None), None) is not None


def forget() -> int:
    """What was pushed long ago, and what became of each object: nobody may ask any more."""
    with scope(PROGRAMME, page="push of objects"):
        return Push.objects.to_forget().update(body="", successes=[], failures=[])
