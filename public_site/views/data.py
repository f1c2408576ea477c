"""Open data: pages that explain it, and the files. What is in them is what a visitor may read, whoever asks."""

import csv
from decimal import Decimal
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from common.days import today
from common.formulas import defused_in_csv
from public_site import package
from public_site.datasets import DATASETS, OF_OTHERS, OF_THE_PROGRAMME
from public_site.datasets.kind import Dataset, Row

VISITOR = AnonymousUser()


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    context = {"own": OF_THE_PROGRAMME, "of_others": OF_OTHERS, **_about_all()}
    return render(request, "public_site/open_data.html", context)


@login_not_required
@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find(slug)
    sources = found.sources(_rows(found)) if found.of_others else []
    files = [package.address(route, found.slug) for route in ("dataset-csv", "dataset-json")]
    context = {"dataset": found, "sources": sources, "files": files, **_about_all()}
    return render(request, "public_site/dataset.html", context)


@login_not_required
@require_safe
def dataset_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """UTF-8 without a mark at its beginning, lines as RFC 4180 has them; the first one names the columns."""
    found, text = _find(slug), StringIO()
    with override("en"):
        writer = csv.writer(text)
        writer.writerow([column.name for column in found.columns])
        writer.writerows([_written(value) for value in row] for row in _rows(found))
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="oas-cyber-{found.slug}.csv"'
    return response


@login_not_required
@require_safe
def dataset_json(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find(slug)
    with override("en"):
        rows = [[_number(value) for value in row] for row in _rows(found)]
        return _json(package.whole(found, rows))


@login_not_required
@require_safe
def open_data_package(request: HttpRequest) -> HttpResponse:
    with override("en"):
        return _json(package.package(VISITOR))


@login_not_required
@require_safe
def open_data_catalog(request: HttpRequest) -> HttpResponse:
    with override("en"):
        response = _json(package.catalog())
    response["Content-Type"] = "application/ld+json"
    return response


def _about_all() -> dict[str, Any]:
    return {"dated": today(), "licence": settings.OPEN_DATA_LICENCE, "licence_url": settings.OPEN_DATA_LICENCE_URL}


def _find(slug: str) -> Dataset:
    if slug not in DATASETS:
        raise Http404
    return DATASETS[slug]


def _rows(found: Dataset) -> list[Row]:
    return list(found.rows(VISITOR))


def _written(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else defused_in_csv(value)


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _json(said: dict[str, Any]) -> JsonResponse:
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
