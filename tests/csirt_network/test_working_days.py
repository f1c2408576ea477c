"""The calendar by which a team's application is answered within twenty working days."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import member_states
from csirt_network.working_days import (
    add_working_days,
    has_calendar,
    holidays_of,
    is_working_day,
    working_days_between,
)

WITH_NONE = {"GTM"}
with (Path(member_states.__file__).parent / "reference" / "member_states.csv").open(encoding="utf-8") as file:
    STATES = [row["iso_alpha3"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("iso3", STATES)
def test_every_member_state_answers(iso3):
    assert has_calendar(iso3) == (iso3 not in WITH_NONE)
    assert bool(holidays_of(iso3, 2026)) == has_calendar(iso3)
    due = add_working_days(date(2026, 11, 2), 20, iso3)
    assert date(2026, 11, 30) <= due <= date(2026, 12, 14)


@pytest.mark.parametrize(
    ("iso3", "day"),
    [
        ("CHL", date(2026, 9, 18)),
        ("BRA", date(2026, 9, 7)),
        ("USA", date(2026, 11, 26)),
        ("MEX", date(2026, 9, 16)),
        ("JAM", date(2026, 8, 6)),
        ("TTO", date(2026, 8, 31)),
        ("HTI", date(2027, 1, 1)),
        ("CAN", date(2026, 7, 1)),
        ("COL", date(2026, 7, 20)),
    ],
)
def test_national_holidays_are_no_working_days(iso3, day):
    assert day.weekday() < 5
    assert not is_working_day(day, iso3)
    assert holidays_of(iso3, day.year)[day]


def test_a_weekend_is_none_anywhere_even_where_saturday_is_a_day_of_shops():
    for iso3 in STATES:
        assert not is_working_day(date(2026, 11, 21), iso3)
        assert not is_working_day(date(2026, 11, 22), iso3)


def test_where_no_calendar_is_known_only_weekends_count():
    independence = date(2026, 9, 15)
    assert is_working_day(independence, "GTM")
    assert not is_working_day(independence, "GTM", extra=frozenset({independence}))


def test_a_friday_and_one_is_monday_and_none_is_the_day_itself():
    assert add_working_days(date(2026, 11, 20), 1, "CHL") == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 21), 0, "CHL") == date(2026, 11, 21)


def test_chile_in_september_takes_longer():
    assert add_working_days(date(2026, 9, 14), 5, "CHL") == date(2026, 9, 22)
    assert add_working_days(date(2026, 9, 14), 5, "BRA") == date(2026, 9, 21)


def test_days_a_state_closes_besides_do_not_count():
    closed = frozenset({date(2026, 11, 23), date(2026, 11, 24)})
    assert add_working_days(date(2026, 11, 20), 1, "CHL", closed) == date(2026, 11, 25)


@pytest.mark.parametrize("count", [-1, 1001])
def test_only_sensible_numbers_of_days_are_counted(count):
    with pytest.raises(ValueError, match="working days"):
        add_working_days(date(2026, 11, 20), count, "CHL")


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.sampled_from(STATES))
def test_counting_there_and_back_is_the_same(day, count, iso3):
    due = add_working_days(day, count, iso3)
    assert is_working_day(due, iso3)
    assert working_days_between(day, due, iso3) == count
    assert working_days_between(due, day, iso3) == -count
    assert working_days_between(day, due - timedelta(days=1), iso3) == count - 1
