"""The map for other people's pages: the one page that may stand in a frame. It sets no cookie and runs no script."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from public_site.addresses import absolute, outside
from public_site.standing import QUESTIONS, PublicMap

IN_ANY_FRAME = {
    "frame-ancestors": ["*"],
    "script-src": [NONE],
    "connect-src": [NONE],
    "form-action": [NONE],
}


@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace(IN_ANY_FRAME)
def map_embedded(request: HttpRequest) -> HttpResponse:
    shown = PublicMap(AnonymousUser(), request.GET.get("show", ""))
    return render(request, "public_site/map_embedded.html", {"map": shown})


@login_not_required
@require_safe
def map_to_embed(request: HttpRequest) -> HttpResponse:
    """Which frame to put where, to be copied; with the map as it will look, and as a table."""
    shown = PublicMap(AnonymousUser(), request.GET.get("show", ""))
    with outside():
        path = f"{reverse('map-embedded')}?show={shown.question.code}"
    url = absolute(get_language() or settings.LANGUAGE_CODE, path)
    context = {"map": shown, "questions": QUESTIONS.values(), "url": url}
    return render(request, "public_site/map_to_embed.html", context)
