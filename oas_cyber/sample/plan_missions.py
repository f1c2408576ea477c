"""Missions of the trial, all invented: one with recommendations at every point of their life, one that is planned."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from action_plan.actions.missions import make_mission
from action_plan.models import (
    Activity,
    AskedSupport,
    Findings,
    Mission,
    MissionMember,
    Recommendation,
    RecommendationChange,
    RecommendationReport,
)
from capability.models import Factor
from common.days import today
from member_states.models import MemberState
from oas_cyber.sample.people import Cast

NOTE = "Invented for the trial."
TITLES = {
    "title_en": "Sample: how incidents are handled",
    "title_es": "Muestra: cómo se gestionan los incidentes",
    "title_fr": "Exemple : le traitement des incidents",
    "title_pt_br": "Amostra: como os incidentes são tratados",
}
PLANNED = {
    "title_en": "Sample: a look at the legal framework",
    "title_es": "Muestra: una mirada al marco legal",
    "title_fr": "Exemple : un regard sur le cadre juridique",
    "title_pt_br": "Amostra: um olhar sobre o marco legal",
}
TEAM = (("Olga Muestra", "Head of the team", "Sample university"), ("Peter Placeholder", "Incident handling", "CSIRT"))
# Text, institution, days until it is due, priority, status, factor.
ADVICE = (
    ("Keep one register of incidents for the whole government.", "Ministry of the Interior", -40, 1, "implemented", 3),
    ("Name a deputy for the head of the national CSIRT.", "National CSIRT", -12, 2, "open", 3),
    ("Practise the plan for large incidents once a year.", "Civil protection", 21, 1, "under way", 2),
    ("Write to operators of critical services every quarter.", "Regulator", 120, 3, "open", 4),
    ("Move the CSIRT into a building of its own.", "Ministry of Finance", -5, 3, "not followed", None),
)


def make_missions(cast: Cast) -> None:
    for number, slug in enumerate(("chile", "jamaica")):
        state = MemberState.objects.get(slug=slug)
        officer = cast.officer(number)
        mission = _mission(state, officer, TITLES, days=-150)
        _release(mission, officer)
        _advise(mission, cast.lead(state), officer)
        requests = AskedSupport.objects.filter(state=state, point=6, status__in=("triaged", "planned"))
        asked = requests.order_by("pk").first()
        _mission(state, officer, PLANNED, days=35, answers=asked)


def _mission(state: MemberState, officer: Any, titles: dict[str, str], *, days: int, **facts: Any) -> Mission:
    first = today() + timedelta(days=days)
    about = {"starts_on": first, "ends_on": first + timedelta(days=4), "place": f"{state.name_en}, capital"}
    status = Activity.Status.DONE if days < 0 else Activity.Status.PLANNED
    activity = Activity(audience="participants", officer=officer, status=status, **titles, **about)
    words = {
        "requested_on": first - timedelta(days=60),
        "request": f"An outside view, and a list of what to do first. {NOTE}",
        "terms": f"To see how it works today, to speak with those who do it, and to advise. {NOTE}",
        "agenda": "Monday: the ministry\nTuesday and Wednesday: the CSIRT\nThursday: operators\nFriday: first results",
    }
    mission = make_mission(activity=activity, mission=Mission(state=state, **words, **facts), by=officer)
    MissionMember.objects.bulk_create(
        MissionMember(mission=mission, state=state, name=name, role=role, organisation=organisation)
        for name, role, organisation in TEAM
    )
    return mission


def _release(mission: Mission, officer: Any) -> None:
    found = f"People know their work. It is written down nowhere, and rests on three of them. {NOTE}"
    Findings.objects.create(mission=mission, state=mission.state, text=found)
    out = {"is_released": True, "released_by": officer, "released_at": timezone.now() - timedelta(days=120)}
    Mission.objects.filter(pk=mission.pk).update(**out)


def _advise(mission: Mission, lead: Any, officer: Any) -> None:
    factors = list(Factor.objects.filter(dimension__edition__is_rated_by_states=True).order_by("pk"))
    for number, (text, institution, days, priority, status, factor) in enumerate(ADVICE, 1):
        facts = {"institution": institution, "due_on": today() + timedelta(days=days), "priority": priority}
        of = {"mission": mission, "state": mission.state, "is_released": True, "number": number, "liaison": lead}
        about = factors[factor] if factor is not None and factor < len(factors) else None
        advice = Recommendation.objects.create(text=text, factor=about, **{"status": status}, **facts, **of)
        _tell(advice, lead, officer)


def _tell(advice: Recommendation, lead: Any, officer: Any) -> None:
    of = {"recommendation": advice, "state": advice.state}
    decided = {"decision": "confirmed", "decided_by": officer, "decided_at": timezone.now()}
    said = {"evidence": f"It is in use since last month. {NOTE}", "link": "https://www.example.org/"}
    if advice.status == Recommendation.Status.NOT_FOLLOWED:
        reason = f"There is no money for it this year. {NOTE}"
        RecommendationReport.objects.create(status=advice.status, reason=reason, by=lead, **of, **decided)
    elif advice.status != Recommendation.Status.OPEN:
        RecommendationReport.objects.create(status=advice.status, by=lead, **said, **of, **decided)
    if advice.status == Recommendation.Status.UNDER_WAY:
        RecommendationReport.objects.create(status="implemented", by=lead, **said, **of)
        before = (advice.due_on - timedelta(days=30)).isoformat()
        kept = {"column": "due_on", "before": before, "after": advice.due_on.isoformat()}
        RecommendationChange.objects.create(by=officer, **kept, **of)
