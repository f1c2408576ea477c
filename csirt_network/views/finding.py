"""The alert that a page is about. What may not be read looks like what is not there."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from csirt_network.models import Alert


def find_alert(request: HttpRequest, pk: int) -> Alert:
    """One that is out; drafts have pages of their own."""
    alerts: Any = Alert.objects.visible_to(request.user).out()
    return get_object_or_404(alerts.select_related("from_team__state", "author"), pk=pk)
