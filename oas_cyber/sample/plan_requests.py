"""Requests for support of the trial: what updates asked for, and some that liaisons sent in between. All invented."""

import uuid
from datetime import timedelta
from typing import Any

from action_plan.actions.requests import ask, decline, take_over
from action_plan.models import AskedSupport
from common.days import today
from common.scope import Reach, scope
from member_states.models import MemberState
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast

# (state, days ago, point, need, what became of it)
REQUESTS = (
    ("chile", 19, 2, "Curso de análisis forense para veinte fiscales (ejemplo).", "taken over"),
    ("jamaica", 33, 5, "Posters and radio spots on fraud by telephone, for the parishes (sample).", "declined"),
    ("haiti", 12, 3, "Un expert pour préparer le mandat de l’équipe nationale (exemple).", ""),
    ("brazil", 6, 4, "Exercício de gestão de crises com os estados (exemplo).", ""),
    ("barbados", 40, 6, "Advice on the incident plan of the port (sample).", "taken over"),
)
REASON = "The campaign of this year is full. Please ask again for the next one (sample)."


def make_requests(cast: Cast) -> None:
    states = {state.slug: state for state in MemberState.objects.all()}
    for slug, ago, point, need, became in REQUESTS:
        if slug in cast.liaisons:
            request = _ask(cast, states[slug], ago, point, need)
            _answer(cast.manager, request, ago, became)


def _ask(cast: Cast, state: MemberState, ago: int, point: int, need: str) -> AskedSupport:
    lead = cast.lead(state)
    with at(days_ago(ago)), scope(Reach(staff=True, person=lead.pk)):
        wanted_by = today() + timedelta(days=120)
        return ask(state=state, key=uuid.uuid4(), by=lead, point=point, need=need, wanted_by=wanted_by)


def _answer(manager: Any, request: AskedSupport, ago: int, became: str) -> None:
    if not became:
        return
    with at(days_ago(ago - 3)), scope(Reach(staff=True, person=manager.pk)):
        if became == "declined":
            decline(request=request, reason=REASON, by=manager)
        else:
            take_over(request=request, by=manager)
