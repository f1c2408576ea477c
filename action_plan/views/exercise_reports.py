"""After the end: the hot wash, the after-action report on the page, on paper and as tables, and what it recommends."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from action_plan.actions import exercise_life, exercises
from action_plan.actions.missions import Refused
from action_plan.exercise_paper import as_pdf
from action_plan.exercise_report import report_on
from action_plan.exercise_timeline import lines
from action_plan.forms.exercises import HotWashForm, ReportForm
from action_plan.forms.missions import taken
from action_plan.forms.recommendations import ExerciseRecommendationForm
from action_plan.models import AfterAction, HotWash
from action_plan.views.exercise_finding import RUN, WASH, WATCH, find, own_players, tabs_of
from action_plan.views.missions import check, show
from common.downloads import about_one, csv_response, xlsx_response


@require_http_methods(["GET", "POST"])
def hot_wash(request: HttpRequest, slug: str) -> HttpResponse:
    """For one's team, whoever of it wrote before; without a team for oneself."""
    exercise, user = find(request, slug), request.user
    check(request, WASH, exercise)
    players = own_players(request, exercise) if not user.has_perm(WATCH, exercise) else []
    player = next((one for one in players if str(one.pk) == request.GET.get("team")), players[0] if players else None)
    whose: dict[str, Any] = {"player": player} if player else {"player": None, "by": user}
    mine = HotWash.objects.visible_to(user).filter(exercise=exercise, **whose).first()
    form = HotWashForm(request.POST or None, instance=mine)
    if form.is_valid():
        try:
            exercise_life.wash(exercise=exercise, player=player, by=user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your notes are kept."))
            return redirect(exercise)
    context = {"exercise": exercise, "form": form, "player": player, "players": players}
    return show(
        request, "action_plan/exercise_hot_wash.html", context | {"tabs": tabs_of(exercise, user, "exercise-hot-wash")}
    )


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = find_reported(request, slug)
    context = {
        "exercise": exercise,
        "report": report_on(exercise, request.user),
        "tabs": tabs_of(exercise, request.user, "exercise-report"),
        "may_run": request.user.has_perm(RUN, exercise),
        "may_watch": request.user.has_perm(WATCH, exercise),
    }
    return show(request, "action_plan/exercise_report.html", context)


@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = find_reported(request, slug)
    response = HttpResponse(as_pdf(report_on(exercise, request.user)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{exercise.slug}-{get_language()}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def timeline_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    exercise = find_reported(request, slug)
    return csv_response(_timeline(exercise, request), f"{exercise.slug}-{get_language()}.csv")


@require_safe
def timeline_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    exercise = find_reported(request, slug)
    return xlsx_response(_timeline(exercise, request), f"{exercise.slug}-{get_language()}.xlsx")


def _timeline(exercise: Any, request: HttpRequest) -> Iterator[list[Any]]:
    address = reverse("exercise-report", args=[exercise.slug])
    return about_one(lines(exercise, request.user), exercise.slug, address)


@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = find(request, slug)
    check(request, RUN, exercise)
    stored = AfterAction.objects.visible_to(request.user).filter(exercise=exercise).first()
    edited = stored.edited if stored else 0
    form = ReportForm(request.POST or None, instance=stored)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            exercises.write_report(
                exercise=exercise, edited=form.cleaned_data["edited"] or 0, words=words, by=request.user
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            taken(form, "edited", edited)
        else:
            messages.success(request, _("The report is saved."))
            return redirect("exercise-report", slug)
    return show(request, "action_plan/exercise_report_form.html", {"form": form, "exercise": exercise})


@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = find(request, slug)
    check(request, RUN, exercise)
    form = ExerciseRecommendationForm(request.POST or None, exercise=exercise, user=request.user)
    if form.is_valid():
        made = exercise_life.recommend(exercise=exercise, recommendation=form.recommendation(), by=request.user)
        messages.success(request, _("Recommendation %(number)s is added.") % {"number": made.number})
        return redirect("exercise-report", slug)
    return show(request, "action_plan/recommendation_form.html", {"form": form, "mission": exercise})


def find_reported(request: HttpRequest, slug: str) -> Any:
    """A team's report is there once it is published; whoever watches follows it from the start."""
    exercise = find(request, slug)
    if exercise.is_before or not (exercise.is_released or request.user.has_perm(WATCH, exercise)):
        raise Http404
    return exercise
