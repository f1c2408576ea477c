"""Who sees which rows of the index: the same legs as the rows that were indexed."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Model, Q

from common.scope import reach_of

if TYPE_CHECKING:
    from search.models import Stale

M = TypeVar("M", bound=Model)


class IndexQuerySet(models.QuerySet[M]):
    """Only the half of it: what is found is asked of the indexed table as well (search/finding.py)."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        audiences = ["public", *(["states"] if reach.states else []), *(["community"] if reach.community else [])]
        return self if reach.staff else self.filter(Q(state_id__in=reach.states) | Q(audience__in=audiences))


class StaleQuerySet(models.QuerySet["Stale"]):
    def visible_to(self, user: Any) -> "StaleQuerySet":
        return self if reach_of(user).staff else self.none()
