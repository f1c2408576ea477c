"""Injects: written and released by the director, answered by the teams, scored by those who watch."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import exercise_life, exercises
from action_plan.actions.missions import Refused
from action_plan.exercise_grid import Grid
from action_plan.exercise_life import ways_from
from action_plan.forms.exercises import InjectForm, ResponseForm, ScoreForm
from action_plan.models import ExerciseTeam, Expectation, Inject, Response, Score
from action_plan.views.exercise_finding import PLAY, RUN, SCORE, WATCH, find, find_inject, own_players, tabs_of
from action_plan.views.missions import check, show
from documents.views import layout_of


@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Every team and every inject; the grid alone when it is asked for anew."""
    exercise = find(request, slug)
    check(request, WATCH, exercise)
    context = {
        "exercise": exercise,
        "grid": Grid(exercise, request.user),
        "ways": ways_from(exercise.status),
        "may_run": request.user.has_perm(RUN, exercise),
        "tabs": tabs_of(exercise, request.user, "exercise-live"),
        "layout": layout_of(request),
    }
    template = "exercise_grid" if request.headers.get("HX-Request") else "exercise_live"
    return render(request, f"action_plan/{template}.html", context)


@require_http_methods(["GET", "POST"])
def inject_new(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = find(request, slug)
    check(request, RUN, exercise)
    last = Inject.objects.visible_to(request.user).filter(exercise=exercise).order_by("-number").first()
    number = last.number + 1 if last else 1
    return _inject_form(request, exercise, Inject(number=number))


@require_http_methods(["GET", "POST"])
def inject_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    exercise = find(request, slug)
    inject = find_inject(request, exercise, number)
    check(request, RUN, exercise)
    return _inject_form(request, exercise, inject)


def _inject_form(request: HttpRequest, exercise: Any, inject: Inject) -> HttpResponse:
    is_new = inject.pk is None
    form = InjectForm(request.POST or None, instance=inject, exercise=exercise, user=request.user)
    if form.is_valid():
        try:
            exercises.save_inject(inject=form.inject(exercise), expected=form.cleaned_data["expected"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Inject %(number)s is saved.") % {"number": inject.number})
            return redirect(exercise)
    return show(request, "action_plan/inject_form.html", {"form": form, "exercise": exercise, "is_new": is_new})


@require_POST
def inject_remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    exercise = find(request, slug)
    inject = find_inject(request, exercise, number)
    check(request, RUN, exercise)
    try:
        exercises.remove_inject(inject=inject, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Inject %(number)s is removed.") % {"number": number})
    return redirect(exercise)


@require_POST
def inject_release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    exercise = find(request, slug)
    inject = find_inject(request, exercise, number)
    check(request, RUN, exercise)
    try:
        exercise_life.release_inject(inject=inject, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Inject %(number)s is released.") % {"number": number})
    return redirect("exercise-live", slug)


@require_http_methods(["GET", "POST"])
def inject_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What has come, and what the own team answered; whoever watches reads the answers of all teams."""
    exercise, user = find(request, slug), request.user
    inject = find_inject(request, exercise, number)
    players = own_players(request, exercise) if user.has_perm(PLAY, exercise) else []
    players = [player for player in players if inject.is_for(player)]
    form = ResponseForm(request.POST or None, players=players, initial={"key": uuid.uuid4()})
    if request.method == "POST":
        check(request, PLAY, exercise)
        if form.is_valid() and _responded(request, inject, form):
            return redirect(inject)
    found = Response.objects.visible_to(user).filter(inject=inject).select_related("player__team", "by")
    context = {
        "exercise": exercise,
        "inject": inject,
        "form": form,
        "may_answer": bool(players) and exercise.is_on,
        "may_watch": user.has_perm(WATCH, exercise),
        "may_score": user.has_perm(SCORE, exercise),
        "may_run": user.has_perm(RUN, exercise),
        "responses": found.order_by("second", "pk"),
        "expectation": Expectation.objects.visible_to(user).filter(inject=inject).first(),
    }
    return show(request, "action_plan/inject.html", context, bound=form if form.is_bound else None)


def _responded(request: HttpRequest, inject: Inject, form: ResponseForm) -> bool:
    try:
        response, _is_new = exercise_life.respond(inject=inject, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    minute = int(response.second // 60)
    messages.success(request, _("Your response is kept, at minute %(minute)s of the exercise.") % {"minute": minute})
    return True


@require_http_methods(["GET", "POST"])
def inject_scores(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A form for each team that the inject is for; each observer has scores of their own."""
    exercise, user = find(request, slug), request.user
    inject = find_inject(request, exercise, number)
    check(request, SCORE, exercise)
    players = ExerciseTeam.objects.visible_to(user).filter(exercise=exercise).select_related("team")
    forms = _score_forms(request, inject, [one for one in players.order_by("team__name", "pk") if inject.is_for(one)])
    if request.method == "POST" and all([form.is_valid() for _player, form, _said in forms]):
        try:
            _keep_scores(request, inject, forms)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Your scores are kept."))
        return redirect("exercise-inject", slug, number)
    context = {"exercise": exercise, "inject": inject, "forms": forms}
    context["expectation"] = Expectation.objects.visible_to(user).filter(inject=inject).first()
    return show(request, "action_plan/inject_scores.html", context, bound=forms)


def _score_forms(request: HttpRequest, inject: Inject, players: list[ExerciseTeam]) -> list[Any]:
    mine = Score.objects.visible_to(request.user).filter(inject=inject, by=request.user)
    given = {score.player_id: {"level": score.level, "note": score.note} for score in mine}
    said: dict[int, list[Response]] = {}
    for one in Response.objects.visible_to(request.user).filter(inject=inject).order_by("second", "pk"):
        said.setdefault(one.player_id, []).append(one)
    return [
        (
            player,
            ScoreForm(request.POST or None, prefix=f"team-{player.pk}", initial=given.get(player.pk)),
            said.get(player.pk, []),
        )
        for player in players
    ]


def _keep_scores(request: HttpRequest, inject: Inject, forms: list[Any]) -> None:
    for player, form, _said in forms:
        if form.cleaned_data["level"] is None:
            exercise_life.unscore(inject=inject, player=player, by=request.user)
        else:
            exercise_life.score(inject=inject, player=player, by=request.user, **form.cleaned_data)
