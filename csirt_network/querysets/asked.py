"""Which alerts ask somebody for an answer: those sent to an own team, and those that name the person."""

from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Model, OuterRef, Q

from common.scope import Reach, reach_of
from common.tlp import Tlp

M = TypeVar("M", bound=Model)


class AskedQuerySet(models.QuerySet[M]):
    """Readers are told of a row of their own alone, so all of this is asked in the scope of the one who answers."""

    def asking(self, user: Any) -> Self:
        """Sent to a team of `user`, or to `user` by name; what comes from the own team asks nothing of it."""
        return self._with_an_answer_due(user, is_unanswered=False)

    def waiting_for(self, user: Any) -> Self:
        """Open, with a day to answer by, and not answered by every team of `user` that was asked."""
        due = self.filter(published_at__isnull=False, closed_at=None, answer_by__isnull=False)
        return due._with_an_answer_due(user, is_unanswered=True)

    def _with_an_answer_due(self, user: Any, *, is_unanswered: bool) -> Self:
        reach = reach_of(user)
        teams = _rows("Reader").filter(audience=OuterRef("audience"), team__in=reach.teams)
        asked = teams
        if is_unanswered:
            answered = _rows("Acknowledgement").filter(alert=OuterRef(OuterRef("pk")), replaced_at=None)
            asked = teams.exclude(Exists(answered.filter(team=OuterRef("team"))))
        of_team = Q(Exists(asked)) & ~Q(tlp=Tlp.RED) & ~Q(audience__in=_from(reach))
        return self.filter(of_team | _of_person(reach, teams, is_unanswered=is_unanswered))


def _of_person(reach: Reach, teams: Any, *, is_unanswered: bool) -> Q:
    """Somebody named answers in person under TLP:RED, and where no team of theirs was asked."""
    if not reach.person:
        return Q(pk__in=())
    named = _rows("Reader").filter(audience=OuterRef("audience"), person=reach.person)
    asked: Any = Exists(named) & (Q(tlp=Tlp.RED) | ~Exists(teams)) & ~Q(author=reach.person)
    answered = _rows("Acknowledgement").filter(alert=OuterRef("pk"), replaced_at=None, person=reach.person)
    return asked & ~Exists(answered) if is_unanswered else asked


def _from(reach: Reach) -> Any:
    return _rows("Audience").filter(origin__in=reach.teams).values("pk")


def _rows(name: str) -> Any:
    return apps.get_model("csirt_network", name)._base_manager


DUE_FIRST = (F("answer_by").asc(nulls_last=True), "-year", "-number")
