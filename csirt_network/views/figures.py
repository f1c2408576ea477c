"""What is exchanged in the network, counted: for everybody from what is public, for its people from what they read."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.downloads import about_one, csv_response, xlsx_response
from csirt_network.figures import Figures


@require_safe
@login_not_required
def network_figures(request: HttpRequest) -> HttpResponse:
    return render(request, "csirt_network/figures.html", {"figures": Figures(request.user, timezone.now())})


@require_safe
@login_not_required
def network_figures_table(request: HttpRequest, format: str) -> HttpResponseBase:
    rows = list(about_one(_rows(Figures(request.user, timezone.now())), "network-figures", reverse("figures")))
    if format == "csv":
        return csv_response(rows, "network-figures.csv")
    return xlsx_response(rows, "network-figures.xlsx")


def _rows(figures: Figures) -> Iterator[list[Any]]:
    yield [_("What"), _("Of what"), _("Alerts"), _("Incident class")]
    yield [_("All alerts of the last twelve months"), "", _shown(figures.total), ""]
    for chart in figures.charts:
        for line in chart.lines:
            yield [chart.title, line.label, _shown(line.number), ""]
    for table in figures.tables:
        for row in table.rows:
            for column, number in zip(table.columns, row.numbers, strict=True):
                yield [table.title, column, _shown(number), row.label]


def _shown(number: int | None) -> int | str:
    return _("withheld") if number is None else number
