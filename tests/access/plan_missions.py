"""Missions of the world: of Chile one that is released, one that is not, one among staff; and one of Jamaica."""

from typing import Any

from action_plan.actions.missions import make_mission as make
from action_plan.models import (
    Activity,
    Findings,
    Mission,
    MissionMember,
    Recommendation,
    RecommendationChange,
    RecommendationReport,
)
from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from tests.access.canaries import CHILE, JAMAICA, canary

KINDS = ("mission", "recommendation")


def make_missions(world: Any) -> dict[str, Any]:
    chile, jamaica = (MemberState.objects.get(slug=slug) for slug in ("chile", "jamaica"))
    with scope(PROGRAMME):
        released = _mission(world, chile, CHILE, "released", seen="SENT", found="SENT")
        unreleased = _mission(world, chile, CHILE, "unreleased", seen="SENT", found="DESK")
        hidden = _mission(world, chile, CHILE, "hidden", seen="DESK", found="DESK")
        elsewhere = _mission(world, jamaica, JAMAICA, "elsewhere", seen="SENT", found="SENT")
        advice = {
            "open": _recommendation(world, released, CHILE, 1, "SENT"),
            "reported": _recommendation(world, released, CHILE, 2, "SENT"),
            "draft": _recommendation(world, unreleased, CHILE, 1, "DESK"),
            "elsewhere": _recommendation(world, elsewhere, JAMAICA, 1, "SENT"),
        }
        said = {name: canary(CHILE, "SENT", f"report-{name}") for name in ("evidence", "reason")}
        _report(advice["reported"], world.people["own"], status="implemented", **said)
        _report(advice["elsewhere"], world.people["other"], status="under way")
    missions = {"released": released, "unreleased": unreleased, "hidden": hidden}
    return {"mission": missions, "recommendation": advice}


def _mission(world: Any, state: Any, code: str, name: str, *, seen: str, found: str) -> Mission:
    audience = "participants" if seen == "SENT" else "staff"
    activity = Activity(
        title_en=canary(code, seen, f"title-{name}"), place=canary(code, seen, f"place-{name}"), audience=audience
    )
    words = {column: canary(code, seen, f"{column}-{name}") for column in ("request", "terms", "agenda")}
    answers = world.requests[state.slug]["planned"]
    mission = make(activity=activity, mission=Mission(state=state, answers=answers, **words), by=world.staff)
    of = {"mission": mission, "state": state}
    people = {column: canary(code, seen, f"{column}-{name}") for column in ("name", "role", "organisation")}
    MissionMember.objects.create(**people, **of)
    Findings.objects.create(text=canary(code, found, f"findings-{name}"), **of)
    if found == "SENT":
        out = {"is_released": True, "released_by": world.staff, "released_at": mission.made_at}
        Mission.objects.filter(pk=mission.pk).update(**out)
        mission.is_released = True
    return mission


def _recommendation(world: Any, mission: Mission, code: str, number: int, kind: str) -> Recommendation:
    words = {column: canary(code, kind, f"{column}-{number}") for column in ("text", "institution")}
    of = {"mission": mission, "state": mission.state, "is_released": mission.is_released}
    advice = Recommendation.objects.create(number=number, due_on=today(), **words, **of)
    if mission.is_released:
        change = {column: canary(code, kind, f"{column}-{number}") for column in ("before", "after")}
        of_advice = {"recommendation": advice, "state": mission.state, "by": world.staff}
        RecommendationChange.objects.create(column="text", **change, **of_advice)
    return advice


def _report(advice: Recommendation, by: Any, **said: Any) -> None:
    RecommendationReport.objects.create(recommendation=advice, state=advice.state, by=by, **said)


def mission_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    found = world.missions[kind][which]
    return {"slug": found.activity.slug} if kind == "mission" else {"pk": found.pk}


# What the matrix sends ------------------------------------------------------------------------------------------------


def new_mission(_: Any) -> dict[str, Any]:
    words = {f"title_{language}": "Help" for language in ("en", "es", "fr", "pt_br")}
    days = {"starts_on": "2026-12-07", "ends_on": "2026-12-11", "place": "Santiago", "is_online": "on"}
    return {**words, **days, "state": MemberState.objects.get(slug="chile").pk, "is_shared": "on"}


def mission(_: Any) -> dict[str, Any]:
    return {"requested_on": "2026-08-03", "request": "Help us", "terms": "To help", "agenda": "Monday", "edited": "0"}


def team(_: Any) -> dict[str, Any]:
    forms = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}
    return {**forms, "form-0-name": "Olga Example", "form-0-role": "Trainer", "form-0-organisation": "A university"}


def findings(_: Any) -> dict[str, Any]:
    return {"text": "What was found", "edited": "0"}


def recommendation(_: Any) -> dict[str, Any]:
    words = {"text": "Keep a register", "institution": "The ministry"}
    return {**words, "due_on": "2027-03-01", "priority": "1", "edited": "0"}


def report(_: Any) -> dict[str, Any]:
    said = {"status": "implemented", "evidence": "A decree", "reason": ""}
    return {**said, "link": "https://www.example.org/decree"}


def decision(_: Any) -> dict[str, Any]:
    return {"decision": "confirmed", "comment": "Thank you."}


BODIES = {
    "missions/new/": new_mission,
    "missions/<slug:slug>/edit/": mission,
    "missions/<slug:slug>/team/": team,
    "missions/<slug:slug>/findings/": findings,
    "missions/<slug:slug>/release/": lambda _: {},
    "missions/<slug:slug>/recommendations/new/": recommendation,
    "recommendations/<int:pk>/edit/": recommendation,
    "recommendations/<int:pk>/remove/": lambda _: {},
    "recommendations/<int:pk>/report/": report,
    "recommendations/<int:pk>/decide/": decision,
}
