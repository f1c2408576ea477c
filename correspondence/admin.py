"""Notes, scans and points of contact, to be looked at: all is done on the pages of the portal."""

from typing import ClassVar

from django.contrib import admin

from accounts.desk import ReadDesk
from correspondence.models import Note, NoteScan, NoteSerial, PointOfContact


@admin.register(Note)
class NoteDesk(ReadDesk):
    """Of the states that an administrator reads of anyway."""

    list_display = ("__str__", "state", "purpose", "status", "issued_on", "reply_due_on")
    list_filter: ClassVar = ("status", "purpose")
    list_select_related: ClassVar = ("state",)
    readonly_fields = fields = (
        "state", "purpose", "language", "status", "year", "number", "issued_on", "reply_due_on", "sent_on", "sent_way",
        "replied_on", "outcome",
    )  # fmt: skip


@admin.register(NoteSerial)
class NoteSerialDesk(ReadDesk):
    list_display = readonly_fields = fields = ("year", "last")


@admin.register(NoteScan)
class NoteScanDesk(ReadDesk):
    list_display = ("__str__", "state", "matched", "brought_at")
    list_filter: ClassVar = ("matched",)
    list_select_related: ClassVar = ("state",)
    readonly_fields = fields = ("name", "size", "state", "matched", "found", "brought_at", "why_put_aside")


@admin.register(PointOfContact)
class PointOfContactDesk(ReadDesk):
    list_display = ("__str__", "state", "institution", "starts_on", "ends_on", "confirmed_on")
    list_select_related: ClassVar = ("state",)
    readonly_fields = fields = (
        "state", "name", "post", "institution", "email", "phone", "language", "starts_on", "ends_on", "confirmed_on",
        "named_reference", "ended_reference",
    )  # fmt: skip
