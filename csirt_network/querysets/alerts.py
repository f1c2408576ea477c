from typing import TYPE_CHECKING, Any

from common.scope import reach_of
from common.tlp import Pap, Tlp
from csirt_network.querysets.asked import AskedQuerySet
from csirt_network.querysets.labelled import LabelledQuerySet, from_own_teams, given_to_programme

if TYPE_CHECKING:
    from csirt_network.models import Alert


class AlertQuerySet(LabelledQuerySet["Alert"], AskedQuerySet["Alert"]):  # type: ignore[override]
    def open(self) -> "AlertQuerySet":
        return self.out().filter(closed_at=None)

    def by_feed(self) -> "AlertQuerySet":
        """What programs may pass on by themselves: nothing for named persons alone or under PAP:RED, no exercise."""
        return self.out().filter(is_exercise=False).exclude(tlp=Tlp.RED).exclude(pap=Pap.RED)

    def drafts(self) -> "AlertQuerySet":
        return self.filter(published_at=None)

    def kept_by(self, user: Any) -> "AlertQuerySet":
        """Those that `user` is one of the makers of: the origin, and the programme where it was given them."""
        reach = reach_of(user)
        mine = from_own_teams(reach)
        return self.filter(mine | given_to_programme(reach) if reach.staff else mine)
