"""Sources are public. A file is seen by its state, and by staff once it was sent."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from common.scope import reach_of

if TYPE_CHECKING:
    from documents.models import File, Loaded, Source


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: Any) -> "SourceQuerySet":
        return self


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, user: Any) -> "FileQuerySet":
        reach = reach_of(user)
        return self.filter(is_sent=True) if reach.staff else self.filter(Q(state_id__in=reach.states))


class LoadedQuerySet(models.QuerySet["Loaded"]):
    def visible_to(self, user: Any) -> "LoadedQuerySet":
        return self.none()
