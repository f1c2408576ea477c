"""Missions: made, changed, and released to the state with what they found."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity, ActivityState, Audience, Expert, Findings, Kind, Mission, MissionMember
from common.mandate import Point
from common.translated import SUFFIXES
from member_states.models import Liaison
from notices.outbox import post

RELEASED = "mission released"
OF_MEMBER = ("expert_id", "name", "role", "organisation")
MEANWHILE = _("Somebody else has changed this meanwhile. Your words are still here: compare, and save again.")


class Refused(Exception):
    """It cannot be done now. Its message is a sentence for the person who asked."""


@transaction.atomic
def make_mission(*, activity: Activity, mission: Mission, by: Any) -> Mission:
    """An activity of point 6 for one state, planned, with the record of a mission."""
    activity.kind, activity.point, activity.slug = Kind.MISSION, Point.MISSIONS, free_slug(activity)
    activity.officer = activity.officer or by
    activity.save(force_insert=True)
    ActivityState.objects.create(activity=activity, state=mission.state, audience=activity.audience)
    mission.activity, mission.made_by = activity, by
    mission.save(force_insert=True)
    return mission


@transaction.atomic
def change_mission(*, mission: Mission, edited: int, facts: Mapping[str, Any], by: Any) -> None:
    """`edited` is the state that was before whoever writes; raises Refused when somebody saved in between."""
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    if held.edited != edited:
        raise Refused(MEANWHILE)
    Mission.objects.filter(pk=mission.pk).update(**facts, edited=F("edited") + 1)


@transaction.atomic
def set_team(*, mission: Mission, members: Iterable[Mapping[str, Any]], by: Any) -> None:
    """These people, in this order. Rows that stay as they are keep their place in the audit trail.

    Raises Refused when somebody has left the roster, or was taken off it, meanwhile.
    """
    kept = {tuple(getattr(row, column) for column in OF_MEMBER): row.pk for row in mission.members.all()}
    wanted = list(dict.fromkeys(tuple(one[column] for column in OF_MEMBER) for one in members))
    new = [one for one in wanted if one not in kept]
    _check_roster({one[0] for one in new} - {one[0] for one in kept})
    mission.members.exclude(pk__in=[kept[one] for one in wanted if one in kept]).delete()
    MissionMember.objects.bulk_create(
        MissionMember(mission=mission, state=mission.state, **dict(zip(OF_MEMBER, one, strict=True))) for one in new
    )


def _check_roster(experts: set[Any]) -> None:
    """Those who come in are on the roster, and stay there until this is kept."""
    asked = experts - {None}
    held = Expert.objects.confirmed().filter(pk__in=asked).order_by("pk").select_for_update()
    if len(held) < len(asked):
        raise Refused(_("Somebody you chose is not on the roster any more. Choose again."))


@transaction.atomic
def write_findings(*, mission: Mission, text: str, edited: int, by: Any) -> None:
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    facts = {"state": held.state, "is_released": held.is_released}
    found, _made = Findings.objects.get_or_create(mission=held, defaults=facts)
    if found.edited != edited:
        raise Refused(MEANWHILE)
    Findings.objects.filter(pk=found.pk).update(text=text, edited=F("edited") + 1)


@transaction.atomic
def release(*, mission: Mission, by: Any) -> None:
    """The state reads findings and recommendations from now on, and its liaisons are told. Twice is once."""
    held = Mission.objects.select_for_update(of=("self",)).select_related("activity").get(pk=mission.pk)
    if held.is_released:
        return
    if held.activity.audience == Audience.STAFF:
        raise Refused(_("The state does not read of this mission yet. Share the mission with it first."))
    if not (Findings.objects.filter(mission=held).exclude(text="").exists() or held.recommendations.exists()):
        raise Refused(_("There is nothing to release yet. Write the findings or a recommendation first."))
    Mission.objects.filter(pk=held.pk).update(is_released=True, released_by=by, released_at=timezone.now())
    post(kind=RELEASED, object_id=held.pk, people=liaisons_of(held.state_id))


def liaisons_of(state_id: int, *kinds: str) -> list[Any]:
    """Who reports for a state today: lead and deputies, or the kinds named."""
    wanted = kinds or (Liaison.Kind.LEAD, Liaison.Kind.DEPUTY)
    held = Liaison.objects.current().filter(state=state_id, kind__in=wanted).select_related("person").order_by("pk")
    return [liaison.person for liaison in held]


def free_slug(activity: Activity) -> str:
    titles = (getattr(activity, f"title_{suffix}") for suffix in SUFFIXES)
    slug = slugify(next(filter(None, titles), ""))[:60].strip("-") or "mission"
    taken = set(Activity.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in (slug, *(f"{slug}-{n}" for n in range(2, 10_000))) if name not in taken)
