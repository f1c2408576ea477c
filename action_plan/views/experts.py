"""The roster for the staff, and the two pages of whoever holds a link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan import expert_letters
from action_plan.actions import experts as actions
from action_plan.actions.missions import Refused
from action_plan.expert_filter import ExpertFilter, expert_lines
from action_plan.forms.experts import ExpertForm
from action_plan.models import Expert, ExpertCountry, ExpertSkill
from action_plan.views.missions import check, show
from common.downloads import table_response

ON_A_PAGE = 40
READ, KEEP = "action_plan.view_experts", "action_plan.keep_roster"


@require_safe
def expert_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = Paginator(chosen.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filter": chosen, "may_keep": request.user.has_perm(KEEP)}
    return show(request, "action_plan/expert_list.html", context)


@require_safe
def expert_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    return table_response(expert_lines(_chosen(request).qs), "experts", form)


def _chosen(request: HttpRequest) -> ExpertFilter:
    check(request, READ)
    skills = ExpertSkill.objects.visible_to(request.user).select_related("factor").order_by("-level", "factor")
    experts = Expert.objects.visible_to(request.user).standing().select_related("country")
    rows = experts.prefetch_related(Prefetch("skills", skills)).order_by("name", "pk")
    return ExpertFilter(request.GET, rows, request=request)


@require_safe
def expert_detail(request: HttpRequest, pk: int) -> HttpResponse:
    check(request, READ)
    expert, user = _find(request, pk), request.user
    skills = ExpertSkill.objects.visible_to(user).filter(expert=expert).select_related("factor")
    context = {
        "expert": expert,
        "skills": skills.order_by("-level", "factor"),
        "countries": ExpertCountry.objects.visible_to(user).filter(expert=expert).select_related("country"),
        "may_keep": user.has_perm(KEEP) and expert.status != Expert.Status.LEFT,
    }
    return show(request, "action_plan/expert_detail.html", context)


@require_http_methods(["GET", "POST"])
def expert_new(request: HttpRequest) -> HttpResponse:
    check(request, KEEP)
    form = ExpertForm(request.POST or None, user=request.user)
    if form.is_valid():
        given = {"skills": form.skills, "countries": form.cleaned_data["countries"]}
        expert = actions.enter_expert(expert=form.save(commit=False), by=request.user, **given)
        messages.success(request, _("A letter asks the expert to confirm. Until then the entry waits."))
        return redirect(expert)
    return show(request, "action_plan/expert_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def expert_edit(request: HttpRequest, pk: int) -> HttpResponse:
    check(request, KEEP)
    expert = get_object_or_404(Expert.objects.visible_to(request.user).standing(), pk=pk)
    form = ExpertForm(request.POST or None, user=request.user, instance=expert)
    if form.is_valid():
        given = {"skills": form.skills, "countries": form.cleaned_data["countries"]}
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            is_asked = actions.change_expert(expert=expert, facts=facts, by=request.user, **given)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            asked = _("A letter asks the expert to confirm. Until then the entry waits.")
            messages.success(request, asked if is_asked else _("The entry is saved."))
        return redirect(expert)
    return show(request, "action_plan/expert_form.html", {"form": form, "expert": _find(request, pk)})


@require_POST
def expert_ask(request: HttpRequest, pk: int) -> HttpResponse:
    check(request, KEEP)
    expert = get_object_or_404(Expert.objects.visible_to(request.user).standing(), pk=pk)
    actions.ask_again(expert=expert, by=request.user)
    messages.success(request, _("A new letter is on its way. The link of the one before opens no more."))
    return redirect(expert)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def expert_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for programs that check mails open every link; the button confirms."""
    expert = expert_letters.to_confirm(token)
    if expert is None:
        return _private(render(request, "action_plan/expert_link_dead.html", status=404))
    if request.method == "POST":
        actions.confirm(expert=expert)
    return _page(request, expert, "action_plan/expert_confirm.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def expert_leave(request: HttpRequest, token: str) -> HttpResponse:
    expert = expert_letters.to_leave(token)
    if expert is None:
        return _private(render(request, "action_plan/expert_link_dead.html", status=404))
    if request.method == "POST":
        actions.leave(expert=expert)
    return _page(request, expert, "action_plan/expert_leave.html")


def _page(request: HttpRequest, expert: Any, template: str) -> HttpResponse:
    with translation.override(expert.language):
        context = {"expert": expert, "is_done": request.method == "POST"}
        return _private(render(request, template, context))


def _find(request: HttpRequest, pk: int) -> Expert:
    return get_object_or_404(Expert.objects.visible_to(request.user).select_related("country"), pk=pk)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
