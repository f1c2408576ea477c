"""What the programme's staff keep among themselves."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Model

from common.scope import reach_of

M = TypeVar("M", bound=Model)


class StaffOnlyQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> "StaffOnlyQuerySet[M]":
        return self if reach_of(user).staff else self.none()
