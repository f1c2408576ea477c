"""Points of contact are known to their own state and to the programme's staff."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from common.days import today
from common.scope import reach_of

if TYPE_CHECKING:
    from correspondence.models import PointOfContact

STALE = timedelta(days=365)


class PointOfContactQuerySet(models.QuerySet["PointOfContact"]):
    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states)

    def current(self) -> Self:
        day = today()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def former(self) -> Self:
        return self.filter(ends_on__lt=today())

    def stale(self) -> Self:
        """Nobody has confirmed for a year that they still are."""
        return self.current().filter(confirmed_on__lt=today() - STALE)
