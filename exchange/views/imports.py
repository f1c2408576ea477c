"""Bulk import: a file is looked at, shown row by row, and carried out as it was shown."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.downloads import csv_response, table_response, xlsx_response
from csirt_network.listing import page_of
from csirt_network.models import SharingGroup, Team
from documents.refusal import Refused as RefusedFile
from exchange.actions import importing as actions
from exchange.actions.collections import keep_collections
from exchange.bulk.tables import TEMPLATE
from exchange.forms.imports import ImportForm
from exchange.import_results import results_of, table
from exchange.models import Import
from review.actions import Refused

PAGE = 100


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    _permit(request)
    found = Import.objects.visible_to(request.user).listed()
    context = {"page": page_of(request, found, column="made_at")}
    return render(request, "exchange/import_list.html", context)


@require_safe
def import_table(request: HttpRequest, form: str) -> HttpResponseBase:
    _permit(request)
    found = Import.objects.visible_to(request.user).listed().order_by("-made_at", "-pk")
    return table_response(table(found), f"imports-of-objects-{get_language()}", form)


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    _permit(request)
    teams = list(Team.objects.own(request.user).order_by("name", "pk"))
    running = SharingGroup.objects.running().filter(members__team__in=request.user.reach.teams)  # type: ignore[union-attr]
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*given, teams=teams, groups=list(running.distinct().order_by("name")))
    if request.method == "POST" and form.is_valid() and (made := _looked_at(request, form)):
        return redirect(made)
    status = 422 if request.method == "POST" else 200
    return render(request, "exchange/import_form.html", {"form": form}, status=status)


def _looked_at(request: HttpRequest, form: ImportForm) -> Import | None:
    """None, with a sentence at the field, for what cannot be read."""
    keep_collections()
    target = form.collection_of(request.user)
    if target is None:
        form.add_error("target", _("This does not exist any more. Choose another one."))
        return None
    file: Any = request.FILES["file"]
    try:
        return actions.look(
            content=form.cleaned_data["file"],
            name=file.name or "",
            team=form.chosen_team,
            target=target,
            label=form.cleaned_data["label"],
            by=request.user,
        )
    except RefusedFile as refusal:
        form.add_error("file", refusal)
        return None


@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    importing = _find(request, pk)
    results = results_of(importing)
    chosen = request.GET.get("result", "")
    rows = [row for row in results.rows if row["result"] == chosen] if chosen in Import.Result.values else results.rows
    page = _page_of(request, rows)
    context = {
        "importing": importing,
        "run": results.run,
        "total": len(results.rows),
        "totals": results.totals(chosen),
        "new": results.count("new"),
        "held": sum(row["held"] for row in results.rows),
        "chosen": chosen,
        **page,
    }
    return render(request, "exchange/import_detail.html", context)


def _page_of(request: HttpRequest, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """After the number of a row: `?after=`."""
    after = request.GET.get("after", "")
    number = int(after) if after.isdecimal() and len(after) < 9 else 0
    left = [row for row in rows if row["number"] > number]
    query = urlencode([("result", request.GET["result"])]) if request.GET.get("result") else ""
    next_url = f"?after={left[PAGE - 1]['number']}&{query}".rstrip("&") if len(left) > PAGE else ""
    return {"rows": left[:PAGE], "next_url": next_url, "previous_url": f"?{query}" if number else "", "query": query}


@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    importing = _find(request, pk)
    try:
        actions.confirm(importing=importing, fingerprint=request.POST.get("fingerprint", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(importing)


@require_safe
def import_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    return csv_response(_lines_of(_find(request, pk)), f"import-{pk}.csv")


@require_safe
def import_xlsx(request: HttpRequest, pk: int) -> FileResponse:
    return xlsx_response(_lines_of(_find(request, pk)), f"import-{pk}.xlsx")


@require_safe
def import_template(request: HttpRequest) -> StreamingHttpResponse:
    _permit(request)
    return csv_response(TEMPLATE, "import.csv")


def _lines_of(importing: Import) -> Iterator[list[Any]]:
    yield [_("Row"), _("What it is"), _("Result"), _("Why"), _("STIX id")]
    for row in results_of(importing).rows:
        yield [row["number"], row["what"], row["word"], row["why"], row["id"]]


def _permit(request: HttpRequest) -> None:
    if not request.user.has_perm("exchange.import_objects"):
        raise PermissionDenied


def _find(request: HttpRequest, pk: int) -> Import:
    found = Import.objects.visible_to(request.user).defer("content")
    return get_object_or_404(found.select_related("team", "by", "collection__group", "collection__team", "run"), pk=pk)
