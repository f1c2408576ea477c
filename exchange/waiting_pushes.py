"""A large push is done by a worker. The table of pushes imports this file, so it imports no more than others."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from common.scope import PROGRAMME, scope
from csirt_network.team_reader import reach_of_team
from exchange.actions.adding import Added, add, result_of
from exchange.models.collections import Collection
from exchange.models.tokens import MachineToken
from exchange.stix.cutting import Given, cut
from notices.work import finish
from review.actions import Refused

if TYPE_CHECKING:
    from exchange.models.pushes import Push


def perform(kept: "Push") -> None:
    """In the reach the team has now. Objects and result are stored together, or neither is."""
    token, objects = kept.attempts, cut(kept.body)
    with scope(PROGRAMME):
        collection = Collection.objects.select_related("group", "team").get(pk=kept.collection_id)
    with scope(reach_of_team(kept.team_id), page="push of objects"):
        added = _added(kept, collection, objects)
        finish(kept, token, body="", **added._asdict())


def _added(kept: "Push", collection: Collection, objects: list[Given]) -> Added:
    """A group that has ended meanwhile, a team that left the network, a token that was revoked: each is refused."""
    try:
        if not _holds(kept):
            raise Refused(_("This token does not hold. A representative of the team sees why, and can make a new one."))
        if not Collection.objects.readable_in(reach_of_team(kept.team_id)).filter(pk=collection.pk).exists():
            raise Refused(_("There is nothing here that you may read."))
        return add(collection=collection, team=kept.team, objects=objects, by=kept.by)
    except Refused as refusal:
        return Added([], [result_of(one.value, message=str(refusal)) for one in objects])


def _holds(kept: "Push") -> bool:
    """Whether its token may still push today."""
    with scope(PROGRAMME):
        return MachineToken.objects.usable().filter(pk=kept.token_id or 0, scopes__contains=["push"]).exists()
