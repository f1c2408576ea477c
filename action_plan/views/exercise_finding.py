"""What the pages of exercises have in common: finding, tabs, the answer to a form."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from action_plan.models import Exercise, ExerciseTeam, Inject

RUN, WATCH, SCORE, PLAY, WASH = (
    f"action_plan.{verb}"
    for verb in ("run_exercises", "watch_exercise", "score_exercise", "play_exercise", "wash_exercise")
)


def find(request: HttpRequest, slug: str) -> Any:
    """With its clock, and with what the reader is there."""
    found = Exercise.objects.for_reader(request.user).select_related("director")
    return get_object_or_404(found, slug=slug)


def find_inject(request: HttpRequest, exercise: Exercise, number: int) -> Inject:
    found = get_object_or_404(Inject.objects.visible_to(request.user), exercise=exercise, number=number)
    found.exercise = exercise
    return found


def own_players(request: HttpRequest, exercise: Exercise) -> list[ExerciseTeam]:
    """For which the reader answers."""
    players = ExerciseTeam.objects.visible_to(request.user).played_by(request.user).filter(exercise=exercise)
    return list(players.select_related("team").order_by("pk"))


def tabs_of(exercise: Any, user: Any, route: str) -> list[dict[str, Any]]:
    watches, begun = user.has_perm(WATCH, exercise), not exercise.is_before
    tabs = [
        ("exercise-detail", _("Exercise"), True),
        ("exercise-live", _("Live view"), watches and begun),
        ("exercise-hot-wash", _("Hot wash"), exercise.status == "ended" and user.has_perm(WASH, exercise)),
        ("exercise-report", _("Report"), (watches and begun) or exercise.is_released),
    ]
    return [
        {"url": reverse(name, args=[exercise.slug]), "label": label, "current": name == route}
        for name, label, is_shown in tabs
        if is_shown
    ]
