"""An alert as STIX 2.1, for programs of people."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from common.api.views import OneKind
from csirt_network.api.alerts import AlertViewSet
from csirt_network.reads import note_reading
from exchange.stix.bundles import MEDIA_TYPE
from exchange.views.alerts import stix_response


class AlertStixViewSet(AlertViewSet):
    content_negotiation_class = OneKind

    @extend_schema(operation_id="alerts_stix", responses={(200, MEDIA_TYPE): OpenApiTypes.OBJECT})
    def stix(self, request: Request, pk: int) -> HttpResponse:
        """One alert as a bundle of STIX 2.1, with the sightings and comments that its reader sees."""
        alert = self._find(request, pk)
        note_reading(request._request, alert)
        return stix_response(alert, request.user)
