"""What belongs to an alert is read with it; who answered for it is known to its makers."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Model, Q

from common.scope import reach_of
from common.tlp import Tlp
from csirt_network.querysets.labelled import label_lets, of_teams

if TYPE_CHECKING:
    from csirt_network.models import AlertFile, AlertVersion, Indicator, Quote, Serial

M = TypeVar("M", bound=Model)


class OfAlertQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(alert__in=self._alerts().visible_to(user))

    def _alerts(self) -> Any:
        found: Any = self.model._meta.get_field("alert").related_model
        return found.objects


class OfMakersQuerySet(OfAlertQuerySet[M]):
    """The origin, and the programme where the alert was given to it."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(alert__in=self._alerts().kept_by(user))


class StandingQuerySet(OfAlertQuerySet[M]):
    def standing(self) -> Self:
        """What the version of today holds."""
        return self.filter(gone_in=None)


class IndicatorQuerySet(StandingQuerySet["Indicator"]):
    pass


class AlertFileQuerySet(StandingQuerySet["AlertFile"]):
    pass


class QuoteQuerySet(OfAlertQuerySet["Quote"]):
    def visible_to(self, user: Any) -> "QuoteQuerySet":
        return super().visible_to(user).filter(quoted__in=self._alerts().visible_to(user))


class AlertVersionQuerySet(OfAlertQuerySet["AlertVersion"]):
    def visible_to(self, user: Any) -> "AlertVersionQuerySet":
        """Of who may read the alert today, those who could read that version."""
        reach = reach_of(user)
        then = label_lets(reach) | Q(audience__in=of_teams(reach.teams)) & ~Q(tlp=Tlp.RED)
        if reach.staff:
            given = self._alerts().filter(with_programme=True)
            then = then | Q(tlp=Tlp.GREEN) | ~Q(tlp=Tlp.RED) & Q(alert__in=given)
        return super().visible_to(user).filter(then)


class SerialQuerySet(models.QuerySet["Serial"]):
    def visible_to(self, user: Any) -> "SerialQuerySet":
        return self
