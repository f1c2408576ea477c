"""What happens in an exercise: the clock runs, stands still and ends; injects are released, answered and scored."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from action_plan.actions.exercises import lock, lock_while_taken
from action_plan.actions.missions import Refused, liaisons_of
from action_plan.exercise_life import NOT_ON, WAYS
from action_plan.exercise_notices import members_of, ring
from action_plan.exercise_states import Stands
from action_plan.models import (
    Activity,
    AfterAction,
    Audience,
    Exercise,
    ExerciseMove,
    ExerciseTeam,
    HotWash,
    Inject,
    Recommendation,
    Response,
    Score,
)
from action_plan.querysets.exercises import clock
from notices.outbox import post

READY, REPORTED = "exercise ready", "exercise reported"


@transaction.atomic
def move(*, exercise: Exercise, verb: str, by: Any) -> None:
    """One of exercise_life.WAYS; raises Refused with the way's sentence where it does not start."""
    held, way = lock(exercise), WAYS[verb]
    if held.status not in way.start:
        raise Refused(way.refusal)
    if verb in _ASKS:
        _ASKS[verb](held)
    Exercise.objects.filter(pk=held.pk).update(status=way.end, **_clockwork(verb))
    ExerciseMove.objects.create(
        exercise=held, status_before=held.status, status_after=way.end, second=held.seconds, by=by
    )
    if verb == "ready":
        _states_read_of_it(held)
        post(kind=READY, object_id=held.pk, people=members_of(held.players.values("team")), threshold=_day(held))
    if verb == "report":
        post(kind=REPORTED, object_id=held.pk, people=_told_of_report(held))
    if way.end in (Stands.RUNNING, Stands.ENDED):
        ring()


def _clockwork(verb: str) -> dict[str, Any]:
    stop = {"counted": clock(), "running_since": None}
    moves: dict[str, dict[str, Any]] = {
        "start": {"started_at": Now(), "running_since": Now()},
        "pause": stop,
        "resume": {"running_since": Now()},
        "end": {**stop, "ended_at": Now()},
        "report": {"is_released": True, "released_at": Now()},
    }
    return moves.get(verb, {})


def _is_whole(exercise: Exercise) -> None:
    if not exercise.players.exists():
        raise Refused(_("No team plays yet. Choose the teams first."))
    if not exercise.injects.exists():
        raise Refused(_("There is no inject yet. Write one first."))


def _has_summary(exercise: Exercise) -> None:
    if not AfterAction.objects.filter(exercise=exercise).exclude(summary="").exists():
        raise Refused(_("The report has no summary yet. Write it first."))


_ASKS = {"ready": _is_whole, "start": _is_whole, "report": _has_summary}


def _states_read_of_it(exercise: Exercise) -> None:
    """Until now the activity was among staff, and it stays wider where somebody made it so."""
    among_staff = Activity.objects.filter(pk=exercise.activity_id, audience=Audience.STAFF)
    among_staff.update(audience=Audience.PARTICIPANTS)


def _day(exercise: Exercise) -> str:
    """Whoever was told once is told again when it is planned for another day."""
    return f"{exercise.planned_at:%Y-%m-%d %H:%M}" if exercise.planned_at else ""


def _told_of_report(exercise: Exercise) -> list[Any]:
    """Everybody of the teams, and the liaisons of their states, once."""
    players = list(exercise.players.values_list("team", "state_id"))
    liaisons = [person for state in {state for _team, state in players} for person in liaisons_of(state)]
    return list({person.pk: person for person in [*members_of([team for team, _state in players]), *liaisons]}.values())


@transaction.atomic
def release_inject(*, inject: Inject, by: Any) -> None:
    """By hand: those it is for read it from now on. Twice is once."""
    held = lock(inject.exercise)
    if not held.is_on:
        raise Refused(NOT_ON)
    if (
        Inject.objects.filter(pk=inject.pk, released_at=None)
        .exclude(pk__in=Inject.objects.out())
        .update(released_at=Now(), released_second=held.seconds)
    ):
        ring()


@transaction.atomic
def respond(*, inject: Inject, player: ExerciseTeam, text: str, key: UUID, by: Any) -> tuple[Response, bool]:
    """In the scope of whoever answers. The same `key` again is the response that it made, and False."""
    if known := Response.objects.filter(player=player, key=key).first():
        return _the_same(known, inject), False
    exercise = lock_while_taken(inject.exercise_id)
    if not exercise.is_on:
        raise Refused(NOT_ON)
    of = {"exercise": exercise, "inject": inject, "player": player}
    try:
        with transaction.atomic():
            made = Response.objects.create(key=key, text=text, second=exercise.seconds, by=by, **of)
    except IntegrityError as error:
        if "response_once" not in str(error):
            raise
        return _the_same(Response.objects.get(player=player, key=key), inject), False
    made.refresh_from_db()
    return made, True


def _the_same(known: Response, inject: Inject) -> Response:
    if known.inject_id != inject.pk:
        raise Refused(_("This key was used for another inject. Send a new one."))
    return known


@transaction.atomic
def score(*, inject: Inject, player: ExerciseTeam, level: int, note: str, by: Any) -> None:
    """An observer's, until the report is published; saying it anew replaces it."""
    exercise = lock_while_taken(inject.exercise_id)
    if exercise.is_before:
        raise Refused(_("The exercise has not begun, so there is nothing to score yet."))
    if exercise.is_released:
        raise Refused(_("The report is published, so its scores stay."))
    of = {"exercise": exercise, "inject": inject, "player": player, "by": by}
    Score.objects.update_or_create(**of, defaults={"level": level, "note": note})


@transaction.atomic
def unscore(*, inject: Inject, player: ExerciseTeam, by: Any) -> None:
    if not lock_while_taken(inject.exercise_id).is_released:
        Score.objects.filter(inject=inject, player=player, by=by).delete()


@transaction.atomic
def wash(*, exercise: Exercise, player: ExerciseTeam | None, went_well: str, to_improve: str, by: Any) -> None:
    """What a team says right after the end, whoever of it writes; without a team, an observer or the director."""
    if lock_while_taken(exercise.pk).status != Stands.ENDED:
        raise Refused(_("Notes are taken from the end of the exercise until its report is published."))
    whose: dict[str, Any] = {"player": player} if player else {"player": None, "by": by}
    words = {"went_well": went_well, "to_improve": to_improve, "by": by}
    HotWash.objects.update_or_create(exercise=exercise, **whose, defaults=words)


@transaction.atomic
def recommend(*, exercise: Exercise, recommendation: Recommendation, by: Any) -> Recommendation:
    """To one state of the exercise, with the next number; the state reads it with the report."""
    held = lock(exercise)
    last = held.recommendations.order_by("-number").values_list("number", flat=True).first() or 0
    recommendation.exercise, recommendation.number = held, last + 1
    recommendation.is_released = held.is_released
    recommendation.save(force_insert=True)
    return recommendation
