from django.contrib import admin

from accounts.desk import Desk
from notices.models import DeadAddress


@admin.register(DeadAddress)
class DeadAddressDesk(Desk):
    """Marked and ended on the page of mail that did not arrive."""

    may_add = False
    may_change = False
    list_display = ("person", "address", "reason", "at", "by", "ended_at")
    list_filter = ("at", "ended_at")
    search_fields = ("person__name", "address")
