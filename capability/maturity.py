"""How stages are read together: a factor from its indicators, a dimension from its factors, many states as one.

Middle values are lower medians (`percentile_disc(0.5)`), averages are means to one decimal, and what an edition does
not say itself is read from the edition before it through the crosswalk, marked as such.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from django.db.models import Aggregate, BooleanField, Case, F, Q, SmallIntegerField, When

from capability.querysets import AnswerQuerySet

LEAST_STATES = 5  # a figure of fewer states would tell what one of them answered: it is withheld
TENTH = Decimal("0.1")
NOBODY = 0  # the id of no row: whoever finds nothing asks as often as the others


class LowerMedian(Aggregate):
    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = SmallIntegerField()

    def get_db_converters(self, connection: Any) -> list[Any]:
        """None: what comes is the value of a row, and there are tens of thousands."""
        return []


@dataclass(frozen=True, slots=True)
class FactorStage:
    """`is_crossed`: read from the levels of an earlier edition."""

    stage: int
    is_crossed: bool = False


Stages = dict[int, FactorStage]  # by the factor's id


def lower_median(stages: Iterable[int]) -> int | None:
    """The same value that percentile_disc(0.5) gives; None of nothing."""
    ordered = sorted(stages)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def mean(numbers: Iterable[Decimal | int]) -> Decimal | None:
    known = list(numbers)
    return Decimal(sum(known)) / len(known) if known else None


def one_decimal(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(TENTH, rounding=ROUND_HALF_UP)


def score(stages: Stages, factors: Iterable[int]) -> Decimal | None:
    """The mean of those of the factors that are known, not rounded yet."""
    return mean(stages[factor].stage for factor in factors if factor in stages)


def factor_stages(answers: AnswerQuerySet, edition_year: int) -> dict[int, Stages]:
    """By state id: the stage of each factor of the edition, from the answers given. One query."""
    return _stages_by("state_id", answers, edition_year)


def factor_stages_by_update(answers: AnswerQuerySet, edition_year: int) -> dict[int, Stages]:
    """By update id. One query."""
    return _stages_by("update_id", answers, edition_year)


def last_stages(
    updates: Mapping[int, Sequence[int]], answers: AnswerQuerySet, edition_year: int, *, factors: int
) -> dict[int, Stages]:
    """By state id: what its `updates`, by state and the oldest first, say together; what is said later holds.

    Mostly the last one says all the `factors`; those before it are read of states alone of which it does not.
    """
    last = {state: of[-1] for state, of in updates.items()}
    read = factor_stages_by_update(answers.filter(update__in=list(last.values()) or [NOBODY]), edition_year)
    known = {state: read.get(pk, {}) for state, pk in last.items()}
    before = {state: updates[state][:-1] for state, said in known.items() if len(said) < factors}
    older = [pk for of in before.values() for pk in of] or [NOBODY]
    read = factor_stages_by_update(answers.filter(update__in=older), edition_year)
    for state, of in before.items():
        for pk in reversed(of):
            known[state] = read.get(pk, {}) | known[state]
    return known


def _stages_by(whose: str, answers: AnswerQuerySet, edition_year: int) -> dict[int, Stages]:
    own = Q(indicator__factor__dimension__edition__year=edition_year)
    led_here = Q(indicator__crosswalk__dimension__edition__year=edition_year)
    rows = (
        answers.filter(own | led_here, stage__isnull=False)
        .annotate(
            is_crossed=Case(When(own, then=False), default=True, output_field=BooleanField()),
            read_as=Case(When(own, then=F("indicator__factor_id")), default=F("indicator__crosswalk_id")),
        )
        .order_by("-is_crossed")  # so that the edition's own answers are read last, and hold
        .values_list(whose, "read_as", "is_crossed")
        .annotate(middle=LowerMedian("stage"))
    )
    found: dict[int, Stages] = {}
    for key, factor, is_crossed, stage in rows:
        found.setdefault(key, {})[factor] = _known(stage, is_crossed)
    return found


@cache
def _known(stage: int, is_crossed: bool) -> FactorStage:
    """There are ten; rows are tens of thousands."""
    return FactorStage(stage, is_crossed)
