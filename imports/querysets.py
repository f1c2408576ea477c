from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from common.scope import reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from imports.models import TableImport, TableRun

KEPT = timedelta(days=30)  # of tables in which people are named


class TableImportQuerySet(models.QuerySet["TableImport"]):
    def visible_to(self, user: Any) -> "TableImportQuerySet":
        """What staff brought; a liaison among the staff reads it as staff."""
        return self if reach_of(user).staff else self.none()

    def listed(self) -> "TableImportQuerySet":
        """Without what is large."""
        return self.select_related("by").defer("content", "rows", "made")

    def to_empty(self) -> "TableImportQuerySet":
        """In which people are named, and which nobody needs any more."""
        old = self.filter(names_people=True, made_at__lt=timezone.now() - KEPT)
        return old.exclude(content=b"", rows=[])


class TableRunQuerySet(JobQuerySet["TableRun"]):
    def visible_to(self, user: Any) -> "TableRunQuerySet":
        return self if reach_of(user).staff else self.none()
