"""Claims of networks and domains: a team asks and ends, the programme's officers decide, a page for each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.downloads import csv_response, xlsx_response
from common.scope import reach_of
from csirt_network.views.subscriptions import kept_teams
from documents.views import layout_of
from exchange.actions import claims as actions
from exchange.claim_list import claim_lines, overlapping
from exchange.filters.claims import ClaimFilter
from exchange.forms.claims import ClaimForm, DecisionForm, EndForm, stamp
from exchange.models import AssetClaim
from review.actions import Refused

PAGE, MOST_AT_ONCE = 30, 100


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    context = {
        "filter": chosen,
        "page": Paginator(chosen.qs, PAGE).get_page(request.GET.get("page")),
        "may_ask": bool(reach_of(request.user).teams) and bool(kept_teams(request.user)),
        "may_decide": request.user.has_perm("exchange.decide_claims"),
        "is_staff": reach_of(request.user).staff,
    }
    return _show(request, "exchange/claim_list.html", context)


@require_safe
def claim_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(claim_lines(_chosen(request).qs), "claims.csv")


@require_safe
def claim_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(claim_lines(_chosen(request).qs), "claims.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def claim_new(request: HttpRequest) -> HttpResponse:
    teams = kept_teams(request.user)
    if not teams:
        raise PermissionDenied
    form = ClaimForm(request.POST if request.method == "POST" else None, teams=teams)
    if form.is_valid():
        try:
            note = form.cleaned_data["note"]
            asked = actions.ask(team=form.chosen_team, assets=form.chosen, note=note, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say(request, asked)
            return redirect("claim-list")
    return _show(request, "exchange/claim_form.html", {"form": form})


@require_safe
def claim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def claim_decide(request: HttpRequest) -> HttpResponse:
    """All that wait, of one team where one is named; those that are ticked are decided together."""
    if not request.user.has_perm("exchange.decide_claims"):
        raise PermissionDenied
    waiting = _waiting(request)
    form = DecisionForm(request.POST if request.method == "POST" else None, claims=waiting)
    if form.is_valid():
        given = form.cleaned_data
        try:
            number = actions.decide(
                claims=form.chosen, verdict=given["verdict"], reason=given["reason"].strip(), by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(n)d claim is decided.", "%(n)d claims are decided.", number)
            messages.success(request, said % {"n": number})
            return redirect("claim-list")
    ticked = form["claims"].value() or ([stamp(waiting[0])] if len(waiting) == 1 else [])
    others = overlapping(waiting, request.user)
    rows = [(claim, stamp(claim), stamp(claim) in ticked, others[claim.pk]) for claim in waiting]
    return _show(request, "exchange/claim_decide.html", {"form": form, "rows": rows})


@require_POST
def claim_end(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _find(request, pk)
    if not request.user.has_perm("exchange.end_claim", claim):
        raise PermissionDenied
    form = EndForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.end(claim=claim, why=given["why"].strip(), edited=given["edited"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The claim is ended. Nothing is looked for in its place any more."))
            return redirect("claim-list")
    return _page(request, claim, form)


def _chosen(request: HttpRequest) -> ClaimFilter:
    if not request.user.has_perm("exchange.view_claims"):
        raise PermissionDenied
    seen = AssetClaim.objects.visible_to(request.user)
    seen = seen.select_related("team__state", "asked_by", "decided_by").order_by("-asked_at", "team", "kind", "value")
    return ClaimFilter(request.GET, seen, request=request)


def _find(request: HttpRequest, pk: int) -> AssetClaim:
    seen = AssetClaim.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("team__state", "asked_by", "decided_by", "ended_by"), pk=pk)


def _waiting(request: HttpRequest) -> list[AssetClaim]:
    """That this person may decide: not what they asked for, nor what their own team claims."""
    waiting = AssetClaim.objects.visible_to(request.user).asked().exclude(asked_by=request.user.pk)
    waiting = waiting.exclude(team__in=reach_of(request.user).teams).select_related("team__state", "asked_by")
    if team := request.GET.get("team", ""):
        waiting = waiting.filter(team__slug=team)
    if (pk := request.GET.get("claim", "")).isdecimal() and len(pk) < 19:
        waiting = waiting.filter(pk=int(pk))
    return list(waiting.order_by("asked_at", "team", "kind", "value")[:MOST_AT_ONCE])


def _page(request: HttpRequest, claim: AssetClaim, form: EndForm | None = None) -> HttpResponse:
    stands = claim.status in (AssetClaim.Status.ASKED, AssetClaim.Status.APPROVED)
    is_staff = reach_of(request.user).staff
    context = {
        "claim": claim,
        "form": form or EndForm(initial={"edited": claim.edited}),
        "others": overlapping([claim], request.user)[claim.pk] if is_staff and stands else [],
        "may_end": stands and request.user.has_perm("exchange.end_claim", claim),
        "may_decide": claim.status == "asked" and request.user.has_perm("exchange.decide_claim", claim),
        "is_staff": is_staff,
    }
    return _show(request, "exchange/claim_detail.html", context)


def _say(request: HttpRequest, asked: actions.Asked) -> None:
    if number := len(asked.claims):
        said = ngettext(
            "%(n)d claim waits for the programme. You are told by mail.",
            "%(n)d claims wait for the programme. You are told by mail.",
            number,
        )
        messages.success(request, said % {"n": number})
    for remark in asked.remarks[:20]:
        messages.info(request, remark)


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, context | {"layout": layout_of(request)}, status=status)
