"""The library: items by their label; versions, files and counts of downloads as the item they belong to."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, Sum

from common.translated import SUFFIXES
from csirt_network.querysets.labelled import LabelledQuerySet

if TYPE_CHECKING:
    from csirt_network.models import LibraryDownload, LibraryFile, LibraryItem, LibraryVersion


class LibraryItemQuerySet(LabelledQuerySet["LibraryItem"]):
    def standing(self) -> "LibraryItemQuerySet":
        """Out, and not withdrawn."""
        return self.out().filter(withdrawn_at=None)

    def unpublished(self) -> "LibraryItemQuerySet":
        return self.filter(published_at=None)

    def saying(self, text: str) -> "LibraryItemQuerySet":
        """With these words in title or summary, in any language, with or without accents."""
        found = Q()
        for column in (f"{part}_{suffix}" for part in ("title", "summary") for suffix in SUFFIXES):
            found |= Q(**{f"{column}__unaccent__icontains": text})
        return self.filter(found)


def _visible_items(child: Any, user: Any) -> Any:
    """As a subquery: a join with a row that the wall hides would hide the child too."""
    items: Any = child._meta.get_field("item").related_model
    return items.objects.visible_to(user).values("pk")


class LibraryVersionQuerySet(models.QuerySet["LibraryVersion"]):
    def visible_to(self, user: Any) -> "LibraryVersionQuerySet":
        return self.filter(item__in=_visible_items(self.model, user))


class LibraryFileQuerySet(models.QuerySet["LibraryFile"]):
    def visible_to(self, user: Any) -> "LibraryFileQuerySet":
        return self.filter(item__in=_visible_items(self.model, user))


class LibraryDownloadQuerySet(models.QuerySet["LibraryDownload"]):
    def visible_to(self, user: Any) -> "LibraryDownloadQuerySet":
        versions: Any = self.model._meta.get_field("version").related_model
        return self.filter(version__in=versions.objects.visible_to(user).values("pk"))

    def by_version(self, versions: Any) -> dict[int, int]:
        counted = self.filter(version__in=versions).order_by().values_list("version").annotate(Sum("count"))
        return dict(counted)

    def count_one(self, version: int, language: str) -> None:
        """At once for however many who download together."""
        self.bulk_create([self.model(version_id=version, language=language)], ignore_conflicts=True)
        self.filter(version=version, language=language).update(count=F("count") + 1)
