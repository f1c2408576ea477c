"""What waits about agreements, commitments and deliveries (notices/duties.py)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.rules import is_manager, is_officer
from common.days import ZONE, day_of, today
from common.scope import reach_of
from notices.duties import MOST, Duty, duty_kind
from partnerships.actions.deliveries import REPORTED, RETURNED
from partnerships.expiry import BEFORE, ending
from partnerships.expiry import KIND as EXPIRES
from partnerships.models import Agreement, Commitment, Delivery
from partnerships.promise_reminders import OVERDUE
from review.states import Status

SOON = timedelta(days=30)


def register() -> None:
    duty_kind(
        "delivery returned",
        heading=gettext_lazy("Deliveries that came back to you"),
        verb=pgettext_lazy("to do", "Mend and send"),
        find=returned,
        mails=(RETURNED,),
    )
    duty_kind(
        "delivery to report",
        heading=gettext_lazy("Commitments that are due"),
        verb=pgettext_lazy("to do", "Report the delivery"),
        find=to_report,
        page="commitment-list",
        mails=(OVERDUE,),
    )
    duty_kind(
        "delivery to review",
        heading=gettext_lazy("Deliveries to review"),
        verb=pgettext_lazy("to do", "Review"),
        find=to_review,
        page="delivery-list",
        mails=(REPORTED,),
    )
    duty_kind(
        "agreement ends",
        heading=gettext_lazy("Agreements that near their end"),
        verb=pgettext_lazy("to do", "Renew or end"),
        find=expiring,
        page="agreement-list",
        mails=(EXPIRES,),
    )


def returned(person: Any) -> Iterable[Duty]:
    """`partnerships.change_delivery`: a contact of the partner, or the officer who made it."""
    partners = reach_of(person).partners
    if not (partners or is_officer(person)):
        return []
    of_partner = Q(partner__in=partners)
    mine = Q(made_by=person) & (Q() if is_officer(person) else of_partner) if reach_of(person).staff else of_partner
    found = Delivery.objects.visible_to(person).filter(mine, status=Status.RETURNED)
    return [_delivery(one) for one in found.select_related(*OF).order_by("decided_at", "pk")[: MOST + 1]]


def to_review(person: Any) -> Iterable[Duty]:
    """`partnerships.review_delivery`."""
    if not is_officer(person):
        return []
    reach = reach_of(person)
    mine = Q(made_by=person) | Q(submitted_by=person) | Q(partner__in=reach.partners)
    if reach.states:
        mine |= Q(partner__state__in=reach.states)
    theirs = Delivery.objects.visible_to(person).to_review().exclude(pk__in=Delivery.objects.filter(mine).values("pk"))
    return [_delivery(one) for one in theirs.select_related(*OF)[: MOST + 1]]


OF = ("commitment__agreement", "partner")


def _delivery(one: Delivery) -> Duty:
    since = day_of(one.submitted_at) if one.submitted_at else None
    note = str(one.partner or one.commitment.agreement.name)
    return Duty(one.commitment.what, one.get_absolute_url(), since=since, note=note)


def to_report(person: Any) -> Iterable[Duty]:
    """Overdue or due within 30 days, of agreements that were concluded, while no delivery of it is on its way."""
    reach = reach_of(person)
    mine = Q(partner__in=reach.partners) | (Q(agreement__owner=person) if is_officer(person) else Q(pk__in=()))
    if not (reach.partners or is_officer(person)):
        return []
    on_its_way = Delivery.objects.visible_to(person).filter(
        commitment=OuterRef("pk"), status__in=(Status.SUBMITTED, Status.RETURNED)
    )
    rows: Any = Commitment.objects.visible_to(person).filter(
        mine, due_by__lte=today() + SOON, agreement__phase=Agreement.Phase.CONCLUDED, agreement__ended_on=None
    )
    due = rows.with_status().exclude(status="delivered").exclude(Exists(on_its_way)).select_related("agreement")
    return [_commitment(one) for one in due.order_by("due_by", "pk")[: MOST + 1]]


def _commitment(one: Commitment) -> Duty:
    return Duty(one.what, one.get_absolute_url(), due_on=one.due_by, note=one.agreement.name)


def expiring(person: Any) -> Iterable[Duty]:
    """For whoever is responsible, managers where nobody is; what had ended before it was entered is history."""
    if not is_officer(person):
        return []
    mine = Q(owner=person) | (Q(owner=None) | Q(owner__is_active=False) if is_manager(person) else Q(pk__in=()))
    near = ending(Agreement.objects.visible_to(person)).filter(mine, ends_on__lte=today() + timedelta(days=BEFORE[0]))
    live = near.filter(ends_on__gte=TruncDate("made_at", tzinfo=ZONE))
    return [_agreement(one) for one in live.order_by("ends_on", "pk")[: MOST + 1]]


def _agreement(one: Agreement) -> Duty:
    note = _("It has ended. Renew it, or say that it is over.") if one.ends_on and one.ends_on < today() else ""
    return Duty(one.name, one.get_absolute_url(), due_on=one.ends_on, note=note)
