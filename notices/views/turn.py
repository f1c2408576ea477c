"""One page of what waits for the reader, in all the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notices import badge
from notices.duties import turn_of


@require_safe
def my_turn(request: HttpRequest) -> HttpResponse:
    turn = turn_of(request.user)
    badge.keep(request.user, turn)
    return render(request, "notices/my_turn.html", {"turn": turn})
