from django.contrib import admin

from accounts.desk import Desk
from audit.models import Seal


@admin.register(Seal)
class SealDesk(Desk):
    may_add = may_change = False
    list_display = ("head", "made_at", "entries")
    ordering = ("-id",)
