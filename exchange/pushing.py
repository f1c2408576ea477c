"""What a program posts: done at once while it is small, kept for a worker when it is large."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from csirt_network.team_reader import reach_of_team
from exchange.actions.adding import Added, add, result_of
from exchange.models import Collection, Push
from exchange.stix.cutting import Given, cut
from notices.bell import ring_soon
from notices.work import finish
from review.actions import Refused

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


def perform(kept: Push) -> None:
    """In the reach the team has now. Objects and result are stored together, or neither is."""
    token, objects = kept.attempts, cut(kept.body)
    with scope(PROGRAMME):
        collection = Collection.objects.select_related("group", "team").get(pk=kept.collection_id)
    with scope(reach_of_team(kept.team_id), page="push of objects"):
        added = _added(kept, collection, objects)
        finish(kept, token, body="", **added._asdict())


def _added(kept: Push, collection: Collection, objects: list[Given]) -> Added:
    """A group that has ended meanwhile, or a team that has left the network: each object is refused."""
    try:
        if not Collection.objects.readable_in(reach_of_team(kept.team_id)).filter(pk=collection.pk).exists():
            raise Refused(_("There is nothing here that you may read."))
        return add(collection=collection, team=kept.team, objects=objects, by=kept.by)
    except Refused as refusal:
        return Added([], [result_of(one.value, message=str(refusal)) for one in objects])


def forget() -> int:
    """What was pushed long ago, and what became of each object: nobody may ask any more."""
    with scope(PROGRAMME, page="push of objects"):
        return Push.objects.to_forget().update(body="", successes=[], failures=[])
