from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from capability.maturity import lower_median
from capability.models import Answer, CsirtStatus, Indicator, Update
from capability.regional import dimension_means, factor_medians, medians, objectives, stage_counts
from common.scope import PROGRAMME, Reach, scope
from tests.factories.capability import make_accepted, make_edition, make_round, make_submitted, make_update
from tests.factories.member_states import make_state

STAFF = Reach(staff=True, person=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def states() -> list[Any]:
    return [make_state(f"state-{number}") for number in range(6)]


def accept(round: Any, states: list[Any], stages: list[int], by: Any) -> None:
    for state, stage in zip(states, stages, strict=True):
        make_accepted(make_update(round, state), by=by, stage=stage)


def give_levels(states: list[Any], levels: list[int], crosswalk: Any = None) -> None:
    """A published baseline of 2016 with one indicator for each state."""
    edition = make_edition(2016)
    indicator = Indicator.objects.filter(factor__dimension__edition=edition).first()
    Indicator.objects.filter(pk=indicator.pk).update(crosswalk=crosswalk)
    with scope(PROGRAMME):
        for state, level in zip(states, levels, strict=True):
            facts = {"state": state, "audience": "public"}
            update = Update.objects.create(edition=edition, status="accepted", accepted_at=timezone.now(), **facts)
            Answer.objects.create(
                update=update, question=indicator.code, indicator=indicator, stage=level,
                is_accepted=True, is_current=True, **facts,
            )  # fmt: skip


def test_lower_median_is_the_lower_of_two_middle_values() -> None:
    assert [lower_median(row) for row in ([], [4], [2, 3], [5, 1, 2], [1, 2, 3, 4])] == [None, 4, 2, 2, 2]


def test_stage_counts_of_published_levels_are_open_to_everybody(states: list[Any]) -> None:
    give_levels(states, [1, 1, 1, 2, 2, 5])

    assert stage_counts(2016) == {1: {1: 3, 2: 2, 3: 0, 4: 0, 5: 1}}
    assert medians(2016) == {1: 1}


def test_figures_of_fewer_than_five_states_are_withheld(states: list[Any]) -> None:
    give_levels(states[:4], [1, 1, 2, 2])

    assert stage_counts(2016) == {1: None}
    assert medians(2016) == {1: None}
    assert set(factor_medians(2016).values()) == {None}
    assert set(dimension_means(2016).values()) == {None}


def test_open_round_changes_figures_for_staff_only(states: list[Any], open_round: Any, officer: Any) -> None:
    accept(open_round, states, [3] * 6, officer)

    assert medians(2021) == {}
    with scope(Reach(states=(states[0].pk,))):
        assert medians(2021) == {}
    with scope(STAFF):
        assert medians(2021)[1] == 3


def test_closed_round_counts_once_nothing_in_it_waits_for_review(states: list[Any], edition: Any, manager: Any) -> None:
    closed = make_round(edition, by=manager, closed=True)
    accept(closed, states[:5], [1, 2, 3, 4, 5], manager)
    late = make_update(closed, states[5])
    make_submitted(late, by=manager)
    while_reviewing = medians(2021)

    with scope(PROGRAMME):
        Update.objects.filter(pk=late.pk).update(status="returned")

    assert while_reviewing == {}
    assert medians(2021)[1] == 3
    assert dimension_means(2021)["D1"] == Decimal("3.0")


def test_later_open_round_leaves_the_closed_figure_standing(states: list[Any], edition: Any, manager: Any) -> None:
    accept(make_round(edition, by=manager, year=2025, closed=True), states, [2] * 6, manager)
    accept(make_round(edition, by=manager), states, [4] * 6, manager)

    assert medians(2021)[1] == 2
    with scope(STAFF):
        assert medians(2021)[1] == 4


def test_factor_reads_older_levels_until_the_state_answers(states: list[Any], edition: Any, manager: Any) -> None:
    factor = Indicator.objects.get(code="D1.1", factor__dimension__edition=edition).factor
    give_levels(states, [1] * 6, crosswalk=factor)
    crossed = factor_medians(2021)

    accept(make_round(edition, by=manager, closed=True), states, [4] * 6, manager)

    assert crossed["D1.1"] == 1
    assert crossed["D1.2"] is None
    assert factor_medians(2021)["D1.1"] == 4


def test_scope_of_the_reader_is_back_after_a_figure(states: list[Any]) -> None:
    give_levels(states, [1] * 6)
    with scope(PROGRAMME):
        Answer.objects.update(audience="programme")

    with scope(Reach()):
        counted = stage_counts(2016)
        seen = Answer.objects.count()

    assert counted[1] is not None
    assert seen == 0


def test_objectives_tell_confirmed_from_reported(states: list[Any], edition: Any, manager: Any) -> None:
    closed = make_round(edition, by=manager, closed=True)
    accept(closed, states[:5], [2] * 5, manager)
    with scope(PROGRAMME):
        for update in closed.updates.all():
            CsirtStatus.objects.create(state_id=update.state_id, update=update, status="operational")
        CsirtStatus.objects.create(state=states[5], status="operational")

    tally = objectives().csirts

    assert (tally.of, tally.confirmed, tally.reported, tally.under_way, tally.empty) == (6, 5, 1, 0, 0)
    assert objectives().strategies is None
