"""Partners: the list and the page of one, for everybody as far as they are published; officers keep them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules.permissions import has_perm

from common.downloads import csv_response, xlsx_response
from documents.views import layout_of
from partnerships.actions import partners as actions
from partnerships.filters.partners import PartnerFilter
from partnerships.forms.partners import PartnerForm
from partnerships.models import Partner
from partnerships.partner_list import by_kind, partners_for, table
from partnerships.partner_page import PartnerPage
from review.actions import Refused

KEEP = "partnerships.keep_partners"
PAGE = 60


@login_not_required
@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = Paginator(chosen.qs.by_kind(), PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "groups": by_kind(page),
        "may_keep": may(request, KEEP),
        "layout": layout_of(request),
    }
    return render(request, "partnerships/partner_list.html", context)


@login_not_required
@require_safe
def partner_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_lines(request), f"partners-{get_language()}.csv")


@login_not_required
@require_safe
def partner_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_lines(request), f"partners-{get_language()}.xlsx")


def _chosen(request: HttpRequest) -> PartnerFilter:
    return PartnerFilter(request.GET, partners_for(request.user).in_order(), request=request)


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    return table(_chosen(request).qs)


@login_not_required
@require_safe
def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    partner = _find(request, slug)
    context = {
        "partner": partner,
        "page": PartnerPage(request.user, partner),
        "may_keep": may(request, KEEP),
        "may_see_contacts": may(request, "partnerships.view_contacts", partner),
        "may_invite": may(request, "invitations.invite_contact"),
        "layout": layout_of(request),
    }
    return render(request, "partnerships/partner_detail.html", context)


@require_http_methods(["GET", "POST"])
def partner_new(request: HttpRequest) -> HttpResponse:
    _permit(request)
    form = PartnerForm(_posted(request), user=request.user)
    if form.is_valid():
        partner = actions.add_partner(partner=form.save(commit=False), by=request.user)
        messages.success(request, _("The partner is kept. Only the programme’s staff read of it until you publish it."))
        return redirect(partner)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def partner_edit(request: HttpRequest, slug: str) -> HttpResponse:
    partner = _find(request, slug)
    _permit(request)
    form = PartnerForm(_posted(request), user=request.user, instance=_find(request, slug))
    if form.is_valid():
        changed = form.instance
        changed.edited = form.cleaned_data["edited"] or 0
        try:
            actions.change_partner(partner=changed, fields=form.Meta.fields, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The partner is saved."))
            return redirect(partner)
    return _form(request, form, partner)


@require_POST
def partner_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Or takes it back; "yes" publishes, anything else does not."""
    partner = _find(request, slug)
    _permit(request)
    is_published = request.POST.get("published") == "yes"
    actions.publish_partner(partner=partner, is_published=is_published, by=request.user)
    said = _("Everybody reads of this partner now.") if is_published else _("Only staff and its contacts read of it.")
    messages.success(request, said)
    return redirect(partner)


def may(request: HttpRequest, permission: str, thing: Any = None) -> bool:
    """Asked of the rules alone: a "no" would send Django's own backend to the database for permissions nobody has."""
    return request.user.is_authenticated and has_perm(permission, request.user, thing)


def _find(request: HttpRequest, slug: str) -> Partner:
    return get_object_or_404(Partner.objects.visible_to(request.user).select_related("source", "state"), slug=slug)


def _permit(request: HttpRequest) -> None:
    if not may(request, KEEP):
        raise PermissionDenied


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(request: HttpRequest, form: PartnerForm, partner: Partner | None) -> HttpResponse:
    context = {"form": form, "partner": partner, "layout": layout_of(request)}
    return render(request, "partnerships/partner_form.html", context, status=422 if form.errors else 200)
