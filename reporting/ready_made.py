"""Schedules to switch on, for those who have none like them.

One in all languages goes to many and is made once for all of them: whoever switches it on as well is told with them.
One in the own language alone is a person's own.
"""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from member_states.models import MemberState
from reporting.actions import resume
from reporting.kinds import READY_MADE, ReadyMade, ReportKind
from reporting.models import Schedule

ALL_LANGUAGES = [code for code, _name in settings.LANGUAGES]
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('ready-made schedules'))"


def offers(schedules: Iterable[Schedule], user: Any) -> list[ReadyMade]:
    """Those that nobody has switched on for `user`: of `schedules`, a paused one makes nothing."""
    active = [schedule for schedule in schedules if schedule.is_active]
    all_states = _all_states(user)
    return [
        offer
        for kind, offer in READY_MADE.values()
        if not any(
            _is_like(schedule, kind, offer, user, all_states) and _reaches(schedule, offer, user) for schedule in active
        )
    ]


@transaction.atomic
def switch_on(kind: ReportKind, offer: ReadyMade, *, by: Any) -> Schedule:
    """Of a kind that is about states, for those that take part today. One like it goes on instead of a second."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)  # a button pressed twice waits here
    known = Schedule.objects.visible_to(by).filter(kind=kind.code).order_by("-is_active", "pk")
    all_states = _all_states(by)
    for schedule in known.prefetch_related("states", "recipients"):
        if _is_like(schedule, kind, offer, by, all_states) and (
            _reaches(schedule, offer, by) or not offer.own_language_only
        ):
            return _gone_on(schedule, offer, by)
    return _made(kind, offer, by)


def _is_like(schedule: Schedule, kind: ReportKind, offer: ReadyMade, user: Any, all_states: set[int]) -> bool:
    """It tells the same people, at the same time, in these languages at least, of these states at least."""
    told = (schedule.to_liaisons, schedule.to_representatives) == (offer.to_liaisons, offer.to_representatives)
    is_timed = all(getattr(schedule, name) == value for name, value in offer.timing.items())
    states = {state.pk for state in schedule.states.all()}
    is_of_all = all_states <= states if kind.is_about_states else not (schedule.sub_region or states)
    is_worded = set(_languages(offer, user)) <= set(schedule.languages)
    return schedule.kind == kind.code and told and is_timed and is_of_all and is_worded


def _languages(offer: ReadyMade, user: Any) -> list[str]:
    return [user.language] if offer.own_language_only else ALL_LANGUAGES


def _all_states(user: Any) -> set[int]:
    return set(MemberState.objects.visible_to(user).participating().values_list("pk", flat=True))


def _reaches(schedule: Schedule, offer: ReadyMade, user: Any) -> bool:
    return not offer.to_me or user.pk in {person.pk for person in schedule.recipients.all()}


def _gone_on(schedule: Schedule, offer: ReadyMade, by: Any) -> Schedule:
    if not schedule.is_active:
        resume(schedule=schedule, by=by)
    if not _reaches(schedule, offer, by):
        schedule.recipients.add(by)
    return schedule


def _made(kind: ReportKind, offer: ReadyMade, by: Any) -> Schedule:
    schedule = Schedule.objects.create(
        kind=kind.code,
        languages=_languages(offer, by),
        at=time(8),
        time_zone="America/New_York",
        to_liaisons=offer.to_liaisons,
        to_representatives=offer.to_representatives,
        made_by=by,
        **offer.timing,
    )
    if kind.is_about_states:
        schedule.states.set(MemberState.objects.visible_to(by).participating())
    schedule.recipients.set([by] if offer.to_me else [])
    return schedule
