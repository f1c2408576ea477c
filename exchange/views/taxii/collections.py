"""The collections that a machine may know of (sections 5.1 and 5.2)."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange.models import Collection
from exchange.views.taxii.answers import STIX_TYPE, Wrong, answer, taxii


@taxii
@require_safe
def collection_list(request: HttpRequest) -> HttpResponseBase:
    """An empty list is forbidden (section 1.6.6): without collections there is no key."""
    known: Any = Collection.objects.visible_to(request.machine)  # type: ignore[attr-defined]
    told = [_told(collection, request.machine) for collection in known.select_related("group", "team")]  # type: ignore[attr-defined]
    return answer({"collections": told} if told else {})


@taxii
@require_safe
def collection_detail(request: HttpRequest, collection: str) -> HttpResponseBase:
    return answer(_told(collection_of(request, collection), request.machine))  # type: ignore[attr-defined]


def collection_of(request: HttpRequest, name: str) -> Collection:
    """By id or alias; 404 for what the machine may not know of."""
    known: Any = Collection.objects.visible_to(request.machine)  # type: ignore[attr-defined]
    return get_object_or_404(known.named(name).select_related("group", "team"))


def require(request: HttpRequest, scope: str) -> None:
    """403, for whoever knows of the collection (section 5.2.1, can_read and can_write)."""
    if not request.machine.has(scope):  # type: ignore[attr-defined]
        raise Wrong(403, _("This token may not do that. A representative of the team can make one that may."))


def require_writable(request: HttpRequest, collection: Collection) -> None:
    require(request, "push")
    if not collection.takes_from(request.machine.team):  # type: ignore[attr-defined]
        raise Wrong(403, _("This collection takes no objects from your team."))


def _told(collection: Collection, machine: Any) -> dict[str, Any]:
    return {
        "id": str(collection.uuid),
        "title": collection.title,
        "description": _("Objects up to %(label)s.") % {"label": collection.tlp.label},
        "alias": collection.alias,
        "can_read": machine.has("read"),
        "can_write": machine.has("push") and collection.takes_from(machine.team),
        "media_types": [STIX_TYPE],
    }
