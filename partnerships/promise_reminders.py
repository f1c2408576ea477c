"""Overdue commitments are announced once, by ledger (notices.Mail): to who is responsible and the partner's contacts.

Found anew whenever this is called, so that a worker that was away makes up for it. Whoever moves the date begins anew.
"""

from typing import Any

from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.outbox import post
from partnerships.models import Agreement, Audience, Commitment, PartnerContact

OVERDUE = "commitment overdue"


def announce_overdue() -> None:
    with scope(PROGRAMME, page="reminders"):
        late = list(_overdue())
        told = Mail.objects.filter(kind=OVERDUE, object_id__in=[one.pk for one in late])
        known = set(told.values_list("object_id", "threshold"))
        new = [one for one in late if (one.pk, one.due) not in known]
        contacts = _contacts({one.partner_id for one in new if one.partner_id})
        for one in new:
            people = contacts.get(one.partner_id, []) if one.agreement.audience != Audience.STAFF else []
            owner = [one.agreement.owner] if one.agreement.owner else []
            post(kind=OVERDUE, object_id=one.pk, people=[*owner, *people], threshold=one.due)


def _overdue() -> Any:
    """Of agreements that were concluded; what is only being negotiated binds nobody yet."""
    rows: Any = Commitment.objects.with_status()
    found = rows.filter(status="overdue", agreement__phase=Agreement.Phase.CONCLUDED)
    return found.select_related("agreement__owner")


def _contacts(partners: set[int]) -> dict[int | None, list[Any]]:
    held: dict[int | None, list[Any]] = {}
    for contact in PartnerContact.objects.current().filter(partner__in=partners).select_related("person"):
        held.setdefault(contact.partner_id, []).append(contact.person)
    return held
