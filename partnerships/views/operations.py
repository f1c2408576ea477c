"""Joint operations: found and read by whom their label lets; led by an officer of the programme."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules.permissions import has_perm

from accounts.audit import record_read
from common.downloads import csv_response, xlsx_response
from common.tlp import ORDER, Tlp
from csirt_network.listing import page_of
from documents.views import layout_of
from partnerships.actions import operations as actions
from partnerships.filters.operations import OperationFilter
from partnerships.forms.operations import ChangedOperationForm, LabelForm, NewOperationForm, OperationForm, WhyForm
from partnerships.models import Operation, OperationPartner, OperationState
from partnerships.operation_life import WAYS, ways_from
from partnerships.operation_page import OperationPage, Rows, label_of_all, table
from review.actions import Refused

RECORDED = (Tlp.STRICT, Tlp.RED)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def operation_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = page_of(request, chosen.qs, column="made_at")
    context = {
        "filter": chosen,
        "page": page,
        "rows": list(Rows(request.user, page.rows)),
        "label": label_of_all(page.rows),
        "query": request.GET.urlencode(),
        "may_add": may(request.user, "partnerships.add_operation"),
        "layout": layout_of(request),
    }
    return render(request, "partnerships/operation_list.html", context)


@login_not_required
@require_safe
def operation_csv(request: HttpRequest) -> HttpResponseBase:
    found, name = _found(request)
    return csv_response(table(Rows(request.user, found)), f"{name}.csv")


@login_not_required
@require_safe
def operation_xlsx(request: HttpRequest) -> HttpResponseBase:
    found, name = _found(request)
    return xlsx_response(table(Rows(request.user, found)), f"{name}.xlsx")


def _chosen(request: HttpRequest) -> OperationFilter:
    return OperationFilter(request.GET, Operation.objects.visible_to(request.user), request=request)


def _found(request: HttpRequest) -> tuple[list[Operation], str]:
    """With the name of the file, in which its label stands."""
    found = list(_chosen(request).qs.order_by("-made_at", "-pk"))
    return found, f"TLP-{label_of_all(found)}-operations"


@login_not_required
@require_safe
def operation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find(request, slug)
    page = OperationPage(operation, request.user)
    may_edit = may(request.user, "partnerships.edit_operation", operation)
    note_reading(request, operation, page.label)
    context = {
        "operation": operation,
        "page": page,
        "row": page.row,
        "may_edit": may_edit,
        "may_add": may(request.user, "partnerships.add_to_operation", operation),
        "ways": ways_from(operation.status) if may_edit else [],
        "layout": layout_of(request),
    }
    return render(request, "partnerships/operation_detail.html", context)


def note_reading(request: Any, operation: Operation, label: str) -> None:
    """Whoever reads what is strictly labelled stands in the trail; what is RED, out of the staff's sight there too."""
    if request.user.is_authenticated and label in RECORDED:
        is_private = Tlp.RED in (label, operation.tlp)
        request.after_response.append(lambda: record_read(request, operation, private=is_private))


@form_page
def operation_new(request: HttpRequest) -> HttpResponse:
    if not may(request.user, "partnerships.add_operation"):
        raise PermissionDenied
    form = NewOperationForm(posted(request), user=request.user, initial={"officer": request.user.pk})
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("partners", "states", "tlp")}
        operation = actions.add_operation(operation=form.save(commit=False), by=request.user, **given)
        messages.success(request, _("The operation is recorded. Those who take part are told that it is there."))
        return redirect(operation)
    return form_of(request, "partnerships/operation_form.html", form, None)


@form_page
def operation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find_to_edit(request, slug)
    form = ChangedOperationForm(posted(request), instance=operation, user=request.user, initial=_there(request, slug))
    if form.is_valid():
        operation.edited = form.cleaned_data["edited"] or 0
        given = {name: form.cleaned_data[name] for name in ("partners", "states", "reason")}
        try:
            actions.change_operation(operation=operation, fields=OperationForm.Meta.fields, by=request.user, **given)
        except actions.EditedMeanwhile:
            form.add_error(
                None, _("A colleague saved this operation meanwhile. Open it again, and enter your change anew.")
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The operation is saved."))
            return redirect(operation)
    return form_of(request, "partnerships/operation_form.html", form, find(request, slug))


def _there(request: HttpRequest, slug: str) -> dict[str, Any]:
    partners = OperationPartner.objects.visible_to(request.user).filter(operation__slug=slug)
    states = OperationState.objects.visible_to(request.user).filter(operation__slug=slug)
    return {
        "partners": list(partners.values_list("partner", flat=True)),
        "states": list(states.values_list("state", flat=True)),
    }


@form_page
def operation_move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """Asks before it acts; a reason where the way needs one."""
    way = WAYS.get(verb)
    operation = find_to_edit(request, slug)
    if way is None:
        raise Http404
    form = WhyForm(posted(request))
    if form.is_valid():
        try:
            actions.move(operation=operation, way=way, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error("reason" if way.needs_reason and not form.cleaned_data["reason"] else None, str(refusal))
        else:
            messages.success(request, str(way.done))
            return redirect(operation)
    return form_of(
        request, "partnerships/operation_small_form.html", form, operation, title=way.label, button=way.label
    )


@form_page
def operation_label(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find_to_edit(request, slug)
    may_lower = may(request.user, "partnerships.lower_operation_label", operation)
    form = LabelForm(posted(request), operation=operation, may_lower=may_lower)
    if form.is_valid():
        try:
            actions.relabel(operation=operation, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            falls = ORDER[form.cleaned_data["tlp"]] < ORDER[operation.tlp]
            form.add_error("reason" if falls else "tlp", str(refusal))
        else:
            messages.success(request, _("It is under TLP:%(label)s now.") % {"label": form.cleaned_data["tlp"]})
            return redirect(operation)
    return form_of(
        request,
        "partnerships/operation_small_form.html",
        form,
        operation,
        title=_("Change the label"),
        button=_("Change the label"),
    )


def find(request: HttpRequest, slug: str) -> Operation:
    operations = Operation.objects.visible_to(request.user).select_related("officer", "source")
    return get_object_or_404(operations, slug=slug)


def find_to_edit(request: HttpRequest, slug: str) -> Operation:
    return _permitted(request, find(request, slug), "partnerships.edit_operation")


def find_to_add(request: HttpRequest, slug: str) -> Operation:
    return _permitted(request, find(request, slug), "partnerships.add_to_operation")


def _permitted(request: HttpRequest, operation: Operation, permission: str) -> Operation:
    if not may(request.user, permission, operation):
        raise PermissionDenied
    return operation


def may(user: Any, permission: str, operation: Operation | None = None) -> bool:
    """Asked of the rules alone: a "no" would send Django's own backend to the database for permissions nobody has."""
    return user.is_authenticated and has_perm(permission, user, operation)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def form_of(
    request: HttpRequest, template: str, form: Any, operation: Operation | None, **context: Any
) -> HttpResponse:
    known = {"form": form, "operation": operation, "layout": layout_of(request)}
    return render(request, template, known | context, status=422 if form.errors else 200)
