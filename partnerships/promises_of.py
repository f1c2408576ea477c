"""What an agreement's page, cards and timeline show of its commitments, deliveries and contributions."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from common.days import today
from common.partial_dates import first_day
from partnerships.blocks import Dated, block, dated, on_card
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


@block("partnerships/of_contributions.html", order=10)
def funding_of(agreement: Agreement, user: Any) -> dict[str, Any]:
    held = list(contributions_for(user).filter(agreement=agreement))
    totals = Contribution.objects.visible_to(user).filter(agreement=agreement).per_currency()
    return {
        "pages": [page_of(one, user) for one in held],
        "totals": list(totals) if len(held) > 1 else [],
        "may_write": may(user, WRITE),
    }


@block("partnerships/of_commitments.html", order=20)
def commitments_of(agreement: Agreement, user: Any) -> dict[str, Any]:
    return {"commitments": list(commitments_for(user).filter(agreement=agreement)), "may_write": may(user, WRITE)}


@block("partnerships/of_deliveries.html", order=30)
def deliveries_of(agreement: Agreement, user: Any) -> dict[str, Any] | None:
    """What is due and nothing proves, then what was delivered."""
    found = list(deliveries_for(user).filter(commitment__agreement=agreement)[:MOST_DELIVERIES])
    for one in found:
        one.proofs = one.files_kept + bool(one.link)  # type: ignore[attr-defined]
    dated_ones: Any = commitments_for(user).filter(agreement=agreement, due_by__isnull=False)
    due = dated_ones.exclude(status__in=SETTLED)
    waiting = list(due[:MOST_DELIVERIES])
    return {"deliveries": found, "due": waiting} if found or waiting else None


@dated
def due_dates_of(agreement: Agreement, user: Any) -> Iterable[Dated]:
    """What is still to be delivered."""
    precision = {4: "year", 7: "month"}
    found: Any = Commitment.objects.visible_to(user).with_status()
    for one in found.filter(agreement=agreement, due_by__gte=today()).exclude(status__in=SETTLED):
        words = _("Due: %(what)s") % {"what": one.what}
        yield Dated(first_day(one.due) or one.due_by, words, precision.get(len(one.due), "day"), one.get_absolute_url())


@on_card("partnerships/card_funding.html", order=10)
def funding_on_cards(agreements: list[Agreement], user: Any) -> dict[int, Any]:
    found: dict[int, Any] = {}
    rows = Contribution.objects.visible_to(user).filter(agreement__in=[one.pk for one in agreements])
    for one in rows.order_by("pk"):
        found.setdefault(one.agreement_id, []).append(one)
    return found


@on_card("partnerships/card_commitments.html", order=20)
def commitments_on_cards(agreements: list[Agreement], user: Any) -> dict[int, Any]:
    """How many there are, how many are delivered, and the next one due."""
    found: dict[int, Any] = {}
    rows: Any = Commitment.objects.visible_to(user).with_status().filter(agreement__in=[one.pk for one in agreements])
    for one in rows.order_by("due_by", "pk"):
        held = found.setdefault(one.agreement_id, {"number": 0, "delivered": 0, "next": None})
        held["number"] += 1
        held["delivered"] += one.status == "delivered"
        if one.status != "delivered" and one.due_by and held["next"] is None:
            held["next"] = one
    return found
