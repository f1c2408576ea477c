"""States are known to everybody; their liaisons to staff and to the state itself."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.querysets import held_now, today_in_force
from common.scope import reach_of
from common.translated import by_name

if TYPE_CHECKING:
    from member_states.models import Liaison, MemberState, Participation


class MemberStateQuerySet(models.QuerySet["MemberState"]):
    def visible_to(self, user: Any) -> "MemberStateQuerySet":
        return self

    def own(self, user: Any) -> "MemberStateQuerySet":
        """The states `user` is a liaison of today."""
        return self.filter(pk__in=reach_of(user).states)

    def spoken_for_by(self, user: Any) -> "MemberStateQuerySet":
        """Of those, the states `user` writes for: as lead or deputy. A national contact point reads."""
        writing = self._liaison_model().objects.current().filter(person=user.pk, kind__in=("lead", "deputy"))
        return self.own(user).filter(Exists(writing.filter(state=OuterRef("pk"))))

    def in_order(self) -> "MemberStateQuerySet":
        return self.order_by(by_name())

    def with_participation(self) -> "MemberStateQuerySet":
        """Adds ``participates``: whether the state takes part today."""
        taking_part = self._participation_model().objects.current().filter(state=OuterRef("pk"), status="participating")
        return self.annotate(participates=Exists(taking_part))

    def participating(self) -> "MemberStateQuerySet":
        return self.with_participation().filter(Q(participates=True))

    def _participation_model(self) -> "type[Participation]":
        return self.model._meta.get_field("participations").related_model  # type: ignore[return-value]

    def _liaison_model(self) -> "type[Liaison]":
        return self.model._meta.get_field("liaisons").related_model  # type: ignore[return-value]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: Any) -> "ParticipationQuerySet":
        return self

    def current(self) -> "ParticipationQuerySet":
        return self.filter(today_in_force())


class LiaisonQuerySet(models.QuerySet["Liaison"]):
    def visible_to(self, user: Any) -> "LiaisonQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_programme_staff or user.is_staff:
            return self
        return self.filter(state__in=reach_of(user).states)

    def current(self) -> "LiaisonQuerySet":
        return self.filter(held_now(), person__is_active=True)
