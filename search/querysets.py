"""Who sees which rows of the index: the same legs as the rows that were indexed."""

from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from django.db import models
from django.db.models import Model, Q

from common.scope import Reach, reach_of

if TYPE_CHECKING:
    from search.models import Stale

M = TypeVar("M", bound=Model)
EACH = ("public", "states", "community", "programme")


class IndexQuerySet(models.QuerySet[M]):
    """Only the half of it: what is found is asked of the indexed table as well (search/finding.py)."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.staff else self.filter(Q(state_id__in=reach.states) | Q(audience__in=audiences_of(reach)))


class Shelves(NamedTuple):
    """Where in the index what somebody sees stands: everything of an audience, and what one state has of others."""

    whole: list[str]
    of_states: list[tuple[int, str]]


def shelves_of(user: Any, state: int | None = None) -> Shelves:
    """The same as `visible_to`, as the few places that need to be looked at; of one `state` alone if it is given."""
    reach = reach_of(user)
    whole = audiences_of(reach)
    rest = [one for one in EACH if one not in whole]
    if state is None:
        return Shelves(whole, [(own, one) for own in reach.states for one in rest])
    return Shelves([], [(state, one) for one in (EACH if state in reach.states else whole)])


def audiences_of(reach: Reach) -> list[str]:
    if reach.staff:
        return list(EACH)
    return ["public", *(["states"] if reach.states else []), *(["community"] if reach.community else [])]


class StaleQuerySet(models.QuerySet["Stale"]):
    def visible_to(self, user: Any) -> "StaleQuerySet":
        return self if reach_of(user).staff else self.none()
