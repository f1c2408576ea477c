"""Who is told of an audience: where it comes from, and the programme. A reader sees its own row."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from common.days import today
from common.scope import reach_of

if TYPE_CHECKING:
    from csirt_network.models import Audience, GroupMember, Reader, Recipient, SharingGroup


class SharingGroupQuerySet(models.QuerySet["SharingGroup"]):
    def visible_to(self, user: Any) -> "SharingGroupQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(members__team__in=reach.teams).distinct()

    def running(self) -> "SharingGroupQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today()))


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def visible_to(self, user: Any) -> "GroupMemberQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(team__in=reach.teams)


class AudienceQuerySet(models.QuerySet["Audience"]):
    def visible_to(self, user: Any) -> "AudienceQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(origin__in=reach.teams)


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def visible_to(self, user: Any) -> "RecipientQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(audience__origin__in=reach.teams)


class ReaderQuerySet(models.QuerySet["Reader"]):
    def visible_to(self, user: Any) -> "ReaderQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        teams = (*reach.teams, *reach.patrons)
        audiences: Any = self.model._meta.get_field("audience").related_model
        own = audiences.objects.visible_to(user).values("pk")  # no join: the wall hides other audiences
        mine = Q(team__in=teams) | Q(audience__in=own)
        return self.filter(mine | Q(person=reach.person) if reach.person else mine)
