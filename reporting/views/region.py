from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from rules.contrib.views import permission_required

from accounts.rules import is_manager
from common.downloads import table_response, where, whereabouts
from member_states.models import MemberState
from reporting.dashboards.matrix import Matrix, Row
from reporting.dashboards.region import Region


@require_safe
@permission_required("reporting.view_region", raise_exception=True)
def region(request: HttpRequest) -> HttpResponse:
    glance = Region(request.user, request.GET)
    return render(request, "reporting/region.html", {"glance": glance, "may_open_round": is_manager(request.user)})


@require_safe
@permission_required("reporting.view_region", raise_exception=True)
def region_matrix(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    states = list(MemberState.objects.visible_to(request.user).in_order())
    matrix = Matrix(request.user, states, request.GET.get("edition", ""))
    year = matrix.edition.year if matrix.edition else 0
    return table_response(matrix_lines(matrix), f"oas-cyber-matrix-{year}", form)


def matrix_lines(matrix: Matrix) -> Iterator[list[Any]]:
    """The rows of the page with every sub-region open; the last column names what was read from 2016 levels."""
    yield [
        gettext("Member state"),
        gettext("ISO 3166"),
        *(f"{column.code} {column.name}" for column in matrix.columns),
        gettext("Read from the levels of 2016"),
        *where(),
    ]
    yield _line(gettext("All member states, median"), matrix.region(), matrix)
    for row in matrix.rows(QueryDict("open=all")):
        label = row.label if row.state else gettext("%(region)s, median") % {"region": row.label}
        yield _line(label, row, matrix)


def _line(label: Any, row: Row, matrix: Matrix) -> list[Any]:
    cells = [cell for group in row.groups for cell in group.cells]
    crossed = [column.code for column, cell in zip(matrix.columns, cells, strict=True) if cell.is_crossed]
    stages = [cell.stage or str(cell.note) for cell in cells]
    found = whereabouts(row.state) if row.state else [row.slug or "region", settings.SITE_URL + reverse("region")]
    return [str(label), row.state.alpha3 if row.state else "", *stages, " ".join(crossed), *found]
