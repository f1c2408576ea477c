"""A roster of invented experts for the trial, and one need of a state with somebody proposed for it."""

from datetime import timedelta
from typing import Any

from action_plan.actions.expertise import ask_for_expertise, place
from action_plan.models import Activity, Expert, ExpertCountry, Expertise, ExpertSkill, Mission, MissionMember
from capability.models import Factor
from common.days import today
from member_states.models import MemberState
from oas_cyber.sample.people import Cast, address

NOTE = "Invented for the trial."
TITLES = {
    "title_en": "Sample: somebody for the register of incidents",
    "title_es": "Muestra: alguien para el registro de incidentes",
    "title_fr": "Exemple : quelqu’un pour le registre des incidents",
    "title_pt_br": "Amostra: alguém para o registro de incidentes",
}
# Name, country, languages, levels by the place of the factor, worked in, whether confirmed.
ROSTER = (
    ("Pilar Muestra", "uruguay", ("es", "en"), {1: 3, 2: 2, 5: 1}, ("chile", "peru"), True),
    ("Henri Exemple", "haiti", ("fr", "en"), {1: 2, 7: 3}, (), True),
    ("Joana Amostra", "brazil", ("pt-br", "es", "en"), {2: 3, 3: 3}, ("jamaica",), True),
    ("Nigel Placeholder", "barbados", ("en",), {0: 2, 2: 1}, ("jamaica",), False),
)


def make_experts(cast: Cast) -> None:
    officer = cast.officer(0)
    factors = list(Factor.objects.filter(dimension__edition__is_rated_by_states=True).order_by("pk"))
    experts = [_expert(row, factors, officer) for row in ROSTER]
    state, first = MemberState.objects.get(slug="chile"), today() + timedelta(days=60)
    days = {"starts_on": first, "ends_on": first + timedelta(days=11)}
    activity = Activity(audience="participants", officer=officer, **{"status": "planned"}, **TITLES, **days)
    need = Expertise(state=state, task=f"To set the register up with the team. {NOTE}", languages=["es", "en"])
    expertise = ask_for_expertise(activity=activity, expertise=need, factors=factors[1:3], by=officer)
    place(expertise=expertise, expert=experts[0], by=officer, **days)
    for mission in Mission.objects.filter(state=state, is_released=False):
        MissionMember.objects.create(mission=mission, state=state, expert=experts[2], role="Adviser on the law")


def _expert(row: Any, factors: list[Factor], officer: Any) -> Expert:
    name, country, languages, levels, worked_in, confirmed = row
    states = MemberState.objects.filter(slug__in=(country, *worked_in))
    expert = Expert.objects.create(
        name=name,
        email=address(name),
        country=next(state for state in states if state.slug == country),
        languages=list(languages),
        biography=NOTE,
        made_by=officer,
        **{"status": "confirmed" if confirmed else "asked"},
    )
    ExpertSkill.objects.bulk_create(
        ExpertSkill(expert=expert, factor=factors[place], level=level) for place, level in levels.items()
    )
    there = [state for state in states if state.slug in worked_in]
    ExpertCountry.objects.bulk_create(ExpertCountry(expert=expert, country=state) for state in there)
    return expert
