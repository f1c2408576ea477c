from typing import TYPE_CHECKING

from csirt_network.querysets.labelled import LabelledQuerySet

if TYPE_CHECKING:
    from csirt_network.models import Alert


class AlertQuerySet(LabelledQuerySet["Alert"]):
    def open(self) -> "AlertQuerySet":
        return self.out().filter(closed_at=None)
