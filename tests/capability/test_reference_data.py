"""The published data as it is loaded, and what it is known to say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db.models import Count

from capability.imports import load_reference
from capability.models import (
    Answer,
    CsirtStatus,
    ExternalIndex,
    Indicator,
    StageSentence,
    StrategyStatus,
    Update,
)
from capability.regional import stage_counts
from common.scope import PROGRAMME, Reach, scope
from documents.loading import rows_of
from documents.models import Source
from member_states import imports
from member_states.models import MemberState

pytestmark = pytest.mark.django_db
IDENTIFICATION_OF_INFRASTRUCTURE, INCIDENT_RESPONSE_CAPACITY, RESPONSE_PLANNING = 39, 33, 41


@pytest.fixture
def loaded(db: None) -> dict[str, Any]:
    return load_reference()


def reading(query: Callable[[], Any]) -> Any:
    with scope(PROGRAMME, read_only=True):
        return query()


def test_load_brings_every_state_indicator_and_sentence(loaded: dict[str, Any]) -> None:
    by_edition = dict(Indicator.objects.values_list("factor__dimension__edition__year").annotate(Count("pk")))

    assert MemberState.objects.count() == 35
    assert by_edition == {2016: 49, 2021: 23}
    assert StageSentence.objects.count() == 115
    assert Indicator.objects.filter(crosswalk__isnull=False).count() == 49


def test_published_levels_are_public_baselines_of_32_states(loaded: dict[str, Any]) -> None:
    with scope(Reach(), read_only=True):  # a visitor
        levels = Answer.objects.current()

        assert levels.count() == 1568
        assert levels.values("state").distinct().count() == 32
        assert Update.objects.accepted().filter(round=None).count() == 32


def test_region_reproduces_what_the_published_report_is_known_for(loaded: dict[str, Any]) -> None:
    counts = stage_counts(2016)
    named = dict(
        Indicator.objects.filter(number__in=(33, 39, 41), code__startswith="16-").values_list("number", "name_en")
    )

    assert {number: counts[number][1] for number in named} == {
        IDENTIFICATION_OF_INFRASTRUCTURE: 18,
        RESPONSE_PLANNING: 24,
        INCIDENT_RESPONSE_CAPACITY: 16,
    }
    assert named == {39: "Identification", 41: "Response Planning", 33: "Incident Response Capacity"}


def test_facts_are_reported_as_of_a_date_with_their_source(loaded: dict[str, Any]) -> None:
    chile = reading(lambda: CsirtStatus.objects.current().get(state__alpha3="CHL", is_national=True))
    strategies = reading(lambda: list(StrategyStatus.objects.current()))

    assert (chile.is_confirmed, chile.as_of, chile.source.key) == (False, "2015", "national-csirts")
    assert len(strategies) == 35
    assert sum(strategy.in_force for strategy in strategies) == 19
    assert ExternalIndex.objects.count() == 169 + 35


def test_participation_is_dated(loaded: dict[str, Any]) -> None:
    honduras = MemberState.objects.get(alpha3="HND").participations.order_by("starts_on")
    apart = MemberState.objects.with_participation().filter(participates=False)

    assert list(honduras.values_list("status", "starts_on", "ends_on")) == [
        ("participating", date(1948, 1, 1), date(2009, 7, 4)),
        ("not participating", date(2009, 7, 5), date(2011, 5, 31)),
        ("participating", date(2011, 6, 1), None),
    ]
    assert set(apart.values_list("alpha3", flat=True)) == {"CUB", "NIC", "VEN"}


def test_spanish_names_follow_the_usage_of_the_organization(loaded: dict[str, Any]) -> None:
    names = dict(MemberState.objects.values_list("alpha3", "name_es"))

    assert (names["BLZ"], names["KNA"], names["USA"]) == ("Belize", "Saint Kitts y Nevis", "Estados Unidos")


def test_second_load_changes_nothing(loaded: dict[str, Any]) -> None:
    again = load_reference()

    assert {name: (change.added, change.changed) for name, change in again.items()} == dict.fromkeys(loaded, (0, 0))


def test_correction_survives_a_load_that_brings_news(loaded: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    MemberState.objects.filter(alpha3="CHL").update(name_fr="Le Chili")
    news = [
        row | {"name_fr": "République du Chili", "name_pt": "República do Chile"} if row["iso_alpha3"] == "CHL" else row
        for row in rows_of(imports.FOLDER / "member_states.csv")
    ]
    monkeypatch.setattr(imports, "rows_of", lambda sheet: news)

    change = imports.load_states()

    chile = MemberState.objects.get(alpha3="CHL")
    assert (chile.name_fr, chile.name_pt_br) == ("Le Chili", "República do Chile")
    assert change == (35, 0, 1)


def test_row_that_was_deleted_stays_deleted(loaded: dict[str, Any]) -> None:
    Source.objects.get(key="natural-earth").delete()

    load_reference()

    assert not Source.objects.filter(key="natural-earth").exists()
