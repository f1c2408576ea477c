"""Who reads what is under a TLP label: the one answer for page, search, API, feed, mail and export."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Model, Q

from common.scope import Reach, reach_of
from common.tlp import Tlp

M = TypeVar("M", bound=Model)
OUT = Q(published_at__isnull=False)


class LabelledQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        return self.readable_in(reach_of(user))

    def readable_in(self, reach: Reach) -> Self:
        return self.filter(_of_people(reach) | _of_staff(reach) if reach.staff else _of_people(reach))

    def out(self) -> Self:
        return self.filter(OUT)


def _of_people(reach: Reach) -> Q:
    return OUT & label_lets(reach) | from_own_teams(reach)


def from_own_teams(reach: Reach) -> Q:
    return Q(audience__in=of_teams(reach.teams)) & (~Q(tlp=Tlp.RED) | Q(author=reach.person))


def label_lets(reach: Reach) -> Q:
    """TLP 2.0, sections 4.a to 4.e; constituents are those of the teams that an AMBER item was sent to."""
    own = Q(tlp__in=(Tlp.GREEN, Tlp.AMBER, Tlp.STRICT), audience__in=_sent_to_teams(reach.teams))
    of_patrons = Q(tlp__in=(Tlp.GREEN, Tlp.AMBER), audience__in=_sent_to_teams(reach.patrons))
    community = Q(tlp=Tlp.GREEN) if reach.community else Q(pk__in=())
    return Q(tlp=Tlp.CLEAR) | community | own | of_patrons | Q(audience__in=_sent_to_person(reach.person))


def sent_to(reach: Reach) -> Q:
    """What was sent to the person or to a team of theirs, whoever else its label lets read it."""
    own = Q(audience__in=_sent_to_teams(reach.teams))
    return own | Q(audience__in=_sent_to_person(reach.person)) if reach.person else own


def _of_staff(reach: Reach) -> Q:
    """TLP binds the programme's staff too: no RED that does not name them, no AMBER the programme was not given."""
    return OUT & Q(tlp__in=(Tlp.CLEAR, Tlp.GREEN)) | given_to_programme(reach)


def given_to_programme(reach: Reach) -> Q:
    return Q(with_programme=True) & (~Q(tlp=Tlp.RED) | Q(author=reach.person))


def of_teams(teams: Iterable[int]) -> Any:
    """As a subquery: a join with a row that the wall hides would hide the item too."""
    audiences: Any = apps.get_model("csirt_network", "Audience")._base_manager
    return audiences.filter(origin__in=tuple(teams)).values("pk")


def _sent_to_teams(teams: Iterable[int]) -> Any:
    return _readers().filter(team__in=tuple(teams)).values("audience")


def _sent_to_person(person: int | None) -> Any:
    return (_readers().filter(person=person) if person else _readers().none()).values("audience")


def _readers() -> Any:
    return apps.get_model("csirt_network", "Reader")._base_manager
