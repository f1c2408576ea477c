"""What an agreement's page, cards and timeline show of its commitments, deliveries and contributions."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from common.days import today
from partnerships.contribution_page import page_of
from partnerships.models import Agreement, Commitment, CommitmentActivity, Contribution, Delivery, DeliveryFile
from partnerships.views.promise_finding import WRITE, may

MOST_DELIVERIES = 10
SETTLED = ("delivered",)


def commitments_for(user: Any) -> QuerySet[Commitment]:
    """With `status`, `activities_seen` and who undertook it; those without a date come last."""
    links = CommitmentActivity.objects.visible_to(user).filter(commitment=OuterRef("pk")).order_by()
    counted = links.values("commitment").annotate(n=Count("pk")).values("n")
    found = Commitment.objects.visible_to(user).with_status().select_related("party__partner", "source")
    return found.annotate(activities_seen=Coalesce(Subquery(counted), 0)).order_by("due_by", "pk")


def contributions_for(user: Any) -> QuerySet[Contribution]:
    found = Contribution.objects.visible_to(user).with_sums(user)
    return found.select_related("giver__partner", "source").order_by("pk")


def deliveries_for(user: Any) -> QuerySet[Delivery]:
    """With `proofs`, the number of files and links that prove it."""
    files = DeliveryFile.objects.visible_to(user).filter(delivery=OuterRef("pk")).order_by()
    counted = files.values("delivery").annotate(n=Count("pk")).values("n")
    found = Delivery.objects.visible_to(user).select_related("commitment__party__partner")
    return found.annotate(files_kept=Coalesce(Subquery(counted), 0)).order_by("-on", "-pk")


def funding_of(agreement: Agreement, user: Any) -> dict[str, Any]:
    held = list(contributions_for(user).filter(agreement=agreement))
    totals = Contribution.objects.visible_to(user).filter(agreement=agreement).per_currency()
    return {
        "pages": [page_of(one, user) for one in held],
        "totals": list(totals) if len(held) > 1 else [],
        "may_write": may(user, WRITE),
    }


def commitments_of(agreement: Agreement, user: Any) -> dict[str, Any]:
    return {"commitments": list(commitments_for(user).filter(agreement=agreement)), "may_write": may(user, WRITE)}


def deliveries_of(agreement: Agreement, user: Any) -> dict[str, Any] | None:
    """What is due and nothing proves, then what was delivered."""
    found = list(deliveries_for(user).filter(commitment__agreement=agreement)[:MOST_DELIVERIES])
    for one in found:
        one.proofs = one.files_kept + bool(one.link)  # type: ignore[attr-defined]
    due = commitments_for(user).filter(agreement=agreement, due_by__isnull=False).exclude(status__in=SETTLED)
    waiting = list(due[:MOST_DELIVERIES])
    return {"deliveries": found, "due": waiting} if found or waiting else None


def due_dates_of(agreement: Agreement, user: Any) -> Iterable[tuple[Any, str, str, str]]:
    """(day, words, how exact, address) of what is still to be delivered."""
    precision = {4: "year", 7: "month"}
    found = Commitment.objects.visible_to(user).with_status().filter(agreement=agreement, due_by__gte=today())
    for one in found.exclude(status__in=SETTLED):
        words = _("Due: %(what)s") % {"what": one.what}
        yield one.due_by, words, precision.get(len(one.due), "day"), one.get_absolute_url()
