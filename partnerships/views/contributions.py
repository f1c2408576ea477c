"""What was given: its page for whoever reads the agreement; instalments and allocations for the giver and the staff."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.downloads import about_one, table_response
from common.scope import reach_of
from partnerships.actions import contributions as actions
from partnerships.actions.commitments import Settled
from partnerships.contribution_page import page_of
from partnerships.forms.contributions import AllocationForm, ContributionForm, InstalmentForm, RateForm
from partnerships.models import Allocation, Contribution, ExchangeRate, Instalment
from partnerships.promise_lists import part_lines, rate_lines
from partnerships.views.promise_finding import (
    ALLOCATE,
    WRITE,
    check,
    find_agreement,
    find_contribution,
    may,
    posted,
    show,
)
from review.actions import Refused

form_page = require_http_methods(["GET", "POST"])


@login_not_required
@require_safe
def contribution_detail(request: HttpRequest, slug: str) -> HttpResponse:
    contribution = find_contribution(request, slug)
    context = {
        "contribution": contribution,
        "page": page_of(contribution, request.user),
        "may_write": may(request.user, WRITE),
        "own_states": reach_of(request.user).states,
    }
    return show(request, "partnerships/contribution_detail.html", context)


@login_not_required
@require_safe
def contribution_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    """Instalments and allocations: without a line for whoever is not told of them."""
    contribution = find_contribution(request, slug)
    rows = part_lines(page_of(contribution, request.user))
    return table_response(about_one(rows, slug, contribution.get_absolute_url()), f"contribution-{slug}", form)


@form_page
def contribution_new(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = find_agreement(request, slug)
    check(request, WRITE)
    form = ContributionForm(posted(request)[0], agreement=agreement, user=request.user)
    return _answer(request, form, {"agreement": agreement})


@form_page
def contribution_edit(request: HttpRequest, slug: str) -> HttpResponse:
    contribution = _to_write(request, slug)
    again = find_contribution(request, slug)
    form = ContributionForm(posted(request)[0], agreement=contribution.agreement, user=request.user, instance=again)
    return _answer(request, form, {"agreement": contribution.agreement, "contribution": contribution})


@require_POST
def contribution_remove(request: HttpRequest, slug: str) -> HttpResponse:
    contribution = _to_write(request, slug)
    try:
        actions.remove_contribution(contribution=contribution, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(contribution)
    messages.success(request, _("The contribution is taken away."))
    return redirect(contribution.agreement)


@form_page
def instalment_form(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    contribution = _to_write(request, slug)
    rows = Instalment.objects.visible_to(request.user).filter(contribution=contribution)
    instance = get_object_or_404(rows, pk=pk) if pk else Instalment(contribution=contribution)
    form = InstalmentForm(posted(request)[0], instance=instance)
    if form.is_valid():
        actions.save_instalment(instalment=form.save(commit=False), by=request.user)
        messages.success(request, _("The instalment is saved."))
        return redirect(contribution)
    return _part(request, contribution, form, _("Instalment"), pk)


@form_page
def allocation_form(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    contribution = _to_write(request, slug)
    rows = Allocation.objects.visible_to(request.user).filter(contribution=contribution).select_related("activity")
    instance = get_object_or_404(rows, pk=pk) if pk else Allocation(contribution=contribution)
    check(request, ALLOCATE, instance)
    form = AllocationForm(posted(request)[0], instance=instance, user=request.user)
    if form.is_valid():
        try:
            actions.allocate(allocation=form.save(commit=False), by=request.user)
        except Refused as refused:
            form.add_error("amount", str(refused))
        else:
            messages.success(request, _("The allocation is saved."))
            return redirect(contribution)
    return _part(request, contribution, form, _("Allocation"), pk)


@require_POST
def part_remove(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponse:
    """Of an instalment or an allocation."""
    contribution = _to_write(request, slug)
    model: Any = {"instalments": Instalment, "allocations": Allocation}[part]
    rows = model.objects.visible_to(request.user).filter(contribution=contribution)
    row = get_object_or_404(rows, pk=pk)
    if isinstance(row, Allocation):
        check(request, ALLOCATE, row)
    actions.take_away(part=row, by=request.user)
    messages.success(request, _("It is taken away."))
    return redirect(contribution)


@form_page
def rate_list(request: HttpRequest) -> HttpResponse:
    check(request, WRITE)
    form = RateForm(posted(request)[0])
    if form.is_valid():
        try:
            actions.enter_rate(rate=form.save(commit=False), by=request.user)
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("The rate is kept, with your name and the day."))
            return redirect("rate-list")
    return show(request, "partnerships/rate_list.html", {"form": form, "rates": _rates(request)})


@require_safe
def rate_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    check(request, WRITE)
    return table_response(rate_lines(_rates(request)), "exchange-rates", form)


def _rates(request: HttpRequest) -> Any:
    return ExchangeRate.objects.visible_to(request.user).select_related("entered_by")


@require_POST
def rate_remove(request: HttpRequest, pk: int) -> HttpResponse:
    check(request, WRITE)
    rates = ExchangeRate.objects.visible_to(request.user)
    actions.take_away(part=get_object_or_404(rates, pk=pk), by=request.user)
    messages.success(request, _("The rate is taken away."))
    return redirect("rate-list")


def _to_write(request: HttpRequest, slug: str) -> Contribution:
    contribution = find_contribution(request, slug)
    check(request, WRITE)
    return contribution


def _answer(request: HttpRequest, form: ContributionForm, context: dict[str, Any]) -> HttpResponse:
    if form.is_valid():
        edited = form.cleaned_data.get("edited") or 0
        try:
            saved = actions.save_contribution(contribution=form.save(commit=False), edited=edited, by=request.user)
        except Refused as refused:
            form.add_error("giver" if isinstance(refused, Settled) else None, str(refused))
        else:
            messages.success(request, _("The contribution is saved."))
            return redirect(saved)
    return show(request, "partnerships/contribution_form.html", context | {"form": form})


def _part(request: HttpRequest, contribution: Contribution, form: Any, title: str, pk: int | None) -> HttpResponse:
    context = {"form": form, "contribution": contribution, "title": title, "is_new": pk is None}
    return show(request, "partnerships/contribution_part.html", context)
