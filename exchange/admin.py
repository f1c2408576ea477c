"""What programs exchange, to be looked at: it is made by programs and by the portal itself."""

from typing import ClassVar

from django.contrib import admin

from accounts.desk import ReadDesk
from exchange.models import Mirroring


@admin.register(Mirroring)
class MirroringDesk(ReadDesk):
    """Work of an alert on its way into collections; an administrator sees that of alerts they may read."""

    list_display = ("__str__", "status", "queued_at", "finished_at", "attempts")
    list_filter: ClassVar = ("status",)
    readonly_fields = ("alert", "collection", "status", "attempts", "queued_at", "not_before", "finished_at", "reason")
    fields = readonly_fields
