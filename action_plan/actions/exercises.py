"""Exercises: written, given their teams, observers and injects. What happens while the clock runs: exercise_life.py."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from action_plan.actions.missions import MEANWHILE, Refused, free_slug
from action_plan.exercise_states import BEFORE
from action_plan.models import (
    Activity,
    ActivityState,
    AfterAction,
    Exercise,
    ExerciseObserver,
    ExerciseTeam,
    Expectation,
    Inject,
    Kind,
)
from common.mandate import Point
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import Team, TeamMember

BEGUN = _("The exercise has begun. This cannot be changed any more.")
IS_OUT = _("This inject has come out already, so it stays as the teams read it.")
NUMBER_TAKEN = _("Another inject has this number. Choose one that is free.")
PLAYS_ITSELF = _("Somebody of a team that plays would read every inject in advance. Choose other observers or teams.")


@transaction.atomic
def make_exercise(*, activity: Activity, exercise: Exercise, by: Any) -> Exercise:
    """An activity of point 4, planned, with the record of an exercise."""
    activity.kind, activity.point, activity.slug = Kind.EXERCISE, Point.EXERCISES, free_slug(activity)
    activity.officer = activity.officer or exercise.director
    activity.save(force_insert=True)
    exercise.activity, exercise.slug, exercise.made_by = activity, activity.slug, by
    exercise.save(force_insert=True)
    return exercise


@transaction.atomic
def change_exercise(*, exercise: Exercise, edited: int, facts: Mapping[str, Any], by: Any) -> None:
    """`edited` is the state that was before whoever writes; raises Refused when somebody saved in between."""
    held = lock(exercise)
    if held.edited != edited:
        raise Refused(MEANWHILE)
    _only_before(held)
    if _members_among(held.players.values("team"), [facts.get("director", held.director)]):
        raise Refused(PLAYS_ITSELF)
    Exercise.objects.filter(pk=held.pk).update(**facts, edited=F("edited") + 1)


@transaction.atomic
def set_people(*, exercise: Exercise, teams: Iterable[Team], observers: Iterable[Any], by: Any) -> None:
    """Who plays and who watches. The states of the teams take part in the activity; nobody does both."""
    held = lock(exercise)
    _only_before(held)
    wanted = {team.pk: team for team in teams}
    if _members_among(wanted, [*observers, held.director]):
        raise Refused(PLAYS_ITSELF)
    _not_of_own_state(wanted.values(), by)
    gone = ExerciseTeam.objects.filter(exercise=held).exclude(team__in=wanted)
    _no_inject_is_for(gone)
    left = set(gone.values_list("state", flat=True))
    gone.delete()
    there = set(ExerciseTeam.objects.filter(exercise=held).values_list("team", flat=True))
    come = [team for team in wanted.values() if team.pk not in there]
    ExerciseTeam.objects.bulk_create(ExerciseTeam(exercise=held, team=team, state_id=team.state_id) for team in come)
    _states_take_part(held.activity, {team.state_id for team in wanted.values()}, left)
    _set_observers(held, list(observers))


def _no_inject_is_for(players: Any) -> None:
    pks = list(players.values_list("pk", flat=True))
    inject = Inject.objects.filter(only__overlap=pks).first() if pks else None
    if inject:
        sentence = gettext("The inject “%(inject)s” is for a team that you take out. Change the inject first.")
        raise Refused(sentence % {"inject": inject})


def _not_of_own_state(teams: Iterable[Team], by: Any) -> None:
    own = [team for team in teams if team.state_id in reach_of(by).states]
    if own:
        raise Refused(gettext("You speak for the state of %(name)s: somebody else decides.") % {"name": own[0].state})


def _members_among(teams: Any, people: Iterable[Any]) -> bool:
    return TeamMember.objects.current().filter(team__in=teams, person__in=people).exists()


def _states_take_part(activity: Activity, states: set[int], left: set[int]) -> None:
    """`left` are those of the teams that play no more; states that were added to the activity otherwise stay."""
    ActivityState.objects.filter(activity=activity, state__in=left - states).delete()
    there = set(ActivityState.objects.filter(activity=activity).values_list("state", flat=True))
    ActivityState.objects.bulk_create(
        ActivityState(activity=activity, state_id=state, audience=activity.audience) for state in states - there
    )


def _set_observers(exercise: Exercise, people: list[Any]) -> None:
    observers = ExerciseObserver.objects.filter(exercise=exercise)
    observers.exclude(person__in=people).delete()
    there = set(observers.values_list("person", flat=True))
    ExerciseObserver.objects.bulk_create(
        ExerciseObserver(exercise=exercise, person=person) for person in people if person.pk not in there
    )


@transaction.atomic
def save_inject(*, inject: Inject, expected: str, by: Any) -> None:
    """New or changed, as long as no team has read it; one may be added while the clock runs."""
    held = lock(inject.exercise)
    if held.is_over:
        raise Refused(_("The exercise is over. Nothing comes out any more."))
    if inject.pk:
        _only_unread(inject)
    if is_past(inject, held):
        raise Refused(_("That minute has passed. Choose a later one, or release the inject by hand."))
    try:
        with transaction.atomic():
            inject.save()
    except IntegrityError as error:
        if "inject_once" not in str(error):
            raise
        raise Refused(NUMBER_TAKEN) from error
    expectations = Expectation.objects.filter(inject=inject)
    if not expected:
        expectations.delete()
    elif not expectations.update(text=expected):
        Expectation.objects.create(inject=inject, exercise=held, text=expected)


@transaction.atomic
def remove_inject(*, inject: Inject, by: Any) -> None:
    lock(inject.exercise)
    _only_unread(inject)
    Inject.objects.filter(pk=inject.pk).delete()


@transaction.atomic
def write_report(*, exercise: Exercise, edited: int, words: Mapping[str, str], by: Any) -> None:
    held = lock(exercise)
    if held.is_released:
        raise Refused(_("The report is published, so its words stay."))
    found, _made = AfterAction.objects.get_or_create(exercise=held, defaults={"summary": ""})
    if found.edited != edited:
        raise Refused(MEANWHILE)
    AfterAction.objects.filter(pk=found.pk).update(**words, edited=F("edited") + 1)


def lock(exercise: Exercise) -> Any:
    """As it stands in the table, with its clock, until the end of the transaction."""
    found = Exercise.objects.with_clock().select_for_update(of=("self",)).select_related("activity", "director")
    return found.get(pk=exercise.pk)


def lock_while_taken(exercise_id: int) -> Any:
    """As `lock`, for whoever may not change it: an answer or a score waits until it has ended, or it waits for them."""
    with scope(PROGRAMME):
        return Exercise.objects.with_clock().select_for_update(no_key=True).get(pk=exercise_id)


def is_past(inject: Inject, exercise: Any) -> bool:
    """Of one that has not come: by the clock it would be out the moment it is saved."""
    started = exercise.started_at is not None
    return started and inject.due_minute is not None and inject.due_minute * 60 <= exercise.seconds


def _only_before(exercise: Exercise) -> None:
    if exercise.status not in BEFORE:
        raise Refused(BEGUN)


def _only_unread(inject: Inject) -> None:
    if Inject.objects.out().filter(pk=inject.pk).exists():
        raise Refused(IS_OUT)
