"""Advisories of CSAF 2.0: of one alert for whoever may read it, and of the public ones for everybody."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.scope import NOTHING, scope
from csirt_network.models import Alert
from csirt_network.reads import note_reading
from csirt_network.views.feeds import PUBLIC_SECONDS, conditional
from csirt_network.views.finding import find_alert
from exchange.csaf import provider
from exchange.csaf.advisories import advisory_of, file_name, folder_of

JSON, TEXT = "application/json", "text/plain; charset=utf-8"
NAME = re.compile(r"oas-(\d{4})-(\d{1,9})", re.ASCII)


@login_not_required
@require_safe
def alert_csaf(request: HttpRequest, pk: int) -> HttpResponse:
    alert = find_alert(request, pk)
    note_reading(request, alert)
    response = HttpResponse(advisory_of(alert, request.user), content_type=JSON)
    response["Content-Disposition"] = f'attachment; filename="{file_name(alert)}"'
    return response


@login_not_required
@require_safe
def csaf_provider(request: HttpRequest) -> HttpResponse:
    return _of_all(request, lambda alerts: json.dumps(provider.metadata(alerts), indent=1), JSON)


@login_not_required
@require_safe
def csaf_index(request: HttpRequest) -> HttpResponse:
    return _of_all(request, provider.index, TEXT)


@login_not_required
@require_safe
def csaf_changes(request: HttpRequest) -> HttpResponse:
    return _of_all(request, provider.changes, "text/csv; charset=utf-8")


@login_not_required
@require_safe
def csaf_rolie(request: HttpRequest) -> HttpResponse:
    return _of_all(request, lambda alerts: json.dumps(provider.rolie(alerts), ensure_ascii=False, indent=1), JSON)


@login_not_required
@require_safe
def csaf_folder(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The list for people (section 7.1.14): all there are, or of a year. A year without any has a list without any."""
    with scope(NOTHING, read_only=True):
        lines = [provider.line_of(alert) for alert in provider.public_alerts() if year in (None, folder_of(alert))]
    return render(request, "exchange/csaf_folder.html", {"alerts": lines, "year": year})


@login_not_required
@require_safe
def csaf_file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    return _of_one(request, year, name, lambda alert: advisory_of(alert, AnonymousUser()), JSON)


@login_not_required
@require_safe
def csaf_sha256(request: HttpRequest, year: int, name: str) -> HttpResponse:
    return _of_one(request, year, name, lambda alert: provider.digest_of(alert, "sha256").encode(), TEXT)


@login_not_required
@require_safe
def csaf_sha512(request: HttpRequest, year: int, name: str) -> HttpResponse:
    return _of_one(request, year, name, lambda alert: provider.digest_of(alert, "sha512").encode(), TEXT)


def _of_all(request: HttpRequest, written: Callable[[Any], str], media_type: str) -> HttpResponse:
    with scope(NOTHING, read_only=True):
        body = written(list(provider.public_alerts())).encode()
    return _public(request, body, media_type)


def _of_one(
    request: HttpRequest, year: int, name: str, written: Callable[[Alert], bytes], media_type: str
) -> HttpResponse:
    found = NAME.fullmatch(name)
    with scope(NOTHING, read_only=True):
        alerts = provider.public_alerts().filter(year=found[1], number=found[2]) if found else ()
        alert = next((one for one in alerts if provider.path_of(one) == f"{year}/{name}.json"), None)
        if alert is None:
            raise Http404
        body = written(alert)
    return _public(request, body, media_type)


def _public(request: HttpRequest, body: bytes, media_type: str) -> HttpResponse:
    response = conditional(request, body, "en", media_type)
    del response["Content-Language"]
    response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
    return response
