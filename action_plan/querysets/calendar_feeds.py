"""The address of a calendar is its maker's, and nobody else's."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.scope import reach_of

if TYPE_CHECKING:
    from action_plan.models import CalendarFeed


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: Any) -> "CalendarFeedQuerySet":
        reach = reach_of(user)
        if reach.staff and reach.person is None:  # the programme's own work, which is nobody of its staff
            return self
        return self.filter(person=reach.person) if reach.person else self.none()

    def usable(self) -> "CalendarFeedQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), person__is_active=True)

    def note_use(self, feed: "CalendarFeed") -> None:
        """To the minute: a program that asks often does not write each time."""
        now = timezone.now()
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
        self.filter(stale, pk=feed.pk).update(last_used_at=now)
