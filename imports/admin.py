from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.desk import ReadDesk
from imports.models import TableImport, TableRun


@admin.register(TableImport)
class TableImportDesk(ReadDesk):
    list_display = fields = readonly_fields = ("kind", "of", "by", "made_at", "imported_at", "size")
    list_select_related = ("by",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TableImport]:
        return super().get_queryset(request).defer("content", "rows", "made")


@admin.register(TableRun)
class TableRunDesk(ReadDesk):
    list_display = fields = readonly_fields = ("sheet", "status", "attempts", "queued_at", "finished_at", "reason")
    list_select_related = ("sheet",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TableRun]:
        return super().get_queryset(request).defer("sheet__content", "sheet__rows", "sheet__made")
