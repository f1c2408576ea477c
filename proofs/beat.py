"""No beat for 26 hours, then three at once: every run and reminder that became due meanwhile, none twice.

Nothing waits for a day: schedules are said to have been so for 26 hours, and rounds are due as if days had passed.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from proofs.clocks import ZONES
from proofs.house import House, say, wait_until
from proofs.record import Finding

SILENCE = timedelta(hours=26)
TIMES = (time(0, 30), time(8), time(13, 15), time(23, 45))


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    house.open()
    from proofs.world import World, undone

    world, now = World(), datetime.now(UTC)
    zones = ZONES[::7] if quick else ZONES
    schedules = _schedules(world, [f"America/{name}" for name in zones], now - SILENCE)
    reminders = _rounds_due(world)
    house.worker()
    for number in range(3):
        house.beat(f"beat-{number}")
    wait_until(lambda: _runs(), "the beats", seconds=180, pause=1)
    for _press in range(3):
        house.ring("capability.tasks.remind")  # beat rings this once an hour
    wait_until(lambda: _reminders(), "the reminders", pause=1)
    wait_until(lambda: not undone(), "the reports to be made", seconds=900, pause=2)
    say("a minute more, in which all three ring again")
    _ring_again(house)
    until = datetime.now(UTC)
    yield from _compare(_runs(), _due(schedules, now - SILENCE, until), "runs")
    yield from _compare(_reminders(), reminders, "reminders")
    again = sum(house.mails().values()) - len(house.mails())
    yield Finding(f"{len(house.mails())} mails, {again} of them twice", not again)


def _ring_again(house: House) -> None:
    import time as clock

    from proofs.world import undone

    clock.sleep(65)
    for _press in range(3):
        house.ring("capability.tasks.remind")
        house.ring("reporting.tasks.tick")
    clock.sleep(5)
    wait_until(lambda: not undone(), "the rest", seconds=300, pause=1)


def _schedules(world: Any, zones: list[str], since: datetime) -> list[Any]:
    """One a zone, at one of four times, about one state, to its liaisons."""
    from common.scope import PROGRAMME, scope
    from tests.factories.reporting import make_schedule

    with scope(PROGRAMME):
        return [
            make_schedule(world.manager, state, since=since, every="day", at=TIMES[n % 4], time_zone=zone)
            for n, (zone, state) in enumerate(zip(zones, world.states, strict=False))
        ]


def _due(schedules: list[Any], since: datetime, until: datetime) -> Counter[Any]:
    """Minute by minute: whose clock shows its time."""
    due: Counter[Any] = Counter()
    moment = since.replace(second=0, microsecond=0) + timedelta(minutes=1)
    while moment <= until:
        for schedule in schedules:
            shown = moment.astimezone(ZoneInfo(schedule.time_zone)).time()
            if shown == schedule.at and moment > since:
                due[schedule.pk, moment] += 1
        moment += timedelta(minutes=1)
    return due


def _rounds_due(world: Any) -> Counter[Any]:
    """Days before or after the due date: the last threshold that has passed is the one to be told of."""
    from capability.models import Round
    from common.days import today
    from common.scope import PROGRAMME, scope

    told: Counter[Any] = Counter()
    for left, threshold in ((20, None), (14, -14), (13, -14), (3, -3), (2, -3), (-1, 1), (-2, 1)):
        updates = world.updates(3)
        due_on = today() + timedelta(days=left)
        with scope(PROGRAMME):
            opened = datetime.now(UTC) - timedelta(days=60)
            Round.objects.filter(pk=updates[0].round_id).update(due_on=due_on, opened_at=opened)
        for update in updates if threshold else ():
            told[update.pk, world.lead(update).pk, f"{threshold:+} {due_on}"] += 1
    return told


def _runs() -> Counter[Any]:
    from common.scope import PROGRAMME, scope
    from reporting.models import Run

    with scope(PROGRAMME):
        return Counter(Run.objects.filter(schedule__isnull=False).values_list("schedule_id", "slot"))


def _reminders() -> Counter[Any]:
    from common.scope import PROGRAMME, scope
    from notices.models import Mail

    with scope(PROGRAMME):
        return Counter(Mail.objects.filter(kind="update due").values_list("object_id", "person_id", "threshold"))


def _compare(found: Counter[Any], wanted: Counter[Any], what: str) -> Iterator[Finding]:
    missing, more = (wanted - found).total(), (found - wanted).total()
    yield Finding(f"{wanted.total()} {what} were due: {missing} missing, {more} too many", found == wanted)
