"""What programs exchange, and the tokens they sign in with, to be looked at; no secret."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.desk import ReadDesk
from exchange.models import (
    AssetClaim,
    Collection,
    EarlyWarning,
    Import,
    ImportRun,
    MachineToken,
    Mirroring,
    Observable,
    Push,
    Reference,
    StixObject,
    WarningLook,
)


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


@admin.register(Collection)
class CollectionDesk(ReadDesk):
    list_display = ("__str__", "kind", "made_at")
    list_filter: ClassVar = ("kind",)
    readonly_fields = fields = ("uuid", "kind", "group", "team", "made_at")


@admin.register(StixObject)
class StixObjectDesk(ReadDesk):
    """Those that an administrator reads anyway, and without what they say."""

    list_display = ("stix_id", "type", "collection", "tlp", "date_added", "gone_at")
    list_filter: ClassVar = ("type", "tlp")
    search_fields: ClassVar = ("=stix_id",)
    list_select_related: ClassVar = ("collection",)
    readonly_fields = fields = ("stix_id", "type", "collection", "tlp", "date_added", "version", "from_team", "gone_at")


@admin.register(Observable)
class ObservableDesk(ReadDesk):
    list_display = ("kind", "value", "object")
    list_filter: ClassVar = ("kind",)
    search_fields: ClassVar = ("=value",)
    list_select_related: ClassVar = ("object",)
    readonly_fields = fields = ("kind", "value", "object")


@admin.register(Reference)
class ReferenceDesk(ReadDesk):
    list_display = ("stix_id", "object")
    search_fields: ClassVar = ("=stix_id",)
    list_select_related: ClassVar = ("object",)
    readonly_fields = fields = ("stix_id", "object")


@admin.register(Push)
class PushDesk(ReadDesk):
    """Counts and times; what was pushed is the team's."""

    list_display = ("uuid", "team", "status", "count", "queued_at", "finished_at", "attempts")
    list_filter: ClassVar = ("status",)
    readonly_fields = fields = (
        "uuid", "team", "collection", "status", "count", "attempts", "queued_at", "not_before", "finished_at", "reason",
    )  # fmt: skip


@admin.register(Import)
class ImportDesk(ReadDesk):
    """The team's own, as its tokens are: an administrator who is of no team finds none."""

    list_display = fields = readonly_fields = ("team", "format", "size", "made_at")
    list_select_related = ("team",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Import]:
        return super().get_queryset(request).defer("content", "rows")


@admin.register(ImportRun)
class ImportRunDesk(ReadDesk):
    list_display = fields = readonly_fields = ("importing", "status", "queued_at", "finished_at", "attempts", "reason")
    list_filter: ClassVar = ("status",)


@admin.register(AssetClaim)
class AssetClaimDesk(ReadDesk):
    list_display = ("value", "kind", "team", "status", "asked_by", "asked_at")
    list_select_related = ("team", "asked_by")


@admin.register(EarlyWarning)
class EarlyWarningDesk(ReadDesk):
    list_display = ("team", "kind", "item", "status", "found_at")
    list_select_related = ("team",)


@admin.register(WarningLook)
class WarningLookDesk(ReadDesk):
    list_display = ("pk", "status", "attempts", "queued_at", "finished_at")
