"""What hangs on an activity: who took part, the check-list, outputs, files, cost. By the programme's staff."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from action_plan.actions.activities import EditedMeanwhile, held
from action_plan.models import Activity, ActivityCost, ActivityFile, CheckItem, Output, ParticipantCount
from action_plan.querysets.activities import GENDERS
from csirt_network.actions.files import keep
from review.actions import Refused

Key = tuple[int | None, str]


@transaction.atomic
def set_participants(*, activity: Activity, figures: Mapping[Key, Mapping[str, int]], by: Any) -> None:
    """The whole table by (state, sector): what is not in it is gone. Or EditedMeanwhile."""
    if not held(activity):
        raise EditedMeanwhile
    there = {(row.state_id, row.sector): row for row in ParticipantCount.objects.filter(activity=activity)}
    wanted = {key: row for key, row in figures.items() if any(row.values())}
    ParticipantCount.objects.filter(pk__in=[row.pk for key, row in there.items() if key not in wanted]).delete()
    for (state, sector), row in wanted.items():
        known = there.get((state, sector))
        if known is None:
            ParticipantCount.objects.create(activity=activity, state_id=state, sector=sector, **row)
        elif any(getattr(known, gender) != row[gender] for gender in GENDERS):
            ParticipantCount.objects.filter(pk=known.pk).update(**row)


@transaction.atomic
def settle_checks(*, activity: Activity, done: Iterable[int], new: str, dropped: Iterable[int], by: Any) -> None:
    """Ticks and unticks as they stand on the page, takes away what was dropped, and adds a line."""
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    items = CheckItem.objects.filter(activity=activity)
    items.filter(pk__in=list(dropped)).delete()
    items.filter(pk__in=list(done), is_done=False).update(is_done=True)
    items.filter(is_done=True).exclude(pk__in=list(done)).update(is_done=False)
    if new.strip():
        _refuse_too_many(items, CheckItem.MOST)
        CheckItem.objects.create(activity=activity, text=new.strip())


@transaction.atomic
def add_output(*, activity: Activity, output: Output, by: Any) -> None:
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    _refuse_too_many(Output.objects.filter(activity=activity), Output.MOST)
    output.activity = activity
    output.save()


@transaction.atomic
def add_file(*, activity: Activity, title: str, upload: Any, by: Any) -> ActivityFile:
    """Or documents' Refused, for a file that cannot be kept."""
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    _refuse_too_many(ActivityFile.objects.filter(activity=activity), ActivityFile.MOST)
    return keep(ActivityFile(activity=activity, title=title, added_by=by), upload=upload)


@transaction.atomic
def take_away(*, part: Output | ActivityFile, by: Any) -> None:
    """The row, which the audit trail keeps; a file's content goes when ``check_files --remove`` next runs."""
    type(part).objects.filter(pk=part.pk).delete()


@transaction.atomic
def set_cost(*, activity: Activity, cost: ActivityCost, by: Any) -> None:
    given = {"amount": cost.amount, "currency": cost.currency, "paid_by": cost.paid_by}
    ActivityCost.objects.update_or_create(activity=activity, defaults=given)


def _refuse_too_many(rows: Any, most: int) -> None:
    if rows.count() >= most:
        raise Refused(_("There are %(count)d already, which is the most. Take one away first.") % {"count": most})
