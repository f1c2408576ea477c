"""Discovery, the API root, and the status of what was posted (section 4)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange.actions.holding import stamp
from exchange.models import Push
from exchange.stix.cutting import MOST_BYTES
from exchange.views.taxii.answers import MEDIA_TYPE, Wrong, answer, taxii


@taxii
@require_safe
def discovery(request: HttpRequest) -> HttpResponseBase:
    root = reverse("taxii-root")
    told = {
        "title": str(settings.PROGRAMME_NAME),
        "description": _("What the teams of the hemispheric network of CSIRTs share with each other’s programs."),
        "contact": settings.SECURITY_CONTACTS[0].removeprefix("mailto:"),
        "default": root,
        "api_roots": [root],
    }
    return answer(told)


@taxii
@require_safe
def api_root(request: HttpRequest) -> HttpResponseBase:
    told = {
        "title": "CSIRT network",
        "description": _("One collection for everybody, for the community, for each sharing group and each team."),
        "versions": [MEDIA_TYPE],
        "max_content_length": MOST_BYTES,
    }
    return answer(told)


@taxii
@require_safe
def status(request: HttpRequest, status: str) -> HttpResponseBase:
    pushes = Push.objects.visible_to(request.machine).remembered()  # type: ignore[attr-defined]
    return answer(status_of(get_object_or_404(pushes, uuid=status)))


@taxii
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Every other address, those without the slash at the end among them: nothing that is posted is sent elsewhere."""
    raise Wrong(404, _("There is nothing at this address. The addresses of TAXII end in a slash."))


def status_of(push: Push) -> dict[str, Any]:
    """Section 4.3.1; empty lists are left out."""
    is_over = push.status in (Push.Status.DONE, Push.Status.FAILED)
    failed = push.count if push.status == Push.Status.FAILED else len(push.failures)
    lists = {"successes": push.successes, "failures": push.failures}
    return {
        "id": str(push.uuid),
        "status": "complete" if is_over else "pending",
        "request_timestamp": stamp(push.queued_at),
        "total_count": push.count,
        "success_count": len(push.successes),
        "failure_count": failed,
        "pending_count": 0 if is_over else push.count,
        **{name: listed for name, listed in lists.items() if listed},
    }
