"""Schedules to switch on, for those who have none yet."""

from datetime import time
from typing import Any

from django.conf import settings
from django.db import transaction

from member_states.models import MemberState
from reporting.kinds import ReadyMade, ReportKind
from reporting.models import Schedule

ALL_LANGUAGES = [code for code, _name in settings.LANGUAGES]


@transaction.atomic
def switch_on(kind: ReportKind, offer: ReadyMade, *, by: Any) -> Schedule:
    """Of a kind that is about states, for those that take part today."""
    schedule = Schedule.objects.create(
        kind=kind.code,
        languages=[by.language] if offer.own_language_only else ALL_LANGUAGES,
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
