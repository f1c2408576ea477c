"""Three schedules to switch on, for those who have none yet."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from member_states.models import MemberState
from reporting.models import Schedule

ALL_LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class ReadyMade:
    """`to_me`: goes to whoever switches it on."""

    key: str
    title: str | Promise
    text: str | Promise
    timing: dict[str, Any]
    to_liaisons: bool
    to_me: bool
    own_language_only: bool = False


READY_MADE = {
    offer.key: offer
    for offer in (
        ReadyMade(
            "monthly",
            _("A brief for each state, every month"),
            _("On the first day of each month at 08:00 (America/New York), in four languages, to liaisons."),
            {"every": "month", "day": 1},
            to_liaisons=True,
            to_me=False,
        ),
        ReadyMade(
            "quarterly",
            _("A brief for each state, every quarter"),
            _("On the first day of each quarter at 08:00 (America/New York), in four languages, to liaisons and you."),
            {"every": "quarter", "day": 1},
            to_liaisons=True,
            to_me=True,
        ),
        ReadyMade(
            "weekly",
            _("All briefs on Monday, for you"),
            _("Every Monday at 08:00 (America/New York), in your language, to you alone."),
            {"every": "week", "weekday": 0},
            to_liaisons=False,
            to_me=True,
            own_language_only=True,
        ),
    )
}


@transaction.atomic
def switch_on(offer: ReadyMade, *, by: Any) -> Schedule:
    """For the states that take part today."""
    schedule = Schedule.objects.create(
        languages=[by.language] if offer.own_language_only else ALL_LANGUAGES,
        at=time(8),
        time_zone="America/New_York",
        to_liaisons=offer.to_liaisons,
        made_by=by,
        **offer.timing,
    )
    schedule.states.set(MemberState.objects.visible_to(by).participating())
    schedule.recipients.set([by] if offer.to_me else [])
    return schedule
