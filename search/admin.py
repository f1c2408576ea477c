"""What is in the index, and what waits to be indexed. Nothing is changed by hand."""

from django.contrib import admin

from accounts.desk import Desk
from search.models import Entry, Stale


@admin.register(Entry)
class EntryDesk(Desk):
    may_add = may_change = False
    list_display = ("kind", "object_id", "state", "audience")
    list_select_related = ("state",)
    list_filter = ("kind", "audience")
    search_fields = ("=object_id",)


@admin.register(Stale)
class StaleDesk(Desk):
    may_add = may_change = False
    list_display = ("kind", "key", "object_id")
    search_fields = ("=object_id",)
