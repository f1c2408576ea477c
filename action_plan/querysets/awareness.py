"""Campaigns are read with their activity; materials, once published, by everybody."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Sum

from action_plan.querysets.activities import OfActivity
from common.scope import reach_of

if TYPE_CHECKING:
    from action_plan.models import Campaign, Material, MaterialDownload, MaterialFile, Reach


def _model(name: str) -> Any:
    return apps.get_model("action_plan", name)


class CampaignQuerySet(OfActivity["Campaign"]):
    pass


class ReachQuerySet(models.QuerySet["Reach"]):
    def visible_to(self, user: Any) -> "ReachQuerySet":
        return self.filter(Exists(_model("Campaign").objects.visible_to(user).filter(pk=OuterRef("campaign"))))


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: Any) -> "MaterialQuerySet":
        return self if reach_of(user).staff else self.out()

    def out(self) -> "MaterialQuerySet":
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def with_files(self, user: Any) -> "MaterialQuerySet":
        """Adds ``in_languages``: the files that stand, by language."""
        files = _model("MaterialFile").objects.visible_to(user).current().order_by("language")
        return self.prefetch_related(Prefetch("files", files, to_attr="in_languages"))


class MaterialFileQuerySet(models.QuerySet["MaterialFile"]):
    def visible_to(self, user: Any) -> "MaterialFileQuerySet":
        return self.filter(Exists(_model("Material").objects.visible_to(user).filter(pk=OuterRef("material"))))

    def current(self) -> "MaterialFileQuerySet":
        return self.filter(replaced_at=None)


class MaterialDownloadQuerySet(models.QuerySet["MaterialDownload"]):
    def visible_to(self, user: Any) -> "MaterialDownloadQuerySet":
        return self.filter(Exists(_model("MaterialFile").objects.visible_to(user).filter(pk=OuterRef("file"))))

    def by_material(self, materials: Any) -> dict[int, int]:
        """How often each was downloaded, in all languages, files that were replaced since among them."""
        counted = self.filter(file__material__in=materials).order_by().values_list("file__material")
        return dict(counted.annotate(Sum("count")))

    def count_one(self, file: int, day: Any) -> None:
        """At once for however many who download together."""
        self.bulk_create([self.model(file_id=file, day=day)], ignore_conflicts=True)
        self.filter(file=file, day=day).update(count=F("count") + 1)
