"""Commitments, what was delivered on them, and contributions: the same rows and filters as their pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.once import KEY_HEADER, key_of, once
from common.api.problems import Conflict, Unready
from common.api.views import Asked, Reading
from partnerships.actions.deliveries import report
from partnerships.contribution_page import name_activities
from partnerships.filters.promises import CommitmentFilter, ContributionFilter
from partnerships.forms.commitments import DeliveryForm
from partnerships.models import Allocation, Commitment, Contribution, Delivery, Instalment
from partnerships.promises_of import commitments_for, contributions_for
from partnerships.views.promise_finding import REPORT, may
from review.actions import Refused


class SaidDelivery(serializers.ModelSerializer[Delivery]):
    class Meta:
        model = Delivery
        fields = ("id", "status", "what", "on", "link", "fulfils", "address")


class GivenDelivery(serializers.Serializer[Any]):
    what = serializers.CharField(max_length=4000)
    on = serializers.DateField(help_text="When it was delivered.")
    link = serializers.URLField(required=False, allow_blank=True, max_length=400, help_text="What shows it.")
    fulfils = serializers.BooleanField(required=False, help_text="The commitment is kept with this.")


class CommitmentSerializer(serializers.ModelSerializer[Commitment]):
    agreement = serializers.SlugField(source="agreement.slug", read_only=True)
    partner: Any = serializers.SlugField(
        source="party.partner.slug", read_only=True, default=None, allow_null=True, help_text="None: the OAS."
    )
    what = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True, help_text="open, on track, overdue or delivered.")
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)
    activities = serializers.IntegerField(source="activities_seen", read_only=True, help_text="That you may read of.")
    deliveries = SaidDelivery(source="deliveries_seen", many=True, read_only=True)

    class Meta:
        model = Commitment
        fields = (
            "id",
            "agreement",
            "partner",
            "what",
            "due",
            "status",
            "objectives",
            "points",
            "activities",
            "source",
            "deliveries",
            "address",
        )


class CommitmentViewSet(Reading):
    """What parties of agreements undertook, with what was delivered as far as you may read it."""

    model, serializer_class, filterset_class = Commitment, CommitmentSerializer, CommitmentFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        deliveries = Delivery.objects.visible_to(user).order_by("-on", "-pk")
        found = commitments_for(user).select_related("agreement", "party__partner", "source")
        return found.prefetch_related(Prefetch("deliveries", deliveries, to_attr="deliveries_seen"))

    @extend_schema(
        operation_id="commitments_deliver",
        request=GivenDelivery,
        responses={200: SaidDelivery, 201: SaidDelivery},
        parameters=[KEY_HEADER],
    )
    def deliver(self, request: Request, pk: int) -> Response:
        """Report a delivery; it is sent to the programme at once. Files are added on its page.

        The same key again gives the same answer (200 instead of 201).
        """
        commitment: Any = self.rows(request.user).filter(pk=pk).first()
        if commitment is None:
            raise Http404
        if not may(request.user, REPORT, commitment):
            raise PermissionDenied(_("Deliveries are reported by the partner that undertook the commitment."))
        given = GivenDelivery(data=request.data)
        given.is_valid(raise_exception=True)
        form = DeliveryForm({name: value for name, value in given.data.items() if value}, user=request.user)
        if not form.is_valid():
            raise ValidationError({name: [str(error) for error in errors] for name, errors in form.errors.items()})
        key, by = key_of(request), request.user

        def make() -> tuple[int, bool]:
            facts = form.facts()
            try:
                made = report(commitment=commitment, key=key, facts=facts, uploads=(), send=True, by=by)
            except Refused as refusal:
                raise Conflict(str(refusal)) from refusal
            if any(getattr(made, name) != value for name, value in facts.items()):  # of a colleague, or of a day ago
                raise Unready(_("Something else was sent with this key. Send a new key with each new thing."), [])
            return made.pk, True

        made, is_new = once(request, make)
        delivery = Delivery.objects.visible_to(by).get(pk=made)
        return Response(SaidDelivery(delivery).data, status=201 if is_new else 200)


class ContributionSerializer(serializers.ModelSerializer[Contribution]):
    agreement = serializers.SlugField(source="agreement.slug", read_only=True)
    partner: Any = serializers.SlugField(source="giver.partner.slug", read_only=True, default=None, allow_null=True)
    what = serializers.CharField(read_only=True)
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)
    currency = serializers.CharField(read_only=True, help_text="ISO 4217; empty: not stated.")
    received: Any = serializers.DecimalField(
        16, 2, read_only=True, allow_null=True, help_text="For the giver and the programme’s staff."
    )
    set_aside: Any = serializers.DecimalField(
        16, 2, read_only=True, allow_null=True, help_text="For activities and states; for the same readers."
    )
    spent: Any = serializers.DecimalField(16, 2, read_only=True, allow_null=True, help_text="Of that; as before.")

    class Meta:
        model = Contribution
        fields = (
            "slug",
            "agreement",
            "partner",
            "kind",
            "what",
            "precision",
            "amount",
            "currency",
            "as_stated",
            "programme",
            "announced_on",
            "announced_by",
            "received",
            "set_aside",
            "spent",
            "source",
            "address",
        )


class InstalmentSerializer(serializers.ModelSerializer[Instalment]):
    class Meta:
        model = Instalment
        fields = ("amount", "due_on", "received_on", "note")


class AllocationSerializer(serializers.ModelSerializer[Allocation]):
    activity: Any = serializers.SlugField(
        source="named.slug", read_only=True, default=None, allow_null=True, help_text="If you may read of it."
    )
    state: Any = serializers.SlugField(source="state.slug", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Allocation
        fields = ("activity", "state", "point", "amount", "spent", "note")


class OfContribution(ListModelMixin, Asked):
    """Of a contribution that you may read; nothing but for its giver and the programme’s staff."""

    def rows(self, user: Any) -> QuerySet[Any]:
        contribution = get_object_or_404(contributions_for(user), slug=self.kwargs["slug"])
        return self.model.objects.visible_to(user).filter(contribution=contribution)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)]))
class InstalmentViewSet(OfContribution):
    """What is due of a contribution and what came in, for its giver and the programme’s staff."""

    model, serializer_class = Instalment, InstalmentSerializer


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)]))
class AllocationViewSet(OfContribution):
    """What a contribution is set aside for, and what of it is spent; for its giver and the programme’s staff."""

    model, serializer_class = Allocation, AllocationSerializer

    def rows(self, user: Any) -> QuerySet[Any]:
        return super().rows(user).select_related("state", "contribution")

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        page = list(super().paginate_queryset(queryset) or [])
        name_activities(page, self.request.user)
        return page


class ContributionViewSet(Reading):
    """What was given, as it was stated. `precision` says how the amount is meant; currencies are never added."""

    model, serializer_class, filterset_class = Contribution, ContributionSerializer, ContributionFilter
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return contributions_for(user).select_related("agreement", "giver__partner", "source")
