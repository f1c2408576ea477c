"""Where the "Help" link of a page leads."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from common.scope import reach_of
from oas_cyber.guide.tasks import OF_PAGE, OF_STAFF


def help_url(request: HttpRequest) -> str:
    """The task that the page serves for its reader; the index where there is none."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    task = (OF_STAFF.get(here) if reads_as_staff(request.user) else None) or OF_PAGE.get(here)
    return reverse("help-task", args=[task.slug]) if task else reverse("help")


def reads_as_staff(user: Any) -> bool:
    """To whom the tasks of staff are listed: the programme's staff and administrators."""
    return bool(reach_of(user).staff or getattr(user, "is_staff", False))
