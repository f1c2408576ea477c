"""From schedules to runs: exactly what is owed, whoever ticks and however often."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import close_old_connections, connection

from common.scope import PROGRAMME, scope
from reporting.actions import pause, resume
from reporting.due import queue_due
from reporting.models import Run
from reporting.tasks import tick
from tests.factories.reporting import make_schedule

MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # 08:00 in New York
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _silent(monkeypatch):
    monkeypatch.setattr("reporting.due.sweep_soon", lambda: None)


def owed():
    with scope(PROGRAMME):
        return sorted(Run.objects.values_list("slot", "state__slug"))


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_a_tick_queues_one_run_for_each_state_and_slot(manager, chile, jamaica):
    make_schedule(manager, chile, jamaica, since=MONDAY - HOUR, languages=["en", "fr"])
    with at(MONDAY - timedelta(seconds=1)):
        tick()
    assert owed() == []

    for seconds in (0, 1, 60, 120):
        with at(MONDAY + timedelta(seconds=seconds)):
            tick()

    assert owed() == [(MONDAY, "chile"), (MONDAY, "jamaica")]
    with scope(PROGRAMME):
        assert {tuple(run.languages) for run in Run.objects.all()} == {("en", "fr")}


def test_a_beat_that_was_down_for_26_hours_makes_up_for_all_of_them(manager, chile):
    daily = make_schedule(manager, chile, since=MONDAY - HOUR, every="day")
    with at(MONDAY):
        tick()
    with at(MONDAY + timedelta(hours=26)):
        tick()
        tick()

    assert owed() == [(MONDAY, "chile"), (MONDAY + timedelta(days=1), "chile")]
    assert daily.runs.model is Run


def test_of_what_is_older_than_three_days_only_the_latest_is_made(manager, chile):
    make_schedule(manager, chile, since=MONDAY - timedelta(days=40), every="day")
    with at(MONDAY + HOUR):
        tick()
    first = owed()
    with at(MONDAY + timedelta(days=1) + HOUR):
        tick()

    assert [slot for slot, _state in first] == [MONDAY - timedelta(days=n) for n in (3, 2, 1, 0)]
    assert [slot for slot, _state in owed()] == [MONDAY + timedelta(days=n) for n in (-3, -2, -1, 0, 1)]


def test_nothing_is_made_for_times_before_the_schedule_was_so(manager, chile):
    make_schedule(manager, chile, since=MONDAY + HOUR, every="day")
    with at(MONDAY + 2 * HOUR):
        tick()

    assert owed() == []


def test_a_pause_is_not_made_up_for(manager, chile):
    schedule = make_schedule(manager, chile, since=MONDAY - HOUR, every="day")
    with at(MONDAY + HOUR):
        pause(schedule=schedule, by=manager)
    with at(MONDAY + timedelta(days=2) + HOUR):
        tick()
        resume(schedule=schedule, by=manager)
        tick()
    with at(MONDAY + timedelta(days=3)):
        tick()

    assert [slot for slot, _state in owed()] == [MONDAY, MONDAY + timedelta(days=3)]


def test_one_schedule_that_cannot_be_read_does_not_stop_the_others(manager, chile, caplog):
    make_schedule(manager, chile, since=MONDAY - HOUR, time_zone="Nowhere/Land")
    make_schedule(manager, chile, since=MONDAY - HOUR)
    with at(MONDAY):
        tick()

    assert owed() == [(MONDAY, "chile")]
    assert "cannot be read" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_three_tickers_at_once_are_one(manager, chile, jamaica, brazil):
    make_schedule(manager, chile, jamaica, brazil, since=MONDAY - timedelta(hours=26), every="day")
    barrier = threading.Barrier(3)

    def ticker():
        barrier.wait()
        try:
            queue_due()
        finally:
            close_old_connections()
            connection.close()

    with at(MONDAY):
        threads = [threading.Thread(target=ticker) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    days = (MONDAY - timedelta(days=1), MONDAY)
    assert owed() == sorted((day, slug) for day in days for slug in ("chile", "jamaica", "brazil"))


def test_a_tick_that_finds_nothing_new_writes_nothing(manager, chile, django_assert_max_num_queries):
    make_schedule(manager, chile, since=MONDAY - HOUR)
    with at(MONDAY):
        tick()
        with django_assert_max_num_queries(8) as asked:
            queue_due()

    assert not [query for query in asked.captured_queries if query["sql"].startswith("INSERT")]
