"""Schedules over five years in the time zones of all member states: at the local time, once, whatever clocks do.

What is expected is reckoned the other way round: from each quarter of an hour in UTC to what a clock on the wall shows.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from proofs.house import House
from proofs.record import Finding

# The capital of each of the 35 member states; where two share a zone, the clock of another part of the country.
ZONES = [
    "Antigua",
    "Argentina/Buenos_Aires",
    "Asuncion",
    "Barbados",
    "Belize",
    "Bogota",
    "Caracas",
    "Chicago",
    "Costa_Rica",
    "Dominica",
    "El_Salvador",
    "Grenada",
    "Guatemala",
    "Guayaquil",
    "Guyana",
    "Havana",
    "Jamaica",
    "La_Paz",
    "Lima",
    "Managua",
    "Mexico_City",
    "Montevideo",
    "Nassau",
    "New_York",
    "Panama",
    "Paramaribo",
    "Port-au-Prince",
    "Port_of_Spain",
    "Santiago",
    "Santo_Domingo",
    "Sao_Paulo",
    "St_Johns",
    "St_Lucia",
    "Tegucigalpa",
    "Toronto",
]
START, YEARS = datetime(2025, 12, 31, 12, tzinfo=UTC), 5
STEP = timedelta(minutes=15)
END = START + timedelta(days=365 * YEARS)

RHYTHMS: tuple[dict[str, Any], ...] = (
    {"every": "week", "weekday": 6},
    {"every": "month", "day": 31},
    {"every": "quarter", "day": 30},
)

Wall = dict[tuple[date, time], datetime]  # what a clock on the wall shows: when it first does


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    house.open()
    from reporting.models import Schedule
    from reporting.slots import slots

    times = [time(hour, minute) for hour in range(24) for minute in ((30,) if quick else (0, 15, 30, 45))]
    gaps = doubles = others = moments = 0
    for name in ZONES:
        wall = _wall(zone := ZoneInfo(f"America/{name}"))
        for at in times:
            found = list(slots(Schedule(every="day", at=at, time_zone=str(zone)), START, END))
            wanted = {moment for day in _days() if START < (moment := _when(wall, day, at)) <= END}
            gaps, others = gaps + len(wanted - set(found)), others + len(set(found) - wanted)
            doubles, moments = doubles + len(found) - len(set(found)), moments + len(found)
    yield Finding(f"{len(ZONES)} zones, {len(times)} times a day, {YEARS} years: {moments} moments", moments > 0)
    yield Finding(f"{gaps} gaps, {doubles} doubles, {others} at another time", not (gaps or doubles or others))
    yield from _longer()


def _longer() -> Iterator[Finding]:
    """Weeks, months and quarters: the last day of a month stands in for one that it lacks."""
    from reporting.models import Schedule
    from reporting.slots import slots

    wrong = count = 0
    for name in ZONES:
        wall = _wall(zone := ZoneInfo(f"America/{name}"))
        for facts in RHYTHMS:
            at = time(2, 30)
            found = list(slots(Schedule(at=at, time_zone=str(zone), **facts), START, END))
            wanted = [_when(wall, day, at) for day in _days() if _is_due(day, **facts)]
            count, wrong = count + len(found), wrong + (found != [one for one in wanted if START < one <= END])
    yield Finding(f"weeks, months and quarters: {count} moments, {wrong} schedules wrong", not wrong)


def _is_due(of: date, every: str, weekday: int = 0, day: int = 0) -> bool:
    if every == "week":
        return of.weekday() == weekday
    ends = (of + timedelta(days=1)).month != of.month
    return (of.day == day or (ends and of.day < day)) and (every == "month" or of.month % 3 == 1)


def _days() -> list[date]:
    return [START.date() + timedelta(days=number) for number in range(-1, 365 * YEARS + 2)]


def _wall(zone: ZoneInfo) -> Wall:
    wall: Wall = {}
    moment = START - timedelta(days=3)
    while moment <= END + timedelta(days=3):
        shown = moment.astimezone(zone)
        wall.setdefault((shown.date(), shown.time()), moment)
        moment += STEP
    return wall


def _when(wall: Wall, day: date, at: time) -> datetime:
    """When the wall shows it; if it never does, as long after the last time it showed as the clock lacks."""
    local, late = datetime.combine(day, at), timedelta()
    while (local.date(), local.time()) not in wall:
        local, late = local - STEP, late + STEP
    return wall[local.date(), local.time()] + late
