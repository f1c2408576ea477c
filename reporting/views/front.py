from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from capability import regional
from common.mandate import Point
from member_states.models import MemberState
from reporting.dashboards.front import cards, milestones, partners


@require_safe
@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """For everybody, signed in or not; sends nobody elsewhere."""
    context = {
        "cards": cards(regional.objectives()),
        "points": Point.choices,
        "milestones": milestones(),
        "partners": partners(),
        "states": MemberState.objects.visible_to(request.user).in_order(),
    }
    return render(request, "reporting/front.html", context)
