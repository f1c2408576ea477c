"""Activities: made, changed and moved along their life; who reads of them; who took part. By the programme's staff."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from action_plan.life import Way
from action_plan.models import Activity, ActivityMove, ActivityState, Audience
from common.translated import SUFFIXES
from review.actions import Refused

RESERVED = {"new", "calendar", "feeds", "files"}  # words of addresses below /activities/
TRIES = 50


class EditedMeanwhile(Exception):
    """Somebody saved the activity since it was opened: nothing was changed."""


@transaction.atomic
def add_activity(*, activity: Activity, states: Iterable[Any], by: Any) -> Activity:
    """An idea, for the staff alone until it is planned."""
    activity.status, activity.audience = Activity.Status.IDEA, Audience.STAFF
    _save_under_new_slug(activity)
    _take_part(activity, {state.pk for state in states})
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, fields: Iterable[str], states: Iterable[Any] | None, by: Any) -> None:
    """Saves `fields` as they stand in `activity`, and who takes part unless `states` is None. Or EditedMeanwhile."""
    _hold(activity)
    changes = {name: getattr(activity, name) for name in fields}
    Activity.objects.filter(pk=activity.pk).update(**changes)
    if states is not None:
        _set_states(activity, states)


@transaction.atomic
def move(*, activity: Activity, way: Way, by: Any, reason: str = "") -> ActivityMove:
    """Along `way`, kept in the ledger; or Refused. What becomes planned is given to the states that take part."""
    now = Activity.objects.select_for_update().get(pk=activity.pk)
    _check(now, way, reason)
    becomes = now.audience if now.audience != Audience.STAFF or way.end != "planned" else Audience.PARTICIPANTS
    because = reason.strip() if way.end == Activity.Status.CANCELLED else ""
    Activity.objects.filter(pk=now.pk).update(
        status=way.end, audience=becomes, cancelled_because=because, edited=F("edited") + 1
    )
    return ActivityMove.objects.create(
        activity=now, status_before=now.status, status_after=way.end, reason=reason.strip(), by=by
    )


@transaction.atomic
def give_to(*, activity: Activity, audience: str, by: Any) -> None:
    """Who reads of it from now on. Or EditedMeanwhile."""
    _hold(activity)
    Activity.objects.filter(pk=activity.pk).update(audience=audience)


def held(activity: Activity) -> bool:
    """Takes the next number of `edited` for a change; False when somebody saved it meanwhile."""
    rows = Activity.objects.filter(pk=activity.pk, edited=activity.edited)
    return bool(rows.update(edited=F("edited") + 1))


def _hold(activity: Activity) -> None:
    if not held(activity):
        raise EditedMeanwhile


def _check(activity: Activity, way: Way, reason: str) -> None:
    if activity.status not in way.start:
        stands = {"status": activity.get_status_display()}
        raise Refused(_("A colleague changed its status meanwhile: it is “%(status)s” now.") % stands)
    if way.needs_reason and not reason.strip():
        raise Refused(_("Write why: the reason is kept and shown."))
    if way.needs_date and activity.starts_on is None:
        raise Refused(_("It has no date yet. Enter its first day, or what is known of it, and try again."))
    if way.is_for_the_past and activity.starts_on and activity.starts_on > timezone.localdate():
        raise Refused(_("Its first day has not come yet. If the date has changed, change it first."))


def _set_states(activity: Activity, states: Iterable[Any]) -> None:
    """Those who stay keep the line of their plan that it serves."""
    wanted = {state.pk for state in states}
    there = ActivityState.objects.filter(activity=activity)
    there.exclude(state__in=wanted).delete()
    _take_part(activity, wanted - set(there.values_list("state", flat=True)))


def _take_part(activity: Activity, states: set[int]) -> None:
    ActivityState.objects.bulk_create(
        ActivityState(activity=activity, state_id=state, audience=activity.audience) for state in sorted(states)
    )


def _save_under_new_slug(activity: Activity) -> None:
    """Of its title and year. The address stays when the title changes."""
    titles: Mapping[str, str] = {suffix: getattr(activity, f"title_{suffix}") for suffix in SUFFIXES}
    words = slugify(next(filter(None, titles.values()), ""))[:60].strip("-") or slugify(activity.kind)
    year = f"-{activity.starts_on.year}" if activity.starts_on and str(activity.starts_on.year) not in words else ""
    for number in range(1, TRIES):
        activity.slug = f"{words}{year}" if number == 1 else f"{words}{year}-{number}"
        if activity.slug not in RESERVED and not Activity.objects.filter(slug=activity.slug).exists():
            try:
                with transaction.atomic():
                    activity.save(force_insert=True)
            except IntegrityError:
                continue
            return
    raise Refused(_("There are many activities of this title already. Give it a title of its own."))
