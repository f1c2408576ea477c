"""Whether a certificate holds, for programs: what anybody with its number is told on the page."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import refuse_too_often
from action_plan.models import Certificate
from action_plan.participants import verified
from action_plan.views.participants import MOST_LOOKS, SECONDS
from common.api.schema import UNCOUNTED
from common.api.views import Asked


class VerificationSerializer(serializers.Serializer):
    number = serializers.CharField()
    name = serializers.CharField(help_text="Of the participant.")
    title = serializers.CharField(help_text="Of the course.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    issued_on = serializers.DateField()
    is_valid: Any = serializers.SerializerMethodField()
    revoked_on = serializers.DateField(allow_null=True, help_text="Why is never said.")
    was_replaced = serializers.BooleanField()

    def get_is_valid(self, found: Any) -> bool:
        return found.revoked_on is None


class VerificationViewSet(Asked):
    """Numbers are not listed, and looks are counted as on the page."""

    model, serializer_class = Certificate, VerificationSerializer

    def rows(self, user: Any) -> QuerySet[Any]:
        return Certificate.objects.none()  # told by its number alone

    @extend_schema(operation_id="certificates_verify", responses={200: VerificationSerializer, **UNCOUNTED})
    def retrieve(self, request: Request, number: str) -> Response:
        """With or without dashes. A number that is none and one that nobody has are answered alike."""
        refuse_too_often(request, MOST_LOOKS, SECONDS, of="verify")
        found = verified(number)
        if found is None:
            raise Http404
        return Response(VerificationSerializer(found).data)
