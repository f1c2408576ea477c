"""The seven points in the region: what plans in force say of them, what goes on and comes, what is asked for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from action_plan.models import Activity, AskedSupport, CountryPlan, PlanVersion
from action_plan.text import of_versions
from common.mandate import Point

AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class PointRow:
    point: Point
    plans: int
    activities: int
    requests: int

    @property
    def name(self) -> str:
        return str(self.point.label)


class SevenPoints:
    """Four queries, as far as `user` may know: how many plans, activities and waiting requests for each point."""

    def __init__(self, user: Any) -> None:
        signed: Any = CountryPlan.objects.visible_to(user).in_force().with_version_in_force()
        versions = PlanVersion.objects.visible_to(user).in_bulk([plan.in_force_id for plan in signed])
        texts = of_versions(versions.values()).values()
        today = timezone.localdate()
        coming = Activity.objects.visible_to(user).between(today, today + AHEAD).standing()
        waiting = AskedSupport.objects.visible_to(user).waiting()
        activities, requests = by_point(coming), by_point(waiting)
        self.plans = len(texts)
        self.activities, self.requests = sum(activities.values()), sum(requests.values())
        self.rows = [
            PointRow(
                point,
                sum(line.point == point and line.is_needed for text in texts for line in text.lines),
                activities.get(point, 0),
                requests.get(point, 0),
            )
            for point in Point
        ]

    @property
    def most(self) -> int:
        return max((row.activities for row in self.rows), default=0) or 1


def by_point(rows: Any) -> dict[int | None, int]:
    """One query."""
    return dict(rows.order_by().values_list("point").annotate(Count("pk")))
