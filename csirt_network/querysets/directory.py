"""What a team says of itself. How to reach it is for the community, its own state's liaisons and the programme; what it
publishes is for everybody. As subqueries: a join with a row that the wall hides would hide this one too."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from common.scope import reach_of

if TYPE_CHECKING:
    from csirt_network.models import Affiliation, Contact, ProfileVersion, TeamKey, TeamProfile


class TeamProfileQuerySet(models.QuerySet["TeamProfile"]):
    def visible_to(self, user: Any) -> "TeamProfileQuerySet":
        return self if reads_all(user) else self.filter(own(user) | Q(is_published=True))

    def with_stands_since(self) -> "TeamProfileQuerySet":
        """Adds ``stands_since``: when it was last confirmed, else changed, else when its team came into the network."""
        team: Any = self.model._meta.get_field("team").related_model
        memberships: Any = team._meta.get_field("memberships").related_model
        joined = memberships.objects.current().filter(team=OuterRef("team")).order_by("starts_on").values("starts_on")
        came = Cast(Subquery(joined[:1]), models.DateTimeField())
        return self.annotate(stands_since=Coalesce("confirmed_at", "changed_at", came))


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: Any) -> "ContactQuerySet":
        return self if reads_all(user) else self.filter(own(user) | Q(is_public=True, team__in=published()))

    def on_call(self) -> "ContactQuerySet":
        return self.filter(is_24x7=True)


class TeamKeyQuerySet(models.QuerySet["TeamKey"]):
    def visible_to(self, user: Any) -> "TeamKeyQuerySet":
        return self if reads_all(user) else self.filter(own(user) | Q(team__in=published()))


class ProfileVersionQuerySet(models.QuerySet["ProfileVersion"]):
    def visible_to(self, user: Any) -> "ProfileVersionQuerySet":
        """What a team once said and says no more is not the community's."""
        return self if reach_of(user).staff else self.filter(own(user))


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def visible_to(self, user: Any) -> "AffiliationQuerySet":
        return self


def reads_all(user: Any) -> bool:
    """Contacts, keys and profiles of all teams."""
    reach = reach_of(user)
    return reach.staff or reach.community


def own(user: Any) -> Q:
    reach = reach_of(user)
    return Q(team__in=reach.teams) | Q(state__in=reach.states)


def published() -> Any:
    profiles: Any = apps.get_model("csirt_network", "TeamProfile")._base_manager
    return profiles.filter(is_published=True).values("team")
