"""A campaign that everybody reads, one of its states, one that staff prepare; one material out and two not yet."""

from typing import Any

from action_plan.actions import awareness as actions
from action_plan.models import Campaign, Material, MaterialFile, Reach
from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from tests.access.canaries import CHILE, canary
from tests.factories.action_plan import make_activity
from tests.factories.library import a_file

HEARD = {"public": "PUBLIC", "participants": "SENT", "staff": "DESK"}


def make_campaigns(world: Any) -> dict[str, dict[str, Any]]:
    """The parts of a path by name, as `campaign:public` in the matrix."""
    with scope(PROGRAMME):
        chile = MemberState.objects.get(slug="chile")
        made: dict[str, dict[str, Any]] = {}
        for audience, kind in HEARD.items():
            campaign = _campaign(chile, audience, kind)
            reach = _reach(campaign, kind)
            made[f"campaign:{audience}"] = {"slug": campaign.activity.slug, "pk": reach.pk}
            material, file = _material(campaign, "PUBLIC" if audience == "public" else "DESK")
            if audience == "public":
                actions.publish(material=material)
            made[f"material:{audience}"] = {"pk": material.pk, "token": file.token}
    return made


def _campaign(chile: MemberState, audience: str, kind: str) -> Campaign:
    activity = make_activity(
        canary(CHILE, kind, "campaign"), chile, slug=f"campaign-{audience}", kind="campaign", point=5, audience=audience
    )
    words = {"groups": ["children"], "channels": ["radio"], "message": canary(CHILE, kind, "message")}
    return Campaign.objects.create(activity=activity, **words)


def _reach(campaign: Campaign, kind: str) -> Reach:
    known = {"channel": "radio", "number": 1200, "unit": "people", "method": "estimated"}
    dates = {"starts_on": today(), "ends_on": today()}
    return Reach.objects.create(campaign=campaign, note=canary(CHILE, kind, "reach"), **known, **dates)


def _material(campaign: Campaign, kind: str) -> tuple[Material, MaterialFile]:
    material = Material(kind="poster", title_en=canary(CHILE, kind, "material"))
    actions.add_material(material=material, campaign=campaign)
    name = f"{canary(CHILE, kind, 'poster')}pdf"
    return material, actions.add_files(material=material, uploads={"en": a_file(name)})[0]
