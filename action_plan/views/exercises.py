"""Exercises: the list, the page of one for those who run, watch and play it, and what its director writes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import exercise_life, exercises
from action_plan.actions.missions import Refused
from action_plan.exercise_grid import Grid
from action_plan.exercise_life import WAYS, ways_from
from action_plan.exercise_list import ExerciseFilter, table
from action_plan.forms.exercises import ExerciseForm, PeopleForm
from action_plan.forms.missions import taken
from action_plan.models import Activity, Audience, Exercise, ExerciseObserver, ExerciseTeam
from action_plan.records import record
from action_plan.views.exercise_finding import PLAY, RUN, SCORE, WATCH, find, tabs_of
from action_plan.views.missions import check, show
from common.downloads import csv_response, xlsx_response
from common.tlp import Tlp, strictest
from documents.views import layout_of

ON_A_PAGE = 40


@require_safe
def exercise_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = Paginator(chosen.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filter": chosen, "may_run": request.user.has_perm(RUN)}
    return show(request, "action_plan/exercise_list.html", context)


@require_safe
def exercise_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(table(_chosen(request).qs), f"{_file(request)}.csv")


@require_safe
def exercise_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(table(_chosen(request).qs), f"{_file(request)}.xlsx")


def _chosen(request: HttpRequest) -> ExerciseFilter:
    seen = Exercise.objects.visible_to(request.user).newest_first()
    return ExerciseFilter(request.GET, seen, request=request)


def _file(request: HttpRequest) -> str:
    """The strictest label of what is in it stands in its name."""
    labels = set(_chosen(request).qs.order_by().values_list("tlp", flat=True))
    return f"TLP-{strictest(labels or {Tlp.CLEAR})}-exercises-{get_language()}"


@require_safe
def exercise_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes by itself is asked for every few seconds, and comes alone."""
    exercise, user = find(request, slug), request.user
    watches = user.has_perm(WATCH, exercise)
    grid = Grid(exercise, user)
    context = {
        "exercise": exercise,
        "grid": grid,
        "come": [] if watches else _newest_first(grid),
        "may_watch": watches,
        "may_run": user.has_perm(RUN, exercise),
        "may_score": user.has_perm(SCORE, exercise),
        "may_play": user.has_perm(PLAY, exercise),
        "layout": layout_of(request),
    }
    if request.headers.get("HX-Request") and not watches:
        return render(request, "action_plan/exercise_come.html", context)
    more = {"tabs": tabs_of(exercise, user, "exercise-detail"), "ways": ways_from(exercise.status)}
    observers = ExerciseObserver.objects.visible_to(user).filter(exercise=exercise).select_related("person")
    more |= {"observers": observers.order_by("person__name", "pk") if watches else []}
    return render(request, "action_plan/exercise_detail.html", context | more)


def _newest_first(grid: Grid) -> list[tuple[Any, list[Any]]]:
    """Each inject that has come, with how it stands for each of the reader's teams."""
    injects = sorted(grid.injects, key=lambda inject: (inject.came_second or 0.0, inject.number), reverse=True)
    cells = {inject.pk: [grid.cell(player, inject) for player in grid.players] for inject in injects}
    return [(inject, [cell for cell in cells[inject.pk] if cell]) for inject in injects]


@require_http_methods(["GET", "POST"])
def exercise_new(request: HttpRequest) -> HttpResponse:
    check(request, RUN)
    form = ExerciseForm(request.POST or None, user=request.user)
    if form.is_valid():
        exercise = form.save(commit=False)
        made = exercises.make_exercise(activity=_activity(exercise), exercise=exercise, by=request.user)
        messages.success(request, _("The exercise is made. Say now which teams play and who watches."))
        return redirect("exercise-people", made.slug)
    return show(request, "action_plan/exercise_form.html", {"form": form})


def _activity(exercise: Exercise) -> Activity:
    day = timezone.localdate(exercise.planned_at) if exercise.planned_at else None
    facts: dict[str, Any] = {"starts_on": day, "ends_on": day, "status": Activity.Status.PLANNED}
    return Activity(title_en=exercise.name, audience=Audience.STAFF, is_online=True, **facts)


@require_http_methods(["GET", "POST"])
def exercise_edit(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = find(request, slug)
    check(request, RUN, exercise)
    form = ExerciseForm(request.POST or None, instance=find(request, slug), user=request.user)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        edited = form.cleaned_data["edited"] or 0
        try:
            exercises.change_exercise(exercise=exercise, edited=edited, facts=facts, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
            taken(form, "edited", exercise.edited)
        else:
            messages.success(request, _("The exercise is saved."))
            return redirect(exercise)
    return show(request, "action_plan/exercise_form.html", {"form": form, "exercise": exercise})


@require_http_methods(["GET", "POST"])
def exercise_people(request: HttpRequest, slug: str) -> HttpResponse:
    exercise, user = find(request, slug), request.user
    check(request, RUN, exercise)
    initial = {
        "teams": list(ExerciseTeam.objects.visible_to(user).filter(exercise=exercise).values_list("team", flat=True)),
        "observers": list(
            ExerciseObserver.objects.visible_to(user).filter(exercise=exercise).values_list("person", flat=True)
        ),
    }
    form = PeopleForm(request.POST if request.method == "POST" else None, exercise=exercise, user=user, initial=initial)
    if form.is_valid():
        try:
            exercises.set_people(exercise=exercise, by=user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Teams and observers are saved."))
            return redirect(exercise)
    return show(request, "action_plan/exercise_people.html", {"form": form, "exercise": exercise})


@require_POST
def exercise_move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    exercise = find(request, slug)
    if verb not in WAYS:
        raise Http404
    check(request, RUN, exercise)
    try:
        exercise_life.move(exercise=exercise, verb=verb, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(WAYS[verb].done))
    return redirect("exercise-live" if verb in ("start", "pause", "resume") else "exercise-detail", slug)


@record("action_plan/of_exercise.html")
def exercise_of(activity: Activity, user: Any) -> Any:
    return Exercise.objects.visible_to(user).filter(activity=activity).first()
