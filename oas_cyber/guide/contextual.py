"""Where the "Help" link of a page leads."""

from django.http import HttpRequest
from django.urls import reverse

from oas_cyber.guide.tasks import OF_PAGE


def help_url(request: HttpRequest) -> str:
    """The task that the page serves; the index where there is none."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    task = OF_PAGE.get(here)
    return reverse("help-task", args=[task.slug]) if task else reverse("help")
