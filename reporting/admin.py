from django.contrib import admin

from accounts.desk import Desk
from reporting.models import Schedule


@admin.register(Schedule)
class ScheduleDesk(Desk):
    may_add = False  # made on its own page, in plain words
    list_display = ("pk", "kind", "every", "at", "time_zone", "is_active")
    list_filter = ("kind", "every", "is_active")
    search_fields = ("pk",)
    filter_horizontal = ("states", "recipients")
