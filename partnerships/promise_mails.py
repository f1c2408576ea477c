"""The mails of commitments and deliveries: they name the agreement, and say nothing of what was delivered."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from notices.kinds import Matter, mail_kind
from partnerships.actions.deliveries import ACCEPTED, REPORTED, RETURNED
from partnerships.models import Commitment, Delivery
from partnerships.promise_reminders import OVERDUE
from review.states import Status


def partners_and_staff(person: Any) -> bool:
    reach = reach_of(person)
    return reach.staff or bool(reach.partners)


FOLLOW_UP = Matter("deliveries", _("A delivery that you reported was accepted"), partners_and_staff)


def overdue_for(person: Any, pk: int) -> Commitment | None:
    """None once it is delivered, or its date has moved."""
    found: Any = Commitment.objects.visible_to(person).with_status().select_related("agreement", "party__partner")
    overdue: Commitment | None = found.filter(pk=pk, status="overdue").first()
    return overdue


def delivery_for(person: Any, pk: int) -> Delivery | None:
    found = Delivery.objects.visible_to(person).select_related("commitment__agreement", "commitment__party__partner")
    return found.filter(pk=pk).first()


def waiting_for(person: Any, pk: int) -> Delivery | None:
    """For whoever may review it, as long as nobody has."""
    found = delivery_for(person, pk)
    waits = found is not None and found.status == Status.SUBMITTED
    return found if waits and person.has_perm("partnerships.review_delivery", found) else None


def returned_for(person: Any, pk: int) -> Delivery | None:
    found = delivery_for(person, pk)
    return found if found and found.status == Status.RETURNED else None


def register() -> None:
    mail_kind(OVERDUE, find=overdue_for, template="emails/commitment_overdue")
    mail_kind(REPORTED, find=waiting_for, template="emails/delivery_reported")
    mail_kind(ACCEPTED, find=delivery_for, template="emails/delivery_accepted", matter=FOLLOW_UP)
    mail_kind(RETURNED, find=returned_for, template="emails/delivery_returned")
