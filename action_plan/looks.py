"""The ways to look at activities, as tabs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def ways_to_look(here: str, query: str = "", *, has_feeds: bool = True) -> list[dict[str, Any]]:
    asked = f"?{query}" if query else ""
    tabs = [
        {"url": reverse("activity-list") + asked, "label": _("List"), "current": here == "list"},
        {"url": reverse("activity-calendar") + asked, "label": _("Calendar"), "current": here == "calendar"},
    ]
    feeds = {"url": reverse("calendar-feeds"), "label": _("In your own calendar"), "current": here == "feeds"}
    return [*tabs, feeds] if has_feeds else tabs
