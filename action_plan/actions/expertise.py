"""Expertise: asked for, met by a placement, evaluated by the officer and the state."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from action_plan.actions.missions import Refused, free_slug
from action_plan.models import (
    Activity,
    ActivityState,
    Expert,
    Expertise,
    ExpertiseEvaluation,
    ExpertiseNeed,
    Kind,
    Placement,
)
from common.mandate import Point


@transaction.atomic
def ask_for_expertise(*, activity: Activity, expertise: Expertise, factors: Iterable[Any], by: Any) -> Expertise:
    """An activity of point 7 for one state, with what is needed."""
    activity.kind, activity.point, activity.slug = Kind.PLACEMENT, Point.EXPERTISE, free_slug(activity)
    activity.officer = activity.officer or by
    activity.save(force_insert=True)
    ActivityState.objects.create(activity=activity, state=expertise.state, audience=activity.audience)
    expertise.activity, expertise.made_by = activity, by
    expertise.save(force_insert=True)
    ExpertiseNeed.objects.bulk_create(
        ExpertiseNeed(expertise=expertise, state=expertise.state, factor=factor) for factor in factors
    )
    return expertise


@transaction.atomic
def place(*, expertise: Expertise, expert: Expert, starts_on: date, ends_on: date, by: Any) -> Placement:
    if not Expert.objects.filter(pk=expert.pk, status=Expert.Status.CONFIRMED).exists():
        raise Refused(_("Only an expert who has confirmed can be placed."))
    days = {"starts_on": starts_on, "ends_on": ends_on}
    try:
        with transaction.atomic():
            return Placement.objects.create(expertise=expertise, expert=expert, by=by, **days)
    except IntegrityError as error:
        if "placement_once" not in str(error):
            raise
        raise Refused(_("This expert is placed here already. Change the status below.")) from error


@transaction.atomic
def change_placement(*, placement: Placement, to: str, by: Any) -> None:
    Placement.objects.filter(pk=placement.pk).update(status=to)


@transaction.atomic
def evaluate(*, expertise: Expertise, evaluation: ExpertiseEvaluation, by: Any) -> None:
    """Once for each person, in the own scope."""
    evaluation.expertise, evaluation.state_id, evaluation.by = expertise, expertise.state_id, by
    try:
        with transaction.atomic():
            evaluation.save(force_insert=True)
    except IntegrityError as error:
        if "expertise_evaluation_once" not in str(error):
            raise
        raise Refused(_("You have said already how it was.")) from error
