"""The roster of the world: one full of canaries, one whose links are known; needs of Chile, one of them among staff."""

from datetime import date
from typing import Any

from action_plan.actions.expertise import ask_for_expertise
from action_plan.expert_letters import address_to_confirm, address_to_leave
from action_plan.models import (
    Activity,
    Expert,
    ExpertCountry,
    Expertise,
    ExpertiseEvaluation,
    ExpertSkill,
    MissionMember,
    Placement,
)
from capability.models import Factor
from common.scope import PROGRAMME, Reach, scope
from member_states.models import MemberState
from tests.access.canaries import CHILE, canary

KINDS = ("expert", "expertise")
DAYS = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 5)}


def make_experts(world: Any) -> dict[str, Any]:
    chile, factor = MemberState.objects.get(slug="chile"), Factor.objects.first()
    with scope(PROGRAMME):
        words = {name: canary(CHILE, "DESK", f"expert-{name}") for name in ("name", "biography", "elsewhere")}
        usual = {"languages": ["en"], "made_by": world.staff}
        known = Expert.objects.create(email="known@example.org", status="confirmed", **words, **usual)
        ExpertSkill.objects.create(expert=known, factor=factor, level=2)
        ExpertCountry.objects.create(expert=known, country=chile)
        linked = Expert.objects.create(name="Olga Example", email="olga@example.org", **usual)
        free = Expert.objects.create(name="Fred Example", email="fred@example.org", status="confirmed", **usual)
        shared = _need(world, chile, factor, "shared", "SENT")
        hidden = _need(world, chile, factor, "hidden", "DESK")
        MissionMember.objects.create(mission=world.missions["mission"]["released"], state=chile, expert=known)
        placement = Placement.objects.create(expertise=shared, expert=known, by=world.staff, **DAYS)
    with scope(Reach(staff=True, person=world.staff.pk)):
        said = {"words": canary(CHILE, "SENT", "evaluation"), "score": 4, "by": world.staff}
        ExpertiseEvaluation.objects.create(expertise=shared, state=chile, **said)
    people = {"known": known, "linked": linked, "free": free}
    return {**people, "shared": shared, "hidden": hidden, "placement": placement}


def _need(world: Any, state: Any, factor: Any, name: str, kind: str) -> Expertise:
    audience = "participants" if kind == "SENT" else "staff"
    activity = Activity(title_en=canary(CHILE, kind, f"need-title-{name}"), audience=audience, **DAYS)
    need = Expertise(state=state, task=canary(CHILE, kind, f"task-{name}"), languages=["en"])
    return ask_for_expertise(activity=activity, expertise=need, factors=[factor], by=world.staff)


def expert_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    held = world.experts
    if kind == "expertise":
        return {"slug": held[which].activity.slug, "pk": held["placement"].pk}
    linked = held["linked"]
    addresses = {"confirm": address_to_confirm, "leave": address_to_leave}
    if which in addresses:
        return {"token": addresses[which](linked).split("/")[-2]}
    return {"pk": held[which].pk}


def entry(_: Any) -> dict[str, Any]:
    words = {"name": "Pia Example", "email": "pia@example.org", "language": "en", "elsewhere": "Spain"}
    free = {"available_from": "2027-01-01", "available_until": "2027-12-31"}
    return {**words, **free, "languages": ["en"], "biography": "She has worked on it."}


def need(_: Any) -> dict[str, Any]:
    words = {f"title_{language}": "Somebody" for language in ("en", "es", "fr", "pt_br")}
    days = {name: day.isoformat() for name, day in DAYS.items()}
    of = {"state": MemberState.objects.get(slug="chile").pk, "factors": [Factor.objects.first().pk]}
    return {**words, **days, **of, "task": "To help", "languages": ["en"], "place": "Santiago", "is_online": "on"}


def placement(world: Any) -> dict[str, Any]:
    return {"expert": world.experts["free"].pk, "starts_on": "2027-03-01", "ends_on": "2027-03-05"}


BODIES = {
    "experts/new/": entry,
    "experts/<int:pk>/edit/": entry,
    "experts/<int:pk>/ask/": lambda _: {},
    "roster/confirm/<str:token>/": lambda _: {},
    "roster/leave/<str:token>/": lambda _: {},
    "expertise/new/": need,
    "expertise/<slug:slug>/place/": placement,
    "expertise/<slug:slug>/placements/<int:pk>/": lambda _: {"to": "agreed"},
    "expertise/<slug:slug>/evaluate/": lambda _: {"score": "4", "words": "It helped."},
}
