"""How a state stands by dimension: now, before, and the region beside it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from capability.maturity import Stages, factor_stages, one_decimal, score
from capability.models import Answer, Dimension, Edition, Factor, Update
from capability.querysets import AnswerQuerySet
from capability.regional import figures
from member_states.models import MemberState


@dataclass(frozen=True)
class Line:
    """`now` is None where nothing is known; `region` where fewer than five states can be counted."""

    dimension: Dimension
    now: Decimal | None
    before: Decimal | None
    region: Decimal | None


@dataclass(frozen=True)
class Result:
    """`update` is what `lines` were accepted with; `is_crossed`: read from the levels of an earlier edition."""

    update: Update
    is_crossed: bool
    lines: list[Line]


def last_result(user: Any, state: MemberState, edition: Edition | None) -> Result | None:
    """In the words of `edition`, six queries; None when nothing was ever accepted or published."""
    if edition is None:
        return None
    accepted = Update.objects.visible_to(user).accepted().filter(state=state).select_related("round", "edition")
    updates = list(accepted.order_by("-edition__year", "-accepted_at")[:2])
    if not updates:
        return None
    factors = list(Factor.objects.filter(dimension__edition=edition).select_related("dimension"))
    answers = Answer.objects.visible_to(user).filter(state=state)
    now = _stages(answers.current(), edition)
    before = _stages(answers.filter(update=updates[1]), edition) if len(updates) > 1 else {}
    is_crossed = bool(now) and all(stage.is_crossed for stage in now.values())
    return Result(updates[0], is_crossed, _lines(factors, now, before, figures(edition.year, factors).means))


def _stages(answers: AnswerQuerySet, edition: Edition) -> Stages:
    return next(iter(factor_stages(answers, edition.year).values()), {})


def _lines(factors: list[Factor], now: Stages, before: Stages, region: dict[str, Decimal | None]) -> list[Line]:
    ids: dict[Dimension, list[int]] = {}
    for factor in sorted(factors, key=lambda factor: (factor.dimension.position, factor.position)):
        ids.setdefault(factor.dimension, []).append(factor.pk)
    return [
        Line(
            dimension,
            one_decimal(score(now, members)),
            one_decimal(score(before, members)),
            region.get(dimension.code),
        )
        for dimension, members in ids.items()
    ]
