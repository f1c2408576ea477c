"""Who is named where: read by whoever reads of the agreement or the activity."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from common.scope import reach_of

if TYPE_CHECKING:
    from partnerships.models import Appearance, NamedPerson


class NamedPersonQuerySet(models.QuerySet["NamedPerson"]):
    """Names out of public texts are everybody's; where they stand is not (Appearance)."""

    def visible_to(self, user: Any) -> "NamedPersonQuerySet":
        return self


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def visible_to(self, user: Any) -> "AppearanceQuerySet":
        if reach_of(user).staff:
            return self
        agreements: Any = apps.get_model("partnerships", "Agreement").objects.visible_to(user)
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return self.filter(
            Exists(agreements.filter(pk=OuterRef("agreement"))) | Exists(activities.filter(pk=OuterRef("activity")))
        )
