"""What one version of a plan says otherwise than another, point by point."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from action_plan.text import LineText, PlanText
from capability.diff import Sides, sides_of


@dataclass(frozen=True)
class Change:
    label: str
    sides: Sides


@dataclass(frozen=True)
class PointChanges:
    point: int
    label: str
    changes: list[Change]


def difference(before: PlanText, after: PlanText) -> list[PointChanges]:
    """Points that say the same are left out. A change of the period stands under the point 0."""
    periods = _changes([(_("Period"), period_of(before), period_of(after))])
    found = [PointChanges(0, _("The whole plan"), periods)]
    for line in after.lines:
        was = before.line(line.point)
        rows = _changes(zip(labels(), _texts(was), _texts(line), strict=True))
        found.append(PointChanges(line.point, line.label, rows))
    return [point for point in found if point.changes]


def period_of(text: PlanText) -> str:
    dates = {"start": date_format(text.starts_on), "end": date_format(text.ends_on)}
    return _("%(start)s to %(end)s") % dates


def labels() -> tuple[str, ...]:
    return (
        _("What will be done"),
        _("Needs it answers"),
        _("Target stage"),
        _("Target date"),
        _("Why it is not needed"),
    )


def _texts(line: LineText | None) -> tuple[str, ...]:
    if line is None:
        return ("",) * 5
    needs = "\n".join(need.in_words for need in sorted(line.needs, key=lambda need: need.key))
    target = str(line.target_stage or "")
    return line.what, needs, target, date_format(line.target_on) if line.target_on else "", line.not_needed_because


def _changes(rows: object) -> list[Change]:
    return [Change(label, sides_of(was, now)) for label, was, now in rows if was != now]  # type: ignore[attr-defined]
