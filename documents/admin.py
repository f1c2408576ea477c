from django.contrib import admin

from accounts.desk import Desk
from documents.models import Source


@admin.register(Source)
class SourceDesk(Desk):
    list_display = ("title", "publisher", "dated", "reference")
    search_fields = ("title", "publisher", "reference", "key")
