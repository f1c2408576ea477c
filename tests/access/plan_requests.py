"""Requests for support of each state: one that waits, one that is planned, each with what was said of it."""

import uuid
from typing import Any

from action_plan.models import AskedSupport, AskedSupportMove
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from tests.access.canaries import CHILE, JAMAICA, canary

CODES = {"chile": CHILE, "jamaica": JAMAICA}
LIAISONS = {"chile": "own", "jamaica": "other"}


def make_requests(world: Any) -> dict[str, dict[str, AskedSupport]]:
    with scope(PROGRAMME):
        return {slug: {which: _asked(world, slug, which) for which in ("sent", "planned")} for slug in CODES}


def _asked(world: Any, slug: str, which: str) -> AskedSupport:
    state, code = MemberState.objects.get(slug=slug), CODES[slug]
    facts = {"need": canary(code, "SENT", f"need-{which}"), "asked_by": world.people[LIAISONS[slug]], "point": 2}
    asked = AskedSupport.objects.create(state=state, status=which, **facts)
    if which == "planned":
        said = {"status_before": "sent", "status_after": "planned", "reason": canary(code, "SENT", "plan-answer")}
        AskedSupportMove.objects.create(subject=asked, state=state, by=world.staff, **said)
    return asked


def arguments(world: Any, which: str, state: str) -> dict[str, Any]:
    return {"pk": world.requests[state][which].pk}


def _request(_world: Any) -> dict[str, Any]:
    state = MemberState.objects.get(slug="chile")
    return {"key": str(uuid.uuid4()), "state": state.pk, "point": "2", "need": "Train our judges", "wanted_by": ""}


def _plan(_world: Any) -> dict[str, Any]:
    return {"line": "", "activity": "", "reason": "Soon."}


PAYLOADS = {
    "requests/new/": _request,
    "requests/<int:pk>/take-over/": lambda _: {"go": "yes"},
    "requests/<int:pk>/plan/": _plan,
    "requests/<int:pk>/decline/": lambda _: {"reason": "No funds this year."},
    "requests/<int:pk>/met/": lambda _: {"reason": "Forty judges were trained."},
    "requests/<int:pk>/take-back/": lambda _: {"go": "yes"},
}
