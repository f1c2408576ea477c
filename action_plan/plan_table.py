"""One plan as a table: a row for each point."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from action_plan.plan_page import PlanPage
from action_plan.progress import Progress


def plan_table(page: PlanPage) -> Iterator[tuple[Any, ...]]:
    yield (
        *(_("Point"), _("Name"), _("What will be done"), _("Needs it answers"), _("Target stage"), _("Target date")),
        *(_("Target reached"), _("Why it is not needed"), _("Activities done"), _("Under way"), _("Planned")),
    )
    for line in page.text.lines:
        counted = page.by_line.get(line.id, Progress())
        target = page.targets.get(line.point)
        needs = "\n".join(need.in_words for need in line.needs)
        on = line.target_on
        yield (
            *(line.point, line.label, line.what, needs, line.target_stage, on, _reached(target)),
            *(line.not_needed_because, counted.done, counted.under_way, counted.planned),
        )


def _reached(target: Any) -> str:
    if target is None or target.is_reached is None:
        return ""
    return _("Yes") if target.is_reached else _("No")
