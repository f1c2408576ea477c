"""What hangs on an activity, in the invented worlds: one of each."""

import itertools
from typing import Any

from django.utils import timezone

from action_plan.models import (
    Activity,
    ActivityCost,
    ActivityFile,
    ActivityMove,
    ActivityWord,
    CalendarFeed,
    CheckItem,
    Output,
)
from common.scope import Reach, scope

MODELS = {ActivityCost, ActivityFile, ActivityMove, ActivityWord, CalendarFeed, CheckItem, Output}
NUMBERS = itertools.count()


def populate(activities: list[Activity], by: Any) -> None:
    for activity in activities:
        ActivityMove.objects.create(activity=activity, status_before="idea", status_after="planned", by=by)
        CheckItem.objects.create(activity=activity, text="x")
        ActivityWord.objects.create(activity=activity, audience=activity.audience, word="x")
        Output.objects.create(activity=activity, what="x")
        ActivityCost.objects.create(activity=activity, amount=1)
        ActivityFile.objects.create(activity=activity, name="x", content="x", added_by=by)
    with scope(Reach(person=by.pk)):
        CalendarFeed.objects.create(person=by, name="x", digest=f"x{next(NUMBERS)}", expires_at=timezone.now())
