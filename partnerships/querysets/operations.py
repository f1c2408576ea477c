"""Who reads a joint operation: whom its label lets, of those who take part; and what hangs on it (decision 0030)."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef, Q

from common.scope import Reach, reach_of
from common.tlp import Tlp

if TYPE_CHECKING:
    from partnerships.models import CompartmentChange, Custody, Operation

M = TypeVar("M", bound=Model)
NOTHING = Q(pk__in=())


def takes_part(reach: Reach) -> Q:
    """Of a partner or a state that takes part; or, of a team of the network of CSIRTs, named for it."""
    of_partners = Q(partner_ids__overlap=list(reach.partners)) | Q(lead__in=reach.partners)
    of_states = Q(state_ids__overlap=list(reach.states))
    return of_partners | of_states | _named_for(reach, team=reach.teams)


def is_named(reach: Reach) -> Q:
    """For the programme, or for a partner, a state or a team that the person is still of."""
    named = _named_for(reach, partner=reach.partners, state=reach.states, team=reach.teams)
    return named | Q(named_for__contains=[f"programme:{reach.person}"]) if reach.staff and reach.person else named


def _named_for(reach: Reach, **legs: tuple[int, ...]) -> Q:
    words = [f"{whom}:{key}:{reach.person}" for whom, keys in legs.items() for key in keys if reach.person]
    return Q(named_for__overlap=words) if words else NOTHING


class OperationQuerySet(models.QuerySet["Operation"]):
    def visible_to(self, user: Any) -> "OperationQuerySet":
        reach = reach_of(user)
        label_lets = ~Q(tlp=Tlp.RED) | is_named(reach)
        if reach.staff:
            return self.filter(label_lets)
        community = Q(tlp=Tlp.GREEN) if reach.community else NOTHING
        return self.filter(Q(tlp=Tlp.CLEAR) | community | takes_part(reach) & label_lets)

    def inside(self, user: Any) -> "OperationQuerySet":
        """Those whose log, evidence and people `user` reads: the programme's staff, and who takes part."""
        seen, reach = self.visible_to(user), reach_of(user)
        return seen if reach.staff else seen.filter(takes_part(reach))


class OfOperationQuerySet(models.QuerySet[M]):
    """Read by whoever reads of the operation."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(Exists(_operations().visible_to(user).filter(pk=OuterRef("operation"))))


class InsideQuerySet(models.QuerySet[M]):
    """Read by those who take part."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(_inside(user))


class LabelledPartQuerySet(InsideQuerySet[M]):
    """Of these, what is under TLP:RED by those who are named."""

    def visible_to(self, user: Any) -> Self:
        named = _operations().filter(is_named(reach_of(user)), pk=OuterRef("operation"))
        return super().visible_to(user).filter(~Q(tlp=Tlp.RED) | Exists(named))


class CustodyQuerySet(models.QuerySet["Custody"]):
    def visible_to(self, user: Any) -> "CustodyQuerySet":
        exhibits: Any = apps.get_model("partnerships", "Exhibit").objects.visible_to(user)
        return self.filter(Exists(exhibits.filter(pk=OuterRef("exhibit"))))


class LinkedAlertQuerySet(InsideQuerySet[M]):
    """Of alerts that the reader may read."""

    def visible_to(self, user: Any) -> Self:
        alerts: Any = apps.get_model("csirt_network", "Alert").objects.visible_to(user).order_by()
        return super().visible_to(user).filter(alert__in=alerts.values("pk"))


class CompartmentChangeQuerySet(models.QuerySet["CompartmentChange"]):
    def visible_to(self, user: Any) -> "CompartmentChangeQuerySet":
        reach = reach_of(user)
        whose = Q(partner__in=reach.partners) | Q(state__in=reach.states)
        mine = Q(person=reach.person) if reach.person else NOTHING
        return self.filter(_inside(user) | mine | Q(Q(person=None), ~Q(tlp=Tlp.RED), whose))


def _inside(user: Any) -> Exists:
    return Exists(_operations().inside(user).filter(pk=OuterRef("operation")))


def _operations() -> Any:
    return apps.get_model("partnerships", "Operation").objects
