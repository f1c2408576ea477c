"""What waits about reports that could not be made, and about documents: links that lead nowhere, as one thing, for they
are looked through together."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.rules import is_officer
from common.days import day_of
from documents.models import Link
from notices.duties import MOST, Duty, duty_kind
from reporting.models import Run


def register() -> None:
    duty_kind(
        "report failed",
        heading=gettext_lazy("Reports that could not be made"),
        verb=pgettext_lazy("to do", "Try again"),
        find=failed,
        page="run-list",
    )
    duty_kind(
        "broken links",
        heading=gettext_lazy("Documents to check"),
        verb=pgettext_lazy("to do", "Check"),
        find=broken,
    )


def failed(person: Any) -> Iterable[Duty]:
    if not person.has_perm("reporting.retry_run"):
        return []
    runs = Run.objects.visible_to(person).failed_of_late().select_related("state", "round", "agreement", "schedule")
    return [_run(run) for run in runs.order_by("finished_at")[: MOST + 1]]


def _run(run: Run) -> Duty:
    since = day_of(run.finished_at) if run.finished_at else None
    what = f"{run.get_kind_display()}, {run.about}"
    return Duty(what, run.get_absolute_url(), state=run.state, since=since, note=run.why)


def broken(person: Any) -> Iterable[Duty]:
    if not is_officer(person):
        return []
    links = Link.objects.visible_to(person).filter(failures__gte=Link.FAILURES)
    found = links.aggregate(number=Count("pk"), since=Min("failed_since"))
    if not found["number"]:
        return []
    words = ngettext("%(n)d link leads nowhere", "%(n)d links lead nowhere", found["number"])
    return [Duty(words % {"n": found["number"]}, reverse("link-list"), since=day_of(found["since"]))]
