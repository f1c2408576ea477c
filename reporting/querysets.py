"""Schedules are the staff's; finished reports are also their state's."""

from typing import TYPE_CHECKING, Any

from django.db import models

from common.scope import reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from reporting.models import Run, RunFile, Schedule


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def visible_to(self, user: Any) -> "ScheduleQuerySet":
        return self if reach_of(user).staff or getattr(user, "is_staff", False) else self.none()

    def active(self) -> "ScheduleQuerySet":
        return self.filter(is_active=True)


class RunQuerySet(JobQuerySet["Run"]):
    def visible_to(self, user: Any) -> "RunQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(state_id__in=reach.states, status="done")

    def ready(self) -> "RunQuerySet":
        return self.filter(status="done")

    def unfinished(self) -> "RunQuerySet":
        return self.filter(status__in=("queued", "running"))

    def failed(self) -> "RunQuerySet":
        return self.filter(status="failed")


class RunFileQuerySet(models.QuerySet["RunFile"]):
    def visible_to(self, user: Any) -> "RunFileQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(state_id__in=reach.states)
