"""A schedule in plain words: whole sentences, each with a meaning of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from reporting.kinds import KINDS
from reporting.listed import people_list
from reporting.models import Schedule
from reporting.slots import next_slot


@dataclass(frozen=True)
class Plan:
    """What the sentences need, saved or not: `states` and `people` by name, in order."""

    schedule: Schedule
    states: list[Any]
    people: list[Any]


def sentences(plan: Plan, now: datetime) -> list[str]:
    schedule = plan.schedule
    told = [KINDS[schedule.kind].what(schedule, plan.states), when(schedule), who(plan)]
    return [*told, next_time(schedule, now)] if schedule.is_active else told


def when(schedule: Schedule) -> str:
    parts = {"time": time_format(schedule.at), "zone": schedule.time_zone.replace("_", " "), "day": schedule.day}
    return _when(schedule) % parts


def _when(schedule: Schedule) -> str:
    day = schedule.day or 1
    match schedule.every:
        case Schedule.Every.DAY:
            return gettext("Made every day at %(time)s (%(zone)s).")
        case Schedule.Every.WEEK:
            return _every_week()[schedule.weekday or 0]
        case Schedule.Every.MONTH if day == 31:
            return gettext("Made on the last day of each month at %(time)s (%(zone)s).")
        case Schedule.Every.MONTH if day > 28:
            return gettext("Made on day %(day)s of each month, or on its last day, at %(time)s (%(zone)s).")
        case Schedule.Every.MONTH:
            return gettext("Made on day %(day)s of each month at %(time)s (%(zone)s).")
        case _ if day == 31:
            return gettext("Made on the last day of January, April, July and October at %(time)s (%(zone)s).")
        case _:
            return gettext("Made on day %(day)s of January, April, July and October at %(time)s (%(zone)s).")


def _every_week() -> tuple[str, ...]:
    return (
        gettext("Made every Monday at %(time)s (%(zone)s)."),
        gettext("Made every Tuesday at %(time)s (%(zone)s)."),
        gettext("Made every Wednesday at %(time)s (%(zone)s)."),
        gettext("Made every Thursday at %(time)s (%(zone)s)."),
        gettext("Made every Friday at %(time)s (%(zone)s)."),
        gettext("Made every Saturday at %(time)s (%(zone)s)."),
        gettext("Made every Sunday at %(time)s (%(zone)s)."),
    )


def who(plan: Plan) -> str:
    names = {"people": people_list(plan.people)}
    if plan.schedule.to_liaisons and len(plan.states) == 1:
        if not plan.people:
            return gettext("Goes to the liaisons of the state.")
        return gettext("Goes to the liaisons of the state and to %(people)s.") % names
    if plan.schedule.to_liaisons and plan.people:
        return gettext("Goes to the liaisons of each state and to %(people)s.") % names
    if plan.schedule.to_representatives and plan.people:
        return gettext("Goes to the representatives of the network’s teams and to %(people)s.") % names
    if plan.schedule.to_representatives:
        return gettext("Goes to the representatives of the network’s teams.")
    if plan.people:
        return gettext("Goes to %(people)s.") % names
    if not plan.schedule.to_liaisons:
        return gettext("Goes to nobody: the people it was for have left the programme.")
    return gettext("Goes to the liaisons of each state.")


def next_time(schedule: Schedule, now: datetime) -> str:
    local = next_slot(schedule, now).astimezone(ZoneInfo(schedule.time_zone))
    return gettext("Next: %(when)s.") % {"when": date_format(local, "DATETIME_FORMAT")}
