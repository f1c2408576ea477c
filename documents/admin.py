from typing import Any

from django.contrib import admin

from accounts.desk import Desk
from documents.models import Link, Reading, Source


@admin.register(Source)
class SourceDesk(Desk):
    list_display = ("title", "publisher", "dated", "reference")
    search_fields = ("title", "publisher", "reference", "key")


@admin.register(Reading)
class ReadingDesk(Desk):
    list_display = ("fact", "state_id", "subject", "says_en", "source", "dated")
    list_filter = ("fact",)
    list_select_related = ("source",)
    search_fields = ("fact", "says_en", "source__title")


@admin.register(Link)
class LinkDesk(Desk):
    """Written by the link checker alone."""

    may_add = may_change = False
    list_display: Any = ("url", "checked_at", "status", "failures", "failed_since", "next_check_at")
    search_fields = ("url", "host")
