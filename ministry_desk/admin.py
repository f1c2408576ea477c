"""That letters were sent, by whom and until when. What they ask, whom, and what was answered belongs to the state."""

from django.contrib import admin

from accounts.desk import Desk
from ministry_desk.models import Letter


@admin.register(Letter)
class LetterDesk(Desk):
    may_add = may_change = False
    list_display = ("pk", "asked_by", "language", "queued_at", "status", "sent_at", "taken_at", "until", "closed_at")
    list_filter = ("status", "language")
    list_select_related = ("asked_by",)
    search_fields = ("asked_by__name", "asked_by__email")
    fields = (
        "asked_by",
        "number",
        "language",
        "status",
        "reason",
        "queued_at",
        "sent_at",
        "taken_at",
        "until",
        "closed_at",
    )
