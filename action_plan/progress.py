"""How far plans are: counted from their activities, and from the stages that their targets name; nothing is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from action_plan.models import Activity, ActivityState
from action_plan.text import LineText, PlanText
from capability.maturity import Stages, factor_stages
from capability.models import Answer, Edition

Status = Activity.Status
PLANNED = (Status.IDEA, Status.PLANNED, Status.CONFIRMED)


@dataclass(frozen=True)
class Progress:
    """Activities by how far they are; cancelled ones are no part of the whole."""

    done: int = 0
    under_way: int = 0
    planned: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return self.done + self.under_way + self.planned

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.done + other.done,
            self.under_way + other.under_way,
            self.planned + other.planned,
            self.cancelled + other.cancelled,
        )


@dataclass(frozen=True)
class Target:
    """`is_reached` is None where the stages of the line's factors are not known, or where it names no factor."""

    stage: int
    on: date | None
    is_reached: bool | None


def progress_of(user: Any, lines: Iterable[int]) -> dict[int, Progress]:
    """By line; of activities that `user` reads of. One query."""
    rows = (
        ActivityState.objects.visible_to(user)
        .filter(line__in=list(lines))
        .order_by()
        .values_list("line_id", "activity__status")
        .annotate(n=Count("pk"))
    )
    found: dict[int, Progress] = {}
    for line, status, n in rows:
        found[line] = found.get(line, Progress()) + _counted(status, n)
    return found


def whole(progress: Mapping[int, Progress], text: PlanText) -> Progress:
    return sum((progress.get(line.id, Progress()) for line in text.lines), Progress())


def stages_of(user: Any, states: Iterable[int]) -> dict[int, Stages]:
    """By state: the stages today, in the edition that states rate themselves by. Two queries."""
    edition = Edition.objects.visible_to(user).filter(is_rated_by_states=True).order_by("-year").first()
    answers = Answer.objects.visible_to(user).current().filter(state__in=list(states))
    return factor_stages(answers, edition.year) if edition else {}


def target_of(line: LineText, stages: Stages) -> Target | None:
    """Reached is a target stage when every factor that the line answers stands there or higher."""
    if line.target_stage is None or not line.is_needed:
        return None
    known = [stages[factor].stage for factor in line.factors if factor in stages]
    is_known = bool(known) and len(known) == len(line.factors)
    return Target(line.target_stage, line.target_on, min(known) >= line.target_stage if is_known else None)


def targets_reached(text: PlanText, stages: Stages) -> tuple[int, int]:
    """How many, of how many."""
    targets = [target for line in text.lines if (target := target_of(line, stages))]
    return sum(target.is_reached is True for target in targets), len(targets)


def _counted(status: str, n: int) -> Progress:
    if status == Status.DONE:
        return Progress(done=n)
    if status == Status.UNDER_WAY:
        return Progress(under_way=n)
    return Progress(planned=n) if status in PLANNED else Progress(cancelled=n)
