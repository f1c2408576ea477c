"""The point's own record on the page of its activity: a course, an exercise, a mission.

A part of the app that keeps such a record says so beside its views:

@record("action_plan/of_course.html")
def course_of(activity, user):
    return {"course": ...}  # None when this activity has none, or `user` may not see it

The template is included with the activity as `activity` and what the function gave as `record`.
"""

from collections.abc import Callable
from typing import Any

from action_plan.models import Activity

Finder = Callable[[Activity, Any], Any]
_finders: dict[str, Finder] = {}


def record(template: str) -> Callable[[Finder], Finder]:
    def _keep(finder: Finder) -> Finder:
        _finders[template] = finder
        return finder

    return _keep


def records_of(activity: Activity, user: Any) -> list[tuple[str, Any]]:
    """(template, record) of each that this activity has and `user` may see."""
    found = ((template, finder(activity, user)) for template, finder in _finders.items())
    return [(template, one) for template, one in found if one]
