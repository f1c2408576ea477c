"""Confirming an entry, contact tests, and the programme's list of entries to look after."""

from statistics import median_low
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.downloads import table_response
from csirt_network.actions.freshness import answer, call_of, confirm, start_drill
from csirt_network.forms.freshness import DrillForm, PhoneForm
from csirt_network.freshness import freshness_of, work_list
from csirt_network.freshness_tables import call_lines, fresh_lines
from csirt_network.models import Drill, DrillCall, Team
from csirt_network.views.found import team_for
from documents.views import layout_of
from review.actions import Refused

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def team_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    team = team_for(request, slug, "confirm_team")
    confirm(team=team, by=request.user)
    messages.success(request, _("Thank you. Everybody sees that the entry was confirmed today."))
    return redirect("team-detail", slug)


@require_safe
@permission_required("csirt_network.look_after_entries", raise_exception=True)
def freshness(request: HttpRequest) -> HttpResponse:
    context = {
        "teams": work_list(request.user),
        "drills": Drill.objects.visible_to(request.user)[:20],
        "may_start": request.user.has_perm("csirt_network.start_drill"),
    }
    return render(request, "csirt_network/freshness.html", context)


@require_safe
@permission_required("csirt_network.look_after_entries", raise_exception=True)
def freshness_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    return table_response(fresh_lines(work_list(request.user)), "entries-to-look-after", form)


@form_page
@permission_required("csirt_network.start_drill", raise_exception=True)
def drill_new(request: HttpRequest) -> HttpResponse:
    form = DrillForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "message", "hours")}
        try:
            drill = start_drill(**given, teams=form.teams(request.user), by=request.user)
            messages.success(request, _("The test has begun. The teams are being called."))
            return redirect(drill)
        except Refused as refused:
            form.add_error("sub_region", str(refused))
    return render(request, "csirt_network/drill_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required("csirt_network.look_after_entries", raise_exception=True)
def drill_detail(request: HttpRequest, pk: int) -> HttpResponse:
    drill, calls = _drill(request, pk)
    times = [call.minutes for call in calls if call.minutes]
    context = {
        "drill": drill,
        "calls": calls,
        "answered": len(times),
        "median": median_low(times) if times else None,
        "may_note": request.user.has_perm("csirt_network.start_drill"),
    }
    return render(request, "csirt_network/drill_detail.html", context)


@require_safe
@permission_required("csirt_network.look_after_entries", raise_exception=True)
def drill_table(request: HttpRequest, pk: int, form: str = "csv") -> HttpResponseBase:
    drill, calls = _drill(request, pk)
    return table_response(call_lines(calls), f"contact-test-{drill.pk}", form)


def _drill(request: HttpRequest, pk: int) -> tuple[Drill, list[DrillCall]]:
    drill = get_object_or_404(Drill.objects.visible_to(request.user).select_related("started_by"), pk=pk)
    return drill, list(_calls(request, drill=drill).order_by("answered_at", "team__name"))


@form_page
@permission_required("csirt_network.start_drill", raise_exception=True)
def drill_phone(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    call = get_object_or_404(_calls(request, drill=pk), team__slug=slug)
    posted = request.POST if request.method == "POST" else None
    form = PhoneForm(posted, since=call.drill.started_at, initial={"at": timezone.localtime()})
    if form.is_valid():
        if not answer(call=call, how=DrillCall.How.PHONE, by=request.user, **form.cleaned_data):
            messages.info(request, _("The team had answered already: the first answer counts."))
        return redirect(call.drill)
    context = {"form": form, "call": call}
    return render(request, "csirt_network/drill_phone.html", context, status=422 if form.errors else 200)


@require_safe
def team_reachability(request: HttpRequest, slug: str) -> HttpResponse:
    """How soon a team answered each contact test: its own, its state's liaisons' and the programme's to see."""
    team = team_for(request, slug, "see_history")
    calls = list(_calls(request, team=team).order_by("-drill__started_at"))
    fresh = freshness_of(request.user, Team.objects.visible_to(request.user).with_activity().filter(pk=team.pk))[0]
    longest = max((call.minutes or 0 for call in calls), default=0)
    bars = [(call, round(20 * (call.minutes or 0) / longest) if longest else 0) for call in calls]
    context = {"layout": layout_of(request), "team": team, "bars": bars, "fresh": fresh}
    context["may_answer"] = request.user.has_perm("csirt_network.confirm_team", team)
    return render(request, "csirt_network/team_reachability.html", context)


@require_POST
def drill_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """By somebody of the team who is signed in."""
    team = team_for(request, slug, "answer_drill")
    call = get_object_or_404(_calls(request, team=team), drill=pk)
    if answer(call=call, how=DrillCall.How.PORTAL, by=request.user):
        messages.success(request, _("Thank you. The time of your answer is kept."))
    else:
        messages.info(request, _("This test was answered already, or is over."))
    return redirect("team-reachability", slug)


@form_page
@login_not_required
@never_cache
def drill_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail: looking changes nothing, for programs that check mails open every link."""
    call = call_of(token)
    if call is None:
        return render(request, "csirt_network/drill_dead.html", status=404)
    if request.method == "POST" and answer(call=call, how=DrillCall.How.LINK):
        call = call_of(token)
    return render(request, "csirt_network/drill_link.html", {"call": call, "drill": call.drill if call else None})


def _calls(request: HttpRequest, **of: Any) -> Any:
    return DrillCall.objects.visible_to(request.user).filter(**of).select_related("drill", "team__state", "answered_by")
