"""Sources are public. A file is seen by its state, by staff once it was sent, and by the guest who brought it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from common.scope import reach_of

if TYPE_CHECKING:
    from documents.models import File, Link, Loaded, Reading, Source


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: Any) -> "SourceQuerySet":
        return self


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, user: Any) -> "FileQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self.filter(is_sent=True)
        by_guest = Q(guest_id=reach.guest) if reach.guest else Q(pk__in=())
        return self.filter(Q(state_id__in=reach.states) | by_guest)


class LinkQuerySet(models.QuerySet["Link"]):
    def visible_to(self, user: Any) -> "LinkQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(Q(state_id=None) | Q(state_id__in=reach.states))


class ReadingQuerySet(models.QuerySet["Reading"]):
    """What sources say is public."""

    def visible_to(self, user: Any) -> "ReadingQuerySet":
        return self


class LoadedQuerySet(models.QuerySet["Loaded"]):
    def visible_to(self, user: Any) -> "LoadedQuerySet":
        return self.none()
