"""What every template knows: whether this is a trial, and the way around."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from oas_cyber.navigation import navigation_of


def site(request: HttpRequest) -> dict[str, Any]:
    return {"trial": settings.TRIAL, "languages": settings.LANGUAGES, "navigation": navigation_of(request)}
