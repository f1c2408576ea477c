from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from action_plan.api.of_activity import OfActivitySerializer
from action_plan.models import Course, CourseSession
from action_plan.training_filter import CourseFilter
from common.api.views import Reading


class CourseSessionSerializer(serializers.ModelSerializer):
    class Meta:
        model = CourseSession
        fields = ("title", "starts_at", "ends_at", "trainer", "place")


class CourseSerializer(OfActivitySerializer):
    is_open = serializers.BooleanField(read_only=True, help_text="Nominations are taken.")
    sessions: Any = CourseSessionSerializer(many=True, read_only=True, source="sessions_in_sight")

    class Meta:
        model = Course
        fields = (
            "slug",
            "title",
            "status",
            "starts_on",
            "ends_on",
            "language",
            "level",
            "seats",
            "nominations_close_on",
            "is_open",
            "needed",
            "aims",
            "prerequisites",
            "sessions",
        )


class CourseViewSet(Reading):
    """Courses with their sessions. Who is nominated is not told here: that is personal data."""

    model, serializer_class, filterset_class = Course, CourseSerializer, CourseFilter
    lookup_field, lookup_url_kwarg, lookup_value_converter = "activity__slug", "slug", "slug"
    ordering = ("-nominations_close_on", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        sessions = CourseSession.objects.visible_to(user).order_by("starts_at", "pk")
        courses = Course.objects.visible_to(user).select_related("activity")
        return courses.prefetch_related(Prefetch("sessions", sessions, to_attr="sessions_in_sight"))
