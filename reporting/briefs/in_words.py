"""What the programme does with a state, in the active language."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from action_plan.dates import days_of
from action_plan.models import Activity
from action_plan.progress import Progress, Target
from action_plan.text import LineText, named
from reporting.briefs.brief import ActivityLine, PlanPart, PointLine
from reporting.briefs.support import KnownPlan, People


def plan_part(known: KnownPlan | None) -> PlanPart | None:
    if known is None:
        return None
    text = named(known.text, known.names)
    status = gettext("Waits for the state’s agreement") if known.plan.is_offered else known.plan.get_status_display()
    points = (
        point_line(line, known.progress.get(line.id, Progress()), known.targets.get(line.point)) for line in text.lines
    )
    return PlanPart(status, text.starts_on, text.ends_on, tuple(points))


def point_line(line: LineText, progress: Progress, target: Target | None = None) -> PointLine:
    look = _look(line, progress)
    return PointLine(
        number=line.point,
        name=line.label,
        look=look,
        standing=_standings()[look],
        needs=tuple(need.in_words for need in line.needs),
        what=line.what or line.not_needed_because,
        target_stage=target.stage if target else None,
        target_on=target.on if target else None,
        is_reached=target.is_reached if target else None,
        done=progress.done,
        under_way=progress.under_way,
        planned=progress.planned,
    )


def _look(line: LineText, progress: Progress) -> str:
    if not line.is_needed:
        return "not_needed"
    if progress.total and progress.done == progress.total:
        return "done"
    if progress.done or progress.under_way:
        return "under_way"
    return "planned" if progress.planned else "none"


def _standings() -> dict[str, str]:
    return {
        "not_needed": gettext("Not needed"),
        "done": pgettext("activity", "Done"),
        "under_way": gettext("Under way"),
        "planned": pgettext("activity", "Planned"),
        "none": gettext("No activity yet"),
    }


def target_in_words(line: PointLine) -> str:
    """Nothing where the plan names no stage."""
    if line.target_stage is None:
        return ""
    if line.target_on is None:
        return gettext("Stage %(stage)s") % {"stage": line.target_stage}
    given = {"stage": line.target_stage, "month": date_format(line.target_on, "YEAR_MONTH_FORMAT")}
    return gettext("Stage %(stage)s by %(month)s") % given


def reached_in_words(line: PointLine) -> str:
    """Nothing where it cannot be said."""
    if line.is_reached is None:
        return ""
    return gettext("Reached") if line.is_reached else gettext("Not reached yet")


def progress_in_words(line: PointLine) -> str:
    if not line.total:
        return ""
    words = ngettext("%(done)s of %(n)s activity done", "%(done)s of %(n)s activities done", line.total)
    return words % {"done": line.done, "n": line.total}


def figures_of(line: ActivityLine) -> tuple[int | None, ...]:
    return line.women, line.men, line.other, line.not_stated


def activity_line(activity: Any) -> ActivityLine:
    """Of one that was read `with_figures`."""
    figures = activity.figures if sum(activity.figures or ()) else (None,) * 4
    return ActivityLine(
        days_of(activity),
        activity.starts_on,
        activity.title,
        activity.get_kind_display(),
        activity.get_point_display() if activity.point else "",
        _place(activity),
        activity.get_status_display(),
        *figures,
    )


def _place(activity: Activity) -> str:
    place = activity.place or str(activity.host_state or "")
    online = gettext("Online") if activity.is_online else ""
    return ", ".join(filter(None, (place, online)))


def people_sentence(people: People) -> str:
    """Of the state, in all activities that are done and may be read of."""
    if not people.total:
        return ""
    words = ngettext(
        "From the state, %(people)s took part in %(n)s activity that is done: women %(women)s, men %(men)s, "
        "other %(other)s, not stated %(not_stated)s.",
        "From the state, %(people)s took part in %(n)s activities that are done: women %(women)s, men %(men)s, "
        "other %(other)s, not stated %(not_stated)s.",
        people.activities,
    )
    women, men, other, not_stated = people.figures
    given = {"women": women, "men": men, "other": other, "not_stated": not_stated}
    return words % {"people": people.total, "n": people.activities, **given}
