"""A moment of any zone is kept or refused with a sentence; the database itself takes none beyond 15:59 from UTC."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from common.moments import MomentField, in_utc
from exchange.bulk.misp import _moment
from exchange.bulk.tables import seen_at

OURS = ("accounts", "action_plan", "capability", "correspondence", "csirt_network", "documents", "exchange", "imports",
        "invitations", "member_states", "ministry_desk", "notices", "partnerships", "reporting", "review")  # fmt: skip
FAR = "1954-02-18T01:21:30.8-23:26"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [FAR, "2026-05-04T13:30:00+23:59", "9999-12-30T01:00:00+20:00", "2026-05-04T13:30"])
def test_the_database_takes_whatever_the_field_takes(typed: str) -> None:
    moment = MomentField().clean(typed)

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        assert cursor.fetchone()[0] == moment


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:00", "soon", "2026-05-04T25:00"]
)
def test_what_is_no_moment_of_these_years_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter a valid date/time"):
        MomentField().clean(typed)


def test_without_a_zone_a_moment_is_of_whoever_enters_it() -> None:
    with timezone.override("America/Santiago"):
        assert MomentField().clean("2026-07-04T13:30") == datetime(2026, 7, 4, 17, 30, tzinfo=UTC)
    assert in_utc(datetime(2026, 7, 4)) == datetime(2026, 7, 4, tzinfo=UTC)


def test_tables_and_events_of_others_are_held_to_the_same() -> None:
    assert seen_at(FAR) == _moment(FAR) == datetime(1954, 2, 19, 0, 47, 30, 800000, UTC)
    assert _moment("0001-01-01T00:00:00+14:00") is None
    with pytest.raises(ValidationError, match="is no date"):
        seen_at("0001-01-01T00:00:00+14:00")


def test_every_form_asks_for_moments_so() -> None:
    import_module("oas_cyber.urls")
    list(get_resolver().reverse_dict)  # so that all that pages ask with is there
    asked = {
        (form.__module__, form.__name__, name): field
        for form in _below(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if form.__module__.split(".")[0] in OURS and isinstance(field, forms.DateTimeField)
    }
    assert len(asked) > 10
    assert [where for where, field in asked.items() if not isinstance(field, MomentField)] == []


def _below(kind: Any) -> set[Any]:
    return {found for one in kind.__subclasses__() for found in ({one} | _below(one))}
