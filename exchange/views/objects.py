"""The objects of the collections as people read them: found, taken along, and taken back by who brought them."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import record_read
from common.downloads import csv_response, xlsx_response
from common.tlp import Tlp
from csirt_network.listing import page_of
from exchange import files, showing
from exchange.actions import taking_back
from exchange.models import StixObject
from exchange.object_filter import ObjectFilter
from exchange.showing import Shown
from review.actions import Refused

STIX = "application/stix+json;version=2.1"
OF = ("from_team", "collection__group", "collection__team")


@require_safe
def object_list(request: HttpRequest) -> HttpResponse:
    chosen = chosen_of(request)
    page = page_of(request, chosen.qs, column="date_added", among=_newest_of)
    query = urlencode([(name, value) for name, value in chosen.data.items() if name in chosen.form.fields and value])
    context = {
        "filter": chosen,
        "objects": [Shown(row, request.user) for row in page.rows],
        "page": page,
        "query": query,
        "most": files.MOST,
        "may_import": request.user.has_perm("exchange.import_objects"),
    }
    return render(request, "exchange/object_list.html", context)


@require_safe
def object_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Reading what is under TLP:AMBER+STRICT is recorded, as of alerts."""
    row = _find(request, pk)
    shown, observables = Shown(row, request.user), list(row.observables.all())
    if row.tlp == Tlp.STRICT:
        request.after_response.append(lambda: record_read(request, row, private=True))  # type: ignore[attr-defined]
    context = {
        "shown": shown,
        "referred": showing.referred_by(shown, request.user),
        "about": showing.about(shown, request.user),
        "versions": showing.versions_of(shown, request.user),
        "observables": [(one.get_kind_display(), one) for one in observables],
        "elsewhere": showing.elsewhere(shown, [(one.kind, one.value) for one in observables], request.user),
        "may_remove": request.user.has_perm("exchange.remove_object", row),
        "may_revoke": taking_back.can_be_revoked(shown.value) and row.is_last,
    }
    return render(request, "exchange/object_detail.html", context)


@require_POST
def object_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    try:
        newest = taking_back.revoke(row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("object-detail", pk)
    messages.success(request, _("It is revoked. Programs that read the collection are told so."))
    return redirect("object-detail", newest.pk)


@require_POST
def object_remove(request: HttpRequest, pk: int) -> HttpResponse:
    taking_back.take_away(_own(request, pk), by=request.user)
    messages.success(request, _("It is deleted, with all its versions. What programs have read already they may keep."))
    return redirect("object-list")


@require_safe
def object_csv(request: HttpRequest) -> StreamingHttpResponse:
    chosen = chosen_of(request).qs
    name = files.name_with_label(chosen, "csv")
    return csv_response(files.lines_of(chosen, request.user), name)


@require_safe
def object_xlsx(request: HttpRequest) -> FileResponse:
    chosen = chosen_of(request).qs
    name = files.name_with_label(chosen, "xlsx")
    return xlsx_response(files.lines_of(chosen, request.user), name)


@require_safe
def object_bundle(request: HttpRequest) -> StreamingHttpResponse:
    chosen = chosen_of(request).qs
    markings = ",".join(json.dumps(one) for one in files.TRAVELLING)
    parts = files.bundle_of(chosen, request.user.reach, markings)  # type: ignore[union-attr]
    response = StreamingHttpResponse(parts, content_type=STIX)
    response["Content-Disposition"] = f'attachment; filename="{files.name_with_label(chosen, "json")}"'
    return response


def chosen_of(request: HttpRequest) -> ObjectFilter:
    """Without the definitions of labels, unless somebody looks for them: they travel with whatever uses them."""
    rows: Any = StixObject.objects.visible_to(request.user).newest()
    rows = rows.select_related(*OF)
    if request.GET.get("type") != "marking-definition":
        rows = rows.exclude(type="marking-definition")
    return ObjectFilter(request.GET, queryset=rows, request=request)


def _newest_of(rows: Any, most: int) -> Any:
    return rows.newest_of_each(most).select_related(*OF)


def _find(request: HttpRequest, pk: int) -> StixObject:
    rows: Any = StixObject.objects.visible_to(request.user).standing()
    rows = rows.select_related(*OF)
    return get_object_or_404(rows, pk=pk)


def _own(request: HttpRequest, pk: int) -> StixObject:
    row = _find(request, pk)
    if not request.user.has_perm("exchange.remove_object", row):
        raise PermissionDenied
    return row
