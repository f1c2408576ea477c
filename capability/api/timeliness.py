"""Who sent on time, late or not at all, for programs of the programme's staff."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import ChoiceFilter, FilterSet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from capability.api.filters import RoundFilter, StateFilter
from capability.models import Update
from capability.timeliness import KINDS, kind_of
from common.api.views import Asked

SENT = [(kind, kind) for kind in KINDS[:3]]


class TimelinessSerializer(serializers.ModelSerializer[Update]):
    state: Any = serializers.SlugField(source="state.slug", read_only=True)
    round: Any = serializers.SlugField(source="round.slug", read_only=True)
    due_on = serializers.DateField(read_only=True, help_text="With more time that was given.")
    first_sent_at = serializers.DateTimeField(read_only=True, allow_null=True)
    timeliness = serializers.SerializerMethodField()

    class Meta:
        model = Update
        fields = ("id", "state", "round", "due_on", "first_sent_at", "timeliness")

    @extend_schema_field(serializers.ChoiceField(choices=KINDS))
    def get_timeliness(self, update: Update) -> str:
        return kind_of(update)


class TimelinessFilter(FilterSet):
    state = StateFilter()
    round = RoundFilter()
    timeliness = ChoiceFilter(choices=SENT, help_text="Missing holds what is not due yet as well.")

    class Meta:
        model = Update
        fields = ("state", "round", "timeliness")


class TimelinessViewSet(ListModelMixin, Asked):
    """Each update of each round that was opened: when it was due and first sent. For the programme's staff."""

    model, serializer_class, filterset_class = Update, TimelinessSerializer, TimelinessFilter
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        opened = Update.objects.visible_to(user).in_rounds().exclude(round__opened_at=None)
        return opened.with_timeliness().select_related("state", "round")

    @extend_schema(operation_id="rounds_timeliness")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not request.user.has_perm("capability.view_inbox"):
            raise PermissionDenied(_("When each state sent its updates is for the programme’s staff."))
        return super().list(request, *args, **kwargs)
