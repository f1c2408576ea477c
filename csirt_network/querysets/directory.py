"""What a team says of itself. How to reach it is for the community, its own state's liaisons and the programme; what it
publishes is for everybody. As subqueries: a join with a row that the wall hides would hide this one too."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from common.scope import reach_of

if TYPE_CHECKING:
    from csirt_network.models import Affiliation, Contact, ProfileVersion, TeamKey, TeamProfile


class TeamProfileQuerySet(models.QuerySet["TeamProfile"]):
    def visible_to(self, user: Any) -> "TeamProfileQuerySet":
        return self if reads_all(user) else self.filter(own(user) | Q(is_published=True))


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
