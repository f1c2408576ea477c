from typing import TYPE_CHECKING, Self

from csirt_network.querysets.of_alerts import OursQuerySet

if TYPE_CHECKING:
    from csirt_network.models import Acknowledgement, Receipt


class AcknowledgementQuerySet(OursQuerySet["Acknowledgement"]):
    def standing(self) -> Self:
        """Not replaced by a newer answer."""
        return self.filter(replaced_at=None)


class ReceiptQuerySet(OursQuerySet["Receipt"]):
    """Who has opened an alert."""
