"""What waits about documents: links that lead nowhere, as one thing, for they are looked through together."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.rules import is_officer
from common.days import day_of
from documents.models import Link
from notices.duties import Duty, duty_kind


def register() -> None:
    duty_kind(
        "broken links",
        heading=gettext_lazy("Documents to check"),
        verb=pgettext_lazy("to do", "Check"),
        find=broken,
    )


def broken(person: Any) -> Iterable[Duty]:
    if not is_officer(person):
        return []
    links = Link.objects.visible_to(person).filter(failures__gte=Link.FAILURES)
    found = links.aggregate(number=Count("pk"), since=Min("failed_since"))
    if not found["number"]:
        return []
    words = ngettext("%(n)d link leads nowhere", "%(n)d links lead nowhere", found["number"])
    return [Duty(words % {"n": found["number"]}, reverse("link-list"), since=day_of(found["since"]))]
