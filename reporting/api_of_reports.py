"""Reports that were made, schedules, and what was sent to whom, as their pages show them."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django_filters import BooleanFilter, FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request

from capability.api.filters import StateFilter
from common.api.problems import MEDIA_TYPE, Gone
from common.api.schema import Problem
from common.api.views import Asked, OneKind, Reading
from reporting.archive import told_of
from reporting.filters import DeliveryFilter
from reporting.models import Delivery, Run, RunFile, Schedule
from reporting.slots import next_slot
from reporting.views.reports import MEDIA_TYPES, expired_words, file_response
from reporting.views.schedules import with_names


class ReportFileSerializer(serializers.ModelSerializer[RunFile]):
    address = serializers.SerializerMethodField(help_text="Where people download it.")
    content = serializers.SerializerMethodField(help_text="Where programs do.")

    class Meta:
        model = RunFile
        fields = ("id", "language", "format", "size", "sha256", "expired_at", "address", "content")
        extra_kwargs: ClassVar = {
            "expired_at": {"help_text": "When its content went, after which nobody can download it."}
        }

    def get_address(self, file: RunFile) -> str:
        return settings.SITE_URL + reverse("run-file", args=[file.run_id, file.language, file.format])

    def get_content(self, file: RunFile) -> str:
        return settings.SITE_URL + reverse("api-report-file", args=[file.pk])


class ReportSerializer(serializers.ModelSerializer[Run]):
    about = serializers.CharField(read_only=True)
    state: Any = serializers.SlugField(source="state.slug", read_only=True, default=None, allow_null=True)
    files: Any = ReportFileSerializer(source="files_in_sight", many=True, read_only=True)

    class Meta:
        model = Run
        fields = ("id", "kind", "about", "state", "slot", "as_of", "languages", "files")


class ReportFilter(FilterSet):
    state = StateFilter()

    class Meta:
        model = Run
        fields = ("kind", "state")


class ReportViewSet(Reading):
    """Finished reports, with their files: of your state and network; for the programme’s staff all."""

    model, serializer_class, filterset_class = Run, ReportSerializer, ReportFilter
    lookup_value_converter = "int"
    ordering = ("-slot", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        files = RunFile.objects.visible_to(user).order_by("language", "format")
        runs = Run.objects.visible_to(user).ready()
        runs = runs.select_related("state", "round", "agreement", "schedule")
        return runs.prefetch_related(Prefetch("files", files, to_attr="files_in_sight"))


class ReportFileViewSet(Asked):
    """A file of a report that you may read. Who takes it along is recorded, as on its page."""

    model, content_negotiation_class = RunFile, OneKind

    def rows(self, user: Any) -> QuerySet[Any]:
        return RunFile.objects.visible_to(user).with_run()

    @extend_schema(
        operation_id="reports_file",
        responses={
            **{(200, kind): OpenApiTypes.BINARY for kind in MEDIA_TYPES.values()},
            (410, MEDIA_TYPE): OpenApiResponse(Problem, description="Its content has expired"),
        },
    )
    def retrieve(self, request: Request, pk: int) -> FileResponse:
        file = get_object_or_404(self.get_queryset(), pk=pk)
        if file.expired_at:
            raise Gone(expired_words(file.expired_at))
        return file_response(request._request, file)


class SentReportSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="delivery.pk")
    report = serializers.IntegerField(source="delivery.run_id")
    kind = serializers.CharField(source="delivery.run.kind")
    about = serializers.CharField(source="delivery.run.about")
    recipient = serializers.CharField(source="delivery.name")
    language = serializers.CharField(source="delivery.language")
    at = serializers.DateTimeField(source="delivery.at")
    status = serializers.CharField(source="look")
    sent_at = serializers.DateTimeField(source="delivery.sent_at", allow_null=True)
    why = serializers.CharField(help_text="Why it was not sent, or not yet.")
    downloaded_at = serializers.DateTimeField(allow_null=True, help_text="When the recipient first took a file.")
    expired_at = serializers.DateTimeField(allow_null=True, help_text="When the content of its files went.")


class SentReportViewSet(ListModelMixin, Asked):
    """What was sent to whom, the newest first: for the programme’s staff."""

    model, serializer_class, filterset_class = Delivery, SentReportSerializer, DeliveryFilter
    permission = "reporting.view_reports"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return Delivery.objects.visible_to(user)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        page = [row.pk for row in super().paginate_queryset(queryset) or []]
        return told_of(self.request.user, self.rows(self.request.user).filter(pk__in=page).order_by("-pk"))


class ScheduleSerializer(serializers.ModelSerializer[Schedule]):
    states = serializers.SerializerMethodField(help_text="None: all that its kind is about.")
    at = serializers.SerializerMethodField(help_text="Local, in its time zone, such as 09:00.")
    recipients = serializers.SerializerMethodField(help_text="People of the programme whom it goes to, by name.")
    next_at = serializers.SerializerMethodField(help_text="When it is made next; null while it is paused.")

    class Meta:
        model = Schedule
        fields = (
            "id",
            "kind",
            "states",
            "sub_region",
            "period",
            "languages",
            "every",
            "weekday",
            "day",
            "at",
            "time_zone",
            "to_liaisons",
            "to_representatives",
            "recipients",
            "is_active",
            "next_at",
        )

    def get_at(self, schedule: Schedule) -> str:
        return f"{schedule.at:%H:%M}"

    @extend_schema_field(serializers.ListField(child=serializers.SlugField()))
    def get_states(self, schedule: Schedule) -> list[str]:
        return sorted(state.slug for state in schedule.states.all())

    def get_recipients(self, schedule: Schedule) -> list[str]:
        return [person.name for person in schedule.recipients.all()]

    def get_next_at(self, schedule: Schedule) -> datetime | None:
        return next_slot(schedule, timezone.now()) if schedule.is_active else None


class ScheduleFilter(FilterSet):
    is_active = BooleanFilter()

    class Meta:
        model = Schedule
        fields = ("kind", "is_active")


class ScheduleViewSet(Reading):
    """Reports that are made by themselves, and when: for the programme’s staff."""

    model, serializer_class, filterset_class = Schedule, ScheduleSerializer, ScheduleFilter
    permission = "reporting.view_reports"
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return with_names(user)
