"""A feed of MISP for each collection. A program signs in with its token; the public one needs none."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from csirt_network.views.feeds import PUBLIC_SECONDS, conditional
from exchange.machines import machine
from exchange.misp.events import Event, as_json, hashes, manifest
from exchange.misp.feeds import MOST, event_named, events_in, state_of
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
    return _of_all(request, collection, manifest, JSON)


@machine(scope="read", public=True)
@require_safe
def misp_hashes(request: HttpRequest, collection: UUID) -> HttpResponse:
    return _of_all(request, collection, hashes, CSV)


@machine(scope="read", public=True)
@require_safe
def misp_event(request: HttpRequest, collection: UUID, event: UUID) -> HttpResponse:
    def written(found: Collection, reader: Any) -> bytes:
        named = event_named(event, found, reader)
        if named is None:
            raise Http404
        return named.file

    return _answer(request, collection, written, JSON)


def _of_all(
    request: HttpRequest, collection: UUID, written: Callable[[Iterable[Event]], bytes], media_type: str
) -> HttpResponse:
    """Made only for whom it is new: who asks every hour is mostly told that nothing is."""

    def answer(found: Collection, reader: Any) -> HttpResponse:
        etag = f'"{state_of(found, reader)}"'
        made = get_conditional_response(request, etag=etag)
        response: Any = made or HttpResponse(written(events_in(found, reader)), content_type=media_type)
        response["ETag"] = etag
        return response

    return _found(request, collection, answer)


def _answer(
    request: HttpRequest, collection: UUID, written: Callable[[Collection, Any], bytes], media_type: str
) -> HttpResponse:
    return _found(
        request, collection, lambda found, reader: conditional(request, written(found, reader), "en", media_type)
    )


def _found(request: HttpRequest, uuid: UUID, answer: Callable[[Collection, Any], HttpResponse]) -> HttpResponse:
    """In English, as the taxonomies are. What is public may be kept for a while."""
    reader: Any = request.machine  # type: ignore[attr-defined]
    with translation.override("en"):
        collections = Collection.objects.visible_to(reader).select_related("group", "team")
        found = get_object_or_404(collections, uuid=uuid)
        response = answer(found, reader)
    if found.kind == Collection.Kind.PUBLIC:
        response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
    return response


def _about(collection: Collection) -> dict[str, Any]:
    """`url` is what MISP is told: it adds the slash and the name of the file itself."""
    return {
        "name": f"OAS Cyber: {collection.title}",
        "provider": str(settings.PROGRAMME_NAME),
        "source_format": "misp",
        "url": settings.SITE_URL + reverse("misp-feed", args=[collection.uuid]).rstrip("/"),
        "tlp": collection.tlp.label,
        "files": ["manifest.json", "hashes.csv"],
        "most_events": MOST,
    }
