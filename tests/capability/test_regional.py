from decimal import Decimal
from typing import Any

import pytest
from django.db import InternalError
from django.utils import timezone

from capability.maturity import lower_median
from capability.models import Answer, CsirtStatus, Factor, Indicator, StrategyStatus, Update
from capability.regional import dimension_means, factor_medians, figures, medians, objectives, stage_counts
from common.scope import PROGRAMME, Reach, scope
from member_states.models import MemberState
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


def give_levels(states: list[Any], levels: list[int | None], crosswalk: Any = None) -> None:
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


def test_exactly_five_states_are_enough(states: list[Any]) -> None:
    give_levels(states[:5], [1, 1, 2, 2, 5])

    assert stage_counts(2016) == {1: {1: 2, 2: 2, 3: 0, 4: 0, 5: 1}}
    assert medians(2016) == {1: 2}
    assert {stage for stage in factor_medians(2016).values() if stage} == {2}


def test_what_was_given_no_stage_counts_nowhere(states: list[Any]) -> None:
    give_levels(states, [1, 1, 2, 2, 5, None])

    assert stage_counts(2016) == {1: {1: 2, 2: 2, 3: 0, 4: 0, 5: 1}}
    assert medians(2016) == {1: 2}


def test_a_state_without_a_stage_is_not_the_fifth(states: list[Any]) -> None:
    give_levels(states[:5], [1, 1, 2, 2, None])

    assert (stage_counts(2016), medians(2016)) == ({1: None}, {1: None})


def test_the_factors_of_an_edition_are_its_own(states: list[Any], edition: Any) -> None:
    give_levels(states, [1] * 6)
    Factor.objects.filter(dimension__edition__year=2016, code="D1.1").update(code="of 2016")

    assert "of 2016" not in figures(2021).medians
    assert figures(2016).medians["of 2016"] == 1


def test_the_levels_of_one_edition_are_not_those_of_another(states: list[Any], edition: Any, manager: Any) -> None:
    give_levels(states, [1] * 6)
    accept(make_round(edition, by=manager, closed=True), states, [4] * 6, manager)

    assert (set(stage_counts(2016)), len(stage_counts(2021))) == ({1}, 23)
    assert (stage_counts(2016)[1], stage_counts(2021)[1]) == (
        {1: 6, 2: 0, 3: 0, 4: 0, 5: 0},
        {1: 0, 2: 0, 3: 0, 4: 6, 5: 0},
    )
    assert (medians(2016), medians(2021)[1]) == ({1: 1}, 4)


def test_what_was_returned_counts_no_more(states: list[Any], edition: Any, manager: Any) -> None:
    closed = make_round(edition, by=manager, closed=True)
    for state in states[:5]:
        update = make_update(closed, state)
        make_submitted(update, by=manager, stage=1)
        make_accepted(update, by=manager, stage=4, number=2)

    assert stage_counts(2021)[1] == {1: 0, 2: 0, 3: 0, 4: 5, 5: 0}


def test_a_closed_round_counts_when_five_were_accepted_and_not_when_five_took_part(
    states: list[Any], edition: Any, manager: Any
) -> None:
    closed = make_round(edition, by=manager, closed=True)
    accept(closed, states[:4], [2] * 4, manager)
    make_update(closed, states[4], status="returned")
    of_four = (medians(2021), factor_medians(2021)["D1.1"])

    accept(closed, states[5:], [2], manager)

    assert of_four == ({}, None)
    assert (medians(2021)[1], factor_medians(2021)["D1.1"]) == (2, 2)


def test_an_open_round_of_five_counts_for_nobody_but_staff(states: list[Any], open_round: Any, manager: Any) -> None:
    accept(open_round, states[:5], [2] * 5, manager)

    assert (stage_counts(2021), medians(2021), figures(2021).states) == ({}, {}, 0)


def test_figures_are_read_and_nothing_is_written(states: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def writing(*_given: Any) -> Any:
        MemberState.objects.update(year_joined=1)

    monkeypatch.setattr("capability.regional._profile", writing)

    with pytest.raises(InternalError, match="read-only"):
        figures(2021)


# A sub-region


@pytest.fixture
def two_regions() -> tuple[list[Any], list[Any]]:
    caribbean = [make_state(f"state-{number}") for number in range(5)]
    return caribbean, [make_state(f"state-{number}", sub_region="South America") for number in range(5, 10)]


@pytest.mark.parametrize("reach", [Reach(), STAFF])
def test_figures_of_a_sub_region_are_those_of_its_states(
    two_regions: Any, edition: Any, manager: Any, reach: Reach
) -> None:
    closed = make_round(edition, by=manager, closed=True)
    for states, stage in zip(two_regions, (2, 5), strict=True):
        accept(closed, states, [stage] * 5, manager)

    with scope(reach):
        whole, part = figures(2021), figures(2021, sub_region="Caribbean")

    assert (whole.states, whole.medians["D1.1"], bool(whole.means)) == (10, 2, True)
    assert (part.states, part.medians["D1.1"], part.means) == (5, 2, {})
    with scope(reach):
        assert figures(2021, sub_region="South America").medians["D1.1"] == 5


def test_a_round_of_four_in_a_sub_region_tells_nothing_of_it(two_regions: Any, edition: Any, manager: Any) -> None:
    caribbean, south = two_regions
    closed = make_round(edition, by=manager, closed=True)
    accept(closed, caribbean[:4] + south, [2] * 4 + [5] * 5, manager)

    assert figures(2021).states == 9
    assert figures(2021, sub_region="Caribbean").states == 0
    assert figures(2021, sub_region="South America").states == 5


# The two objectives


def say(model: Any, states: list[Any], said: str, update_of: dict[int, Any] | None = None, **facts: Any) -> None:
    column = "status" if model is CsirtStatus else "step"
    with scope(PROGRAMME):
        for state in states:
            update = (update_of or {}).get(state.pk)
            model.objects.create(state=state, update=update, **{column: said}, **facts)


def test_a_team_that_is_being_set_up_is_under_way(states: list[Any]) -> None:
    say(CsirtStatus, states[:4], "operational")
    say(CsirtStatus, states[4:5], "setting up")
    say(CsirtStatus, states[5:], "none")

    found = objectives().csirts

    assert (found.of, found.confirmed, found.reported, found.under_way, found.empty) == (6, 0, 4, 1, 1)


STEPS = ("none", "initiation", "stocktaking", "drafting", "consultation", "adoption")


@pytest.mark.parametrize("step", STEPS)
def test_a_strategy_at_any_step_is_under_way(states: list[Any], step: str) -> None:
    say(StrategyStatus, states[:4], "adoption", in_force=True)
    say(StrategyStatus, states[4:5], step)

    found = objectives().strategies

    assert (found.reached, found.under_way) == (4, step != "none")


@pytest.mark.parametrize(("model", "name"), [(CsirtStatus, "csirts"), (StrategyStatus, "strategies")])
def test_four_known_states_are_told_to_staff_alone(states: list[Any], model: Any, name: str) -> None:
    say(model, states[:4], "none")
    told = getattr(objectives(), name)
    with scope(STAFF):
        assert getattr(objectives(), name) is not None
    say(model, states[4:5], "none")

    assert told is None
    assert getattr(objectives(), name) is not None


def test_other_teams_of_a_state_are_not_its_national_one(states: list[Any]) -> None:
    say(CsirtStatus, states, "none")
    say(CsirtStatus, states, "operational", is_national=False)

    assert objectives().csirts.reached == 0


def test_of_a_state_the_last_that_counts_is_told(
    states: list[Any], edition: Any, open_round: Any, manager: Any
) -> None:
    """Reported first, then said in a round that is over, then in one that is open: staff alone see the last."""
    closed = make_round(edition, by=manager, year=2025, closed=True)
    said: dict[Any, dict[int, Any]] = {}
    for round in (closed, open_round):
        accept(round, states, [2] * 6, manager)
        with scope(PROGRAMME):
            said[round] = {update.state_id: update for update in round.updates.all()}
    say(CsirtStatus, states, "operational", is_current=False)
    say(CsirtStatus, states, "setting up", said[closed], is_current=False)
    say(CsirtStatus, states, "operational", said[open_round])

    found = objectives().csirts
    with scope(STAFF):
        live = objectives().csirts

    assert (found.reached, found.under_way) == (0, 6)
    assert (live.reached, live.confirmed, live.under_way) == (6, 6, 0)


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
