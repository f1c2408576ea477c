"""The support desk: what every page of the administration has in common."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Model, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.models import AuditEntry, User
from accounts.rules import is_administrator


class Desk(admin.ModelAdmin):
    """Inside both walls: rows by ``visible_to``, people searched for and never listed whole, nothing deleted.

    `may_add` and `may_change` open a table for editing; a status is never among its fields. The history of a record
    is the audit trail, as it is for everybody else.
    """

    may_add = True
    may_change = True
    list_per_page = 50
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model.objects.visible_to(request.user)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every foreign key is a search box, where there is a form at all."""
        if not (self.may_add or self.may_change):
            return []
        return [f.name for f in self.model._meta.get_fields() if isinstance(f, ForeignKey) and f.editable]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and is_administrator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_change and is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        entries = list(AuditEntry.objects.visible_to(request.user).of(record)[:100])
        names: dict[int | None, str] = dict(
            User.objects.filter(pk__in={e.by_id for e in entries}).values_list("pk", "name")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": record,
            "object": record,
            "opts": self.opts,
            "entries": [(entry, names.get(entry.by_id, "")) for entry in entries],
        }
        return TemplateResponse(request, "admin/history.html", context)


class DeskInline(admin.StackedInline):
    """Stacked: in a table, Django's fields have no label of their own."""

    extra = 0
    formfield_overrides = Desk.formfield_overrides

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [f.name for f in self.model._meta.get_fields() if isinstance(f, ForeignKey) and f.editable]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ShownInline(DeskInline):
    """To be read here; what stands in it is made on the pages of the portal."""

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return []

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadDesk(Desk):
    """For what is made on the pages of the portal: to be read here, and nothing else."""

    may_add = may_change = False
