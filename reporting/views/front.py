from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from action_plan.dialogue import tally_of_region
from capability import regional
from common.scope import NOTHING, scope
from csirt_network.connected import states_connected
from member_states.models import MemberState
from partnerships import ties
from reporting.dashboards.front import Card, cards, milestones, partners, points
from reporting.dashboards.objectives import network_tally
from reporting.dashboards.publishing import publishing


@require_safe
@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """To the front page in the reader's language: each has an address of its own, to be found and passed on by."""
    response = redirect(f"front-{translation.get_language()}")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
@login_not_required
def front_in(request: HttpRequest, language: str) -> HttpResponse:
    """For everybody, signed in or not, in the language of the address."""
    translation.activate(language)
    states = list(MemberState.objects.visible_to(request.user).in_order())
    open_ones = publishing()
    context = {
        "cards": _cards(len(states)),
        "points": points(request.user),
        "milestones": milestones(),
        "partners": partners(),
        "states": states,
        "publishing": [state for state in states if state.pk in open_ones],
    }
    response = render(request, "reporting/front.html", context)
    response["Content-Language"] = language
    return response


def _cards(states: int) -> list[Card]:
    """What everybody may know, whoever reads the page: it is the public one."""
    visitor = AnonymousUser()
    with scope(NOTHING):
        network = network_tally(states, states_connected(visitor))
        return cards(regional.objectives(), network, tally_of_region(visitor), ties.standing(visitor).count())
