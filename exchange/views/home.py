"""The page for machines: what can be connected, where, and what this reader's programs would find there."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchange.models import Collection, StixObject
from exchange.ways import WAYS, links_for

SCRIPT = Path(settings.BASE_DIR) / "docs" / "examples" / "taxii_poll.py"
MOST_COUNTED = 10_000


@permission_required("exchange.connect", raise_exception=True)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    collections = Collection.objects.visible_to(request.user).select_related("group", "team")
    objects = StixObject.objects.visible_to(request.user).newest()
    context = {
        "ways": WAYS,
        "links": list(links_for(request.user)),
        "collections": list(collections.with_counts(objects, most=MOST_COUNTED)),
        "most": MOST_COUNTED,
        "site": settings.SITE_URL,
    }
    return render(request, "exchange/home.html", context)


@permission_required("exchange.connect", raise_exception=True)
@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """Plain text, to be looked through before it is run."""
    headers = {"Content-Disposition": f'attachment; filename="{SCRIPT.name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/plain; charset=utf-8", headers=headers)
