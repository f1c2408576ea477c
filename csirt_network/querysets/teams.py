"""Teams and their membership are published; who works in a team is known to the community and to the programme."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef

from accounts.querysets import held_now
from common.scope import reach_of
from common.translated import by_name

if TYPE_CHECKING:
    from csirt_network.models import NetworkMembership, Team, TeamMember


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: Any) -> "TeamQuerySet":
        return self

    def own(self, user: Any) -> "TeamQuerySet":
        """The teams `user` is a member of today."""
        return self.filter(pk__in=reach_of(user).teams)

    def with_standing(self) -> "TeamQuerySet":
        """Adds ``is_connected``: whether the team is a member of the network today."""
        held: Any = self.model._meta.get_field("memberships").related_model
        return self.annotate(is_connected=Exists(held.objects.current().filter(team=OuterRef("pk"))))

    def with_activity(self) -> "TeamQuerySet":
        """Adds ``is_connected``, ``is_on_call`` and ``is_active``: a member of the network that answers at any hour.

        Worked out and never set. Only for readers who see contacts: to others nobody seems on call.
        """
        contacts: Any = self.model._meta.get_field("contacts").related_model
        on_call = Exists(contacts.objects.on_call().filter(team=OuterRef("pk")))
        return self.with_standing().annotate(
            is_on_call=on_call, is_active=models.Q(is_connected=True) & models.Q(is_on_call=True)
        )

    def in_order(self) -> "TeamQuerySet":
        """By state, the national team first."""
        is_other = models.Case(models.When(kind="national", then=0), default=1)
        return self.order_by(by_name("state__name"), is_other, "name", "pk")

    def connected(self) -> "TeamQuerySet":
        return self.with_standing().filter(models.Q(is_connected=True))


class NetworkMembershipQuerySet(models.QuerySet["NetworkMembership"]):
    def visible_to(self, user: Any) -> "NetworkMembershipQuerySet":
        return self

    def current(self) -> "NetworkMembershipQuerySet":
        return self.filter(held_now())


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def visible_to(self, user: Any) -> "TeamMemberQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_programme_staff or user.is_staff or reach_of(user).community:
            return self
        return self.filter(models.Q(person=user) | models.Q(team__state__in=reach_of(user).states))

    def current(self) -> "TeamMemberQuerySet":
        return self.filter(held_now(), person__is_active=True)
