"""A campaign of each activity, with a figure of its reach and a material that is out or not."""

from typing import Any

from django.utils import timezone

from action_plan.models import Activity, Campaign, Material, MaterialDownload, MaterialFile, Reach
from common.days import today

MODELS = {Campaign, Material, MaterialDownload, MaterialFile, Reach}


def populate(activities: list[Activity], pairs: list[Any], by: Any) -> None:
    campaigns = Campaign.objects.bulk_create(Campaign(activity=activity) for activity in activities)
    days = {"starts_on": today(), "ends_on": today()}
    Reach.objects.bulk_create(Reach(campaign=campaign, number=1, **days) for campaign in campaigns)
    materials = Material.objects.bulk_create(
        Material(campaign=campaign, kind="poster", published_at=timezone.now() if life.is_released else None)
        for campaign, (_, life) in zip(campaigns, pairs, strict=True)
    )
    files = MaterialFile.objects.bulk_create(MaterialFile(material=material, language="en") for material in materials)
    MaterialDownload.objects.bulk_create(MaterialDownload(file=file, day=today()) for file in files)
