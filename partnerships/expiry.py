"""Agreements that near their end: what is due by now and is not in the ledger (notices.Mail) yet.

180, 90 and 30 days before the last day, and on it. Found anew whenever this is called: a worker that was away makes up
for it, and where several days have passed, only the latest is told. Who moves the last day begins a new count.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from common.days import day_of, today
from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.outbox import post
from partnerships.models import Agreement, Audience, PartnerContact

KIND = "agreement expires"
BEFORE = (180, 90, 30, 0)  # days; from the first on


def remind() -> None:
    with scope(PROGRAMME, page="reminders"):
        due = dict(_due(today()))
        told = Mail.objects.filter(kind=KIND, object_id__in=[pk for pk, _threshold in due])
        for key in due.keys() - set(told.values_list("object_id", "threshold")):
            post(kind=KIND, object_id=key[0], people=_people(due[key]), threshold=key[1])


def ending(agreements: Any) -> Any:
    """Of `agreements` those that end on a day, and that nothing follows."""
    followed = Agreement.objects.filter(renews=OuterRef("pk"), phase=Agreement.Phase.CONCLUDED, ended_on=None)
    signed = agreements.filter(phase=Agreement.Phase.CONCLUDED, end=Agreement.End.STATED, ended_on=None)
    return signed.exclude(Exists(followed))


def passed(ends_on: date, day: date) -> int | None:
    """The last threshold that has come by `day`."""
    come = [days for days in BEFORE if ends_on <= day + timedelta(days=days)]
    return come[-1] if come else None


def _due(day: date) -> Iterable[tuple[tuple[int, str], Agreement]]:
    """What had ended before it was entered is history."""
    for agreement in ending(Agreement.objects.filter(ends_on__lte=day + timedelta(days=BEFORE[0]))):
        days = passed(agreement.ends_on, day)
        if days is not None and agreement.ends_on >= day_of(agreement.made_at):
            yield (agreement.pk, f"{days} {agreement.ends_on}"), agreement


def _people(agreement: Agreement) -> list[User]:
    """Whoever is responsible, the managers where nobody is; and its parties' people, as soon as they may read it."""
    owner = User.objects.filter(is_active=True, agreements=agreement)
    people = owner or User.objects.with_staff_role("manager").filter(is_active=True)
    if agreement.audience == Audience.STAFF:
        return list(people)
    contacts = PartnerContact.objects.current().filter(partner__in=agreement.party_ids)
    told = {person.pk for person in people}
    return [*people, *User.objects.filter(pk__in=contacts.values("person")).exclude(pk__in=told)]
