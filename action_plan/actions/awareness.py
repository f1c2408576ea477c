"""Campaigns, their materials, and what is counted of them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model

from action_plan.models import Campaign, Material, MaterialFile, Reach
from csirt_network.actions.files import keep


class EditedMeanwhile(Exception):
    """Somebody saved it since it was opened: nothing was changed."""


class NothingToPublish(Exception):
    """A material has a file in one language at least."""


def change(row: Model, fields: Iterable[str], edited: int) -> None:
    """Saves `fields` of a campaign or a material as they stand in `row`. Raises EditedMeanwhile."""
    held: Any = type(row)._default_manager.filter(pk=row.pk, edited=edited)
    if not held.update(edited=F("edited") + 1, **{name: getattr(row, name) for name in fields}):
        raise EditedMeanwhile


def add_material(*, material: Material, campaign: Campaign) -> Material:
    """Kept for staff alone until it is published."""
    material.campaign = campaign
    material.save()
    return material


@transaction.atomic
def add_files(*, material: Material, uploads: Mapping[str, Any]) -> list[MaterialFile]:
    """A file per language, each in the place of the one before. Raises documents' Refused."""
    now = datetime.now(UTC)
    material.files.filter(language__in=uploads, replaced_at=None).update(replaced_at=now)
    files = [MaterialFile(material=material, language=language) for language in uploads]
    return [keep(file, upload=uploads[file.language]) for file in files]


@transaction.atomic
def publish(*, material: Material) -> None:
    """For everybody, at once; also again, after it was withdrawn. Raises NothingToPublish."""
    held = Material.objects.select_for_update().get(pk=material.pk)
    if not held.files.current().exists():
        raise NothingToPublish
    held.published_at, held.withdrawn_at = held.published_at or datetime.now(UTC), None
    held.save(update_fields=["published_at", "withdrawn_at"])


def withdraw(*, material: Material) -> None:
    """From now on nobody but staff finds it; its counts stay."""
    out = Material.objects.filter(pk=material.pk, published_at__isnull=False, withdrawn_at=None)
    out.update(withdrawn_at=datetime.now(UTC))


def add_reach(*, reach: Reach, campaign: Campaign) -> Reach:
    reach.campaign = campaign
    reach.save()
    return reach


def remove_reach(*, reach: Reach) -> None:
    """A figure that was entered wrongly; the audit trail keeps it."""
    reach.delete()
