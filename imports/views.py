"""Tables that staff bring in: choose a kind, take the template, look at what a file would do, and import it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules.permissions import has_perm

from accounts.views.second_factor import fresh
from action_plan.models import Course
from common.downloads import XLSX, table_response
from csirt_network.listing import page_of
from documents.refusal import Refused as RefusedFile
from documents.serving import bytes_as_download
from imports import actions, tables
from imports.by_worker import kind_of
from imports.forms import TableForm
from imports.kinds import KINDS, Kind
from imports.models import TableImport, TableRun
from review.actions import Refused

PAGE = 100
OF_A_COURSE = TableImport.Kind.PARTICIPANTS


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    _permit(request)
    kinds = [(code, label) for code, label in TableImport.Kind.choices if _may(request, code)]
    found = TableImport.objects.visible_to(request.user).listed()
    context = {"kinds": kinds, "page": page_of(request, found, column="made_at")}
    return render(request, "imports/sheets.html", context)


@require_safe
def sheet_table(request: HttpRequest, form: str) -> HttpResponseBase:
    _permit(request)
    found = TableImport.objects.visible_to(request.user).listed()
    return table_response(tables.brought(found), f"imports-{get_language()}", form)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: HttpRequest, code: str) -> HttpResponse:
    """What the table is to look like, and where it is chosen; of participants, of which course first."""
    of = request.GET.get("of", "")
    _permit(request, code)
    if code == OF_A_COURSE and not of:
        return render(request, "imports/courses.html", {"courses": _courses(request)[:PAGE]})
    kind = _kind(request, code, of)
    form = TableForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid() and (sheet := _looked_at(request, form, kind, of)):
        return redirect(sheet)
    context = {
        "form": form,
        "kind": kind,
        "code": code,
        "label": TableImport.Kind(code).label,
        "query": f"?{urlencode({'of': of})}" if of else "",
    }
    return render(request, "imports/sheet_form.html", context, status=422 if form.errors else 200)


def _looked_at(request: HttpRequest, form: TableForm, kind: Kind, of: str) -> TableImport | None:
    """None, with a sentence at the field, for what cannot be read."""
    name = request.FILES["file"].name or ""  # type: ignore[union-attr]
    try:
        return actions.look(content=form.cleaned_data["file"], name=name, kind=kind, of=of, by=request.user)
    except RefusedFile as refusal:
        form.add_error("file", refusal)
    except Refused as refusal:  # somebody saved what the table is about while it was looked at
        form.add_error("file", str(refusal))
    return None


@require_safe
def sheet_template(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    kind = _kind(request, code, request.GET.get("of", ""))
    if form == "xlsx":
        return tables.template_workbook(kind, f"{code}-template.xlsx")
    return table_response([tables.headings(kind)], f"{code}-template", form)


@require_safe
def sheet_kept(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    kind = _kind(request, code, request.GET.get("of", ""))
    return table_response(tables.kept_rows(kind), code, form)


@require_safe
def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = _find(request, pk)
    kind = _kind_of(request, sheet)
    chosen = request.GET.get("result", "")
    chosen = chosen if chosen in TableImport.Result.values else ""
    rows = [row for row in sheet.rows if not chosen or row["result"] == chosen]
    context = {
        "sheet": sheet,
        "run": TableRun.objects.visible_to(request.user).filter(sheet=sheet).first(),
        "totals": [(code, label, sheet.count(code)) for code, label in TableImport.Result.choices],
        "chosen": chosen,
        "may_import": sheet.by_id == request.user.pk and bool(sheet.content),
        "refused": sheet.count("refused"),
        "works": sheet.count("new") + sheet.count("changed"),
        **_page(request, rows, kind, dict(sheet.made), chosen),
    }
    return render(request, "imports/sheet_detail.html", context)


def _page(request: HttpRequest, rows: list[Any], kind: Kind, links: dict[int, str], chosen: str) -> dict[str, Any]:
    """After the number of a row: `?after=`."""
    after = request.GET.get("after", "")
    number = int(after) if after.isdecimal() and len(after) < 9 else 0
    left = [row for row in rows if row["line"] > number]
    words = dict(TableImport.Result.choices)
    shown = [
        row
        | {
            "word": words[row["result"]],
            "link": links.get(row["line"], ""),
            "changes": [(tables.heading_of(kind, name), old, new) for name, old, new in row["cells"]],
            "faults": [(tables.heading_of(kind, name), why) for name, why in row["errors"]],
        }
        for row in left[:PAGE]
    ]
    query = urlencode({"result": chosen}) if chosen else ""
    next_url = f"?after={left[PAGE - 1]['line']}&{query}".rstrip("&") if len(left) > PAGE else ""
    return {"rows": shown, "next_url": next_url, "previous_url": f"?{query}" if number else ""}


@require_POST
def sheet_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = _find(request, pk)
    bring = fresh(_brought_in) if KINDS[sheet.kind].gives_roles else _brought_in
    answer: HttpResponse = bring(request, sheet)
    return answer


def _brought_in(request: HttpRequest, sheet: TableImport) -> HttpResponse:
    given: Any = {"sheet": sheet, "fingerprint": request.POST.get("fingerprint", ""), "by": request.user}
    try:
        if actions.confirm(kind=_kind_of(request, sheet), **given):
            messages.success(request, _("The table is imported."))
    except actions.Changed as refusal:
        actions.show(sheet=sheet, rows=refusal.rows)
        messages.error(request, str(refusal))
    except RefusedFile as refusal:  # its headings are those of then: a session was renamed since
        messages.error(request, refusal.messages[0])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(sheet)


@require_safe
def sheet_results(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    sheet = _find(request, pk)
    return table_response(tables.result_rows(sheet, _kind_of(request, sheet)), f"import-{pk}", form)


@require_safe
def sheet_file(request: HttpRequest, pk: int) -> HttpResponse:
    """As it came."""
    sheet = _find(request, pk)
    if not sheet.content:
        raise Http404
    content = bytes(sheet.content)
    ending, media_type = ("xlsx", XLSX) if content[:2] == b"PK" else ("csv", "text/csv; charset=utf-8")
    return bytes_as_download(content, f"import-{pk}.{ending}", media_type)


def _may(request: HttpRequest, code: str) -> bool:
    return has_perm("imports.import_table", request.user, KINDS[code])


def _permit(request: HttpRequest, code: str = "") -> None:
    if not has_perm("imports.view_imports", request.user):
        raise PermissionDenied
    if code and code not in KINDS:
        raise Http404
    if code and not _may(request, code):
        raise PermissionDenied


def _kind(request: HttpRequest, code: str, of: str) -> Kind:
    _permit(request, code)
    if code != OF_A_COURSE:
        return KINDS[code](request.user)
    if "\0" in of:
        raise Http404
    return KINDS[code](request.user, get_object_or_404(_courses(request), activity__slug=of))


def _kind_of(request: HttpRequest, sheet: TableImport) -> Kind:
    _permit(request, sheet.kind)
    return kind_of(sheet, request.user)


def _courses(request: HttpRequest) -> Any:
    return Course.objects.visible_to(request.user).select_related("activity").order_by("-nominations_close_on", "-pk")


def _find(request: HttpRequest, pk: int) -> TableImport:
    """Of kinds that the reader may bring in; of others nothing is told."""
    found = TableImport.objects.visible_to(request.user).select_related("by")
    sheet = get_object_or_404(found, pk=pk)
    if not _may(request, sheet.kind):
        raise Http404
    return sheet
