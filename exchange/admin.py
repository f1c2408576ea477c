"""What programs exchange, and the tokens they sign in with, to be looked at; no secret."""

from typing import ClassVar

from django.contrib import admin

from accounts.desk import ReadDesk
from exchange.models import MachineToken, Mirroring


@admin.register(MachineToken)
class MachineTokenDesk(ReadDesk):
    """The team's own, as its feeds and webhooks are: an administrator who is of no team finds none."""

    list_display = fields = readonly_fields = ("team", "made_at", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("team",)


@admin.register(Mirroring)
class MirroringDesk(ReadDesk):
    """Work of an alert on its way into collections; an administrator sees that of alerts they may read."""

    list_display = ("__str__", "status", "queued_at", "finished_at", "attempts")
    list_filter: ClassVar = ("status",)
    readonly_fields = ("alert", "collection", "status", "attempts", "queued_at", "not_before", "finished_at", "reason")
    fields = readonly_fields
