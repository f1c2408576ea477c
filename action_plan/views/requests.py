"""Requests for support: the list, asking, and the programme's answer."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import requests as actions
from action_plan.forms.missions import ANSWERED
from action_plan.forms.requests import AskForm, MetForm, PlanForm, ReasonForm
from action_plan.models import Activity, AskedSupport, AskedSupportMove, Mission
from action_plan.request_filter import RequestFilter, table
from common.downloads import csv_response, xlsx_response
from documents.views import layout_of
from review.actions import Refused

ON_A_PAGE = 15
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _posted(request: HttpRequest) -> Any:
    """For a form that is bound also when nothing was sent with it."""
    return request.POST if request.method == "POST" else None


def _filtered(request: HttpRequest) -> RequestFilter:
    if not request.user.has_perm("action_plan.view_requests"):
        raise PermissionDenied
    seen = AskedSupport.objects.visible_to(request.user).select_related("state", "officer").in_order()
    return RequestFilter(request.GET, seen, request=request)


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    narrowed = _filtered(request)
    page = Paginator(narrowed.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": narrowed,
        "is_narrowed": any(request.GET.get(name) for name in narrowed.filters),
        "page": page,
        "query": query.urlencode(),
        "previous_url": _page_url(query, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _page_url(query, page.next_page_number()) if page.has_next() else "",
        "may_ask": request.user.has_perm("action_plan.ask_support"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/request_list.html", context)


def _page_url(query: QueryDict, number: int) -> str:
    there = query.copy()
    there["page"] = str(number)
    return f"?{there.urlencode()}"


@require_safe
def requests_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(table(_filtered(request).qs), f"requests-{timezone.localdate()}.csv")


@require_safe
def requests_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(table(_filtered(request).qs), f"requests-{timezone.localdate()}.xlsx")


@form_page
def request_new(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("action_plan.ask_support"):
        raise PermissionDenied
    form = AskForm(_posted(request), by=request.user, initial={"key": uuid.uuid4(), "point": request.GET.get("point")})
    if form.is_valid():
        asked = actions.ask(by=request.user, **form.given())
        messages.success(request, _("The request is with the programme. Its answer comes by mail and stands here."))
        return redirect(asked)
    context = {"form": form, "layout": layout_of(request)}
    return render(request, "action_plan/request_form.html", context, status=422 if form.errors else 200)


def _find(request: HttpRequest, pk: int) -> AskedSupport:
    seen = AskedSupport.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("state", "asked_by", "officer", "update__round", "line__plan"), pk=pk)


@require_safe
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _find(request, pk)
    moves = AskedSupportMove.objects.visible_to(request.user).filter(subject=asked).select_related("by")
    activity = Activity.objects.visible_to(request.user).filter(requests=asked).first()
    missions = Mission.objects.visible_to(request.user).filter(answers=asked).select_related("activity")
    context = {
        "asked": asked,
        "moves": list(moves),
        "missions": list(missions.in_order()),
        "may_plan_mission": _may_plan_mission(request, asked),
        "activity": activity,
        "may_answer": request.user.has_perm("action_plan.answer_request", asked) and not asked.has_lapsed,
        "may_take_back": request.user.has_perm("action_plan.take_back_request", asked) and asked.update_id is None,
        "layout": layout_of(request),
    }
    return render(request, "action_plan/request_detail.html", context)


def _may_plan_mission(request: HttpRequest, asked: AskedSupport) -> bool:
    """Whoever may run missions, once the request is taken over; never for the own state."""
    is_open = asked.status in ANSWERED and not asked.has_lapsed
    return is_open and request.user.has_perm("action_plan.answer_request", asked)


@require_POST
def request_take(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "answer_request", actions.take_over, _("You have taken the request over."))


@require_POST
def request_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "take_back_request", actions.take_back, _("The request is taken back."))


def _do(request: HttpRequest, pk: int, verb: str, action: Callable[..., None], said: str) -> HttpResponse:
    asked = _permitted(request, pk, verb)
    try:
        action(request=asked, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(asked)


def _permitted(request: HttpRequest, pk: int, verb: str) -> AskedSupport:
    asked = _find(request, pk)
    if not request.user.has_perm(f"action_plan.{verb}", asked):
        raise PermissionDenied
    return asked


@form_page
def request_plan(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _permitted(request, pk, "answer_request")
    start = {"line": asked.line_id, "activity": asked.activity_id}
    form = PlanForm(_posted(request), request=asked, by=request.user, initial=start)
    return _answer(request, asked, form, actions.plan, "plan")


@form_page
def request_decline(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _permitted(request, pk, "answer_request")
    return _answer(request, asked, ReasonForm(_posted(request)), actions.decline, "decline")


@form_page
def request_met(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _permitted(request, pk, "answer_request")
    return _answer(request, asked, MetForm(_posted(request)), actions.meet, "met")


def _answer(
    request: HttpRequest, asked: AskedSupport, form: Any, action: Callable[..., None], verb: str
) -> HttpResponse:
    """Shows the form; or does it, and the liaisons are told by mail."""
    if form.is_valid():
        try:
            action(request=asked, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer is kept. The liaisons of the state are told by mail."))
            return redirect(asked)
    context = {"asked": asked, "form": form, "verb": verb, "layout": layout_of(request)}
    return render(request, "action_plan/request_answer.html", context, status=422 if form.errors else 200)
