"""A feed of MISP for each collection. A program signs in with its token; the public one needs none."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from csirt_network.views.feeds import PUBLIC_SECONDS, conditional
from exchange.machines import machine
from exchange.misp.events import as_json, hashes, manifest
from exchange.misp.feeds import MOST, event_named, events_in
from exchange.models import Collection

JSON, CSV = "application/json", "text/csv; charset=utf-8"


@machine(scope="read", public=True)
@require_safe
def misp_feed(request: HttpRequest, collection: UUID) -> HttpResponse:
    """What it is, for whoever opens its address."""
    return _answer(request, collection, lambda found, _reader: as_json(_about(found)), JSON)


@machine(scope="read", public=True)
@require_safe
def misp_manifest(request: HttpRequest, collection: UUID) -> HttpResponse:
    return _answer(request, collection, lambda found, reader: manifest(events_in(found, reader)), JSON)


@machine(scope="read", public=True)
@require_safe
def misp_hashes(request: HttpRequest, collection: UUID) -> HttpResponse:
    return _answer(request, collection, lambda found, reader: hashes(events_in(found, reader)), CSV)


@machine(scope="read", public=True)
@require_safe
def misp_event(request: HttpRequest, collection: UUID, event: UUID) -> HttpResponse:
    def written(found: Collection, reader: Any) -> bytes:
        named = event_named(event, found, reader)
        if named is None:
            raise Http404
        return named.file

    return _answer(request, collection, written, JSON)


def _answer(
    request: HttpRequest, uuid: UUID, written: Callable[[Collection, Any], bytes], media_type: str
) -> HttpResponse:
    """304 for whoever has it already; what is public may be kept for a while. In English, as the taxonomies are."""
    reader: Any = request.machine  # type: ignore[attr-defined]
    with translation.override("en"):
        collections = Collection.objects.visible_to(reader).select_related("group", "team")
        found = get_object_or_404(collections, uuid=uuid)
        response = conditional(request, written(found, reader), "en", media_type)
    if found.kind == Collection.Kind.PUBLIC:
        response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
    return response


def _about(collection: Collection) -> dict[str, Any]:
    return {
        "name": f"OAS Cyber: {collection.title}",
        "provider": str(settings.PROGRAMME_NAME),
        "source_format": "misp",
        "url": settings.SITE_URL + reverse("misp-feed", args=[collection.uuid]),
        "tlp": collection.tlp.label,
        "files": ["manifest.json", "hashes.csv"],
        "most_events": MOST,
    }
