from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.desk import Desk
from reporting.due import queue_due
from reporting.models import Schedule


@admin.register(Schedule)
class ScheduleDesk(Desk):
    may_add = False  # made on its own page, in plain words
    list_display = ("pk", "kind", "every", "at", "time_zone", "is_active")
    list_filter = ("kind", "every", "is_active")
    search_fields = ("pk",)
    readonly_fields = ("kind",)  # what a schedule needs depends on it
    filter_horizontal = ("states", "recipients")

    def save_model(self, request: HttpRequest, obj: Schedule, form: Any, change: bool) -> None:
        """What was due before is made as it was ordered; the new timing counts from now."""
        queue_due(Schedule.objects.visible_to(request.user).get(pk=obj.pk))
        obj.since = timezone.now()
        super().save_model(request, obj, form, change)
