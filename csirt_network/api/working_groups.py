"""Working groups for programs: their mandates for the network; meetings and papers for those who take part."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from common.api.views import Asked, Reading
from common.days import today
from common.moments import MomentFilter
from common.tlp import Tlp
from csirt_network.models import (
    Meeting,
    Paper,
    Proposal,
    Vote,
    WorkingGroup,
    WorkingGroupMember,
    WorkingGroupSeat,
)

GROUP = OpenApiParameter("group", OpenApiTypes.STR, "path", description="Its slug.")
of_one_group = extend_schema_view(list=extend_schema(parameters=[GROUP]))


class WorkingGroupMemberSerializer(serializers.ModelSerializer):
    team = serializers.SlugField(source="team.slug", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = WorkingGroupMember
        fields = ("team", "name", "role", "since")


class WorkingGroupSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="__str__", read_only=True)
    mandate = serializers.CharField(source="aim", read_only=True)
    chair: Any = serializers.SlugField(source="chair_team.slug", read_only=True, default=None, allow_null=True)
    is_running = serializers.BooleanField(read_only=True)
    members: Any = WorkingGroupMemberSerializer(
        many=True, read_only=True, source="members_in_sight", help_text="For those who take part."
    )

    class Meta:
        model = WorkingGroup
        fields = ("slug", "name", "mandate", "chair", "is_open", "is_running", "starts_on", "ends_on", "members")


class WorkingGroupFilter(FilterSet):
    is_running = BooleanFilter(method="running")
    takes_part = BooleanFilter(method="seated", help_text="A team of yours has a seat.")

    class Meta:
        model = WorkingGroup
        fields = ("is_open", "is_running", "takes_part")

    def running(self, groups: Any, _name: str, wanted: bool) -> Any:
        return groups.running() if wanted else groups.filter(ends_on__lt=today())

    def seated(self, groups: Any, _name: str, wanted: bool) -> Any:
        mine = Q(pk__in=WorkingGroupSeat.objects.visible_to(self.request.user).own(self.request.user).values("group"))
        return groups.filter(mine if wanted else ~mine)


class WorkingGroupViewSet(Reading):
    """The working groups of the network. What they do is read by the teams that take part, and by the programme."""

    model, serializer_class, filterset_class = WorkingGroup, WorkingGroupSerializer, WorkingGroupFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"
    ordering = ("slug",)

    def rows(self, user: Any) -> QuerySet[Any]:
        members = WorkingGroupMember.objects.visible_to(user).select_related("team", "person")
        groups = WorkingGroup.objects.visible_to(user).select_related("chair_team")
        return groups.prefetch_related(Prefetch("members", members, to_attr="members_in_sight"))


class OfGroup(ListModelMixin, Asked):
    """Of one working group that the token's owner sees; empty where no team of theirs takes part."""

    def rows(self, user: Any) -> QuerySet[Any]:
        group = get_object_or_404(WorkingGroup.objects.visible_to(user), slug=self.kwargs["group"])
        rows: QuerySet[Any] = self.model.objects.visible_to(user).filter(group=group)
        return rows


class MeetingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Meeting
        fields = ("id", "title", "starts_at", "ends_at", "place", "link", "agenda", "changed_at")


class MeetingFilter(FilterSet):
    since = MomentFilter(field_name="ends_at", lookup_expr="gte", help_text="That end at this moment or later.")
    until = MomentFilter(field_name="starts_at", lookup_expr="lt", help_text="That begin before this moment.")

    class Meta:
        model = Meeting
        fields = ("since", "until")


@of_one_group
class MeetingViewSet(OfGroup):
    """The calendar of a working group, the latest first."""

    model, serializer_class, filterset_class = Meeting, MeetingSerializer, MeetingFilter
    ordering = ("-starts_at", "-pk")


class VoteSerializer(serializers.ModelSerializer):
    team = serializers.SlugField(source="team.slug", read_only=True)

    class Meta:
        model = Vote
        fields = ("team", "choice", "at")


class ProposalSerializer(serializers.ModelSerializer):
    is_open = serializers.BooleanField(read_only=True)
    votes: Any = VoteSerializer(
        many=True, read_only=True, source="votes_in_sight", help_text="Until it is closed those of your own teams."
    )

    class Meta:
        model = Proposal
        fields = ("id", "title", "text", "opened_at", "closes_at", "is_open", "votes")


class ProposalFilter(FilterSet):
    is_open = BooleanFilter(method="opened")

    class Meta:
        model = Proposal
        fields = ("is_open",)

    def opened(self, proposals: Any, _name: str, wanted: bool) -> Any:
        return proposals.open() if wanted else proposals.closed()


@of_one_group
class ProposalViewSet(OfGroup):
    """What a working group votes on, and who voted what once it is closed."""

    model, serializer_class, filterset_class = Proposal, ProposalSerializer, ProposalFilter
    ordering = ("-closes_at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        votes = Vote.objects.visible_to(user).select_related("team").order_by("team__slug")
        return super().rows(user).prefetch_related(Prefetch("votes", votes, to_attr="votes_in_sight"))


class PaperSerializer(serializers.ModelSerializer):
    minutes_of = serializers.IntegerField(source="meeting_id", read_only=True, allow_null=True)
    address = serializers.SerializerMethodField(help_text="Where people who take part download it.")

    class Meta:
        model = Paper
        fields = ("title", "tlp", "minutes_of", "name", "media_type", "size", "sha256", "at", "address")

    def get_address(self, paper: Paper) -> str:
        return settings.SITE_URL + reverse("working-group-paper", args=[paper.group.slug, paper.token])


class PaperFilter(FilterSet):
    tlp = ChoiceFilter(choices=[choice for choice in Tlp.choices if choice[0] != Tlp.RED])
    minutes_of = CharFilter(method="of_meeting", help_text="The number of a meeting.")

    class Meta:
        model = Paper
        fields = ("tlp", "minutes_of")

    def of_meeting(self, papers: Any, _name: str, number: str) -> Any:
        return papers.filter(meeting=int(number)) if number.isdecimal() and len(number) < 10 else papers.none()


@of_one_group
class PaperViewSet(OfGroup):
    """Papers and minutes of a working group, as links, each with its TLP label: keep to it."""

    model, serializer_class, filterset_class = Paper, PaperSerializer, PaperFilter
    ordering = ("-at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return super().rows(user).select_related("group")
