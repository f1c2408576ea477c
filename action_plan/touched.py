"""Which lines of a plan the data of its state touches: needs that stand otherwise than when they were chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from action_plan.needs import GRAVITY, Present, is_grave
from action_plan.text import Kind, LineText, Need, PlanText
from capability.models import ThreatLevel

RISING = ThreatLevel.Trend.RISING
KINDS = {
    "rose": _("Rose"),
    "fell": _("Fell"),
    "worse": _("Threat has risen"),
    "better": _("Threat has eased"),
    "gone": _("Not said any more"),
    "new": _("Not in the plan"),
}


@dataclass(frozen=True)
class Touch:
    """`now` is None where the need is not said any more. `line` is None of a need that no line names."""

    line: LineText | None
    need: Need
    now: Need | None
    kind: str  # one of KINDS

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


def touches(text: PlanText, present: Present) -> list[Touch]:
    """Those of the lines, in order; then threats that are high or rising, and requests, that no line names."""
    found = [touch for line in text.lines for need in line.needs if (touch := _touch(line, need, present))]
    named = {need.key for need in text.needs} | {(now.key) for n in text.needs if (now := present.now(n))}
    unnamed = [*filter(is_pressing, present.threats.values()), *present.requests.values(), *present.waiting]
    return found + [Touch(None, need, need, "new") for need in unnamed if need.key not in named]


def is_pressing(need: Need) -> bool:
    return need.level == ThreatLevel.Level.HIGH or (is_grave(need) and need.trend == RISING)


def _touch(line: LineText, need: Need, present: Present) -> Touch | None:
    now = present.now(need)
    if now is None:
        return Touch(line, need, None, "gone")
    if need.kind == Kind.FACTOR and now.stage != need.stage:
        return Touch(line, need, now, "rose" if (now.stage or 0) > (need.stage or 0) else "fell")
    if need.kind == Kind.THREAT and (now.level, now.trend) != (need.level, need.trend):
        return Touch(line, need, now, "worse" if _weight(now) > _weight(need) else "better")
    return None


def _weight(need: Need) -> tuple[int, int]:
    return GRAVITY[need.level], ("falling", "steady", "", "rising").index(need.trend)
