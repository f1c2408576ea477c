"""What was given, what came in of it and where it goes: entered by the programme.

The one place where it is asked whether allocations fit: under the lock of the contribution. What comes another way, a
trigger refuses (partnerships/never_exceed.py).
"""

from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnerships.actions.commitments import Settled, meanwhile
from partnerships.models import Allocation, Contribution, ExchangeRate, Instalment
from partnerships.money import money
from review.actions import Refused

TRIES = 50


@transaction.atomic
def save_contribution(*, contribution: Contribution, edited: int, by: Any) -> Contribution:
    """A new one, or the change of one that stood at `edited`; or Refused. Never below what is allocated of it."""
    if contribution.pk is None:
        return _save_under_new_slug(contribution)
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if held.edited != edited:
        raise Refused(meanwhile())
    if held.giver_id != contribution.giver_id and _has_parts(held):
        raise Settled(_parts_recorded())
    taken = _taken(held)
    if taken > (contribution.amount or 0):
        raise Refused(_("%(money)s of it is allocated already. Lower the allocations first.") % _words(held, taken))
    contribution.edited = edited + 1
    contribution.save()
    return contribution


@transaction.atomic
def allocate(*, allocation: Allocation, by: Any) -> None:
    """A new allocation or the change of one; or Refused when all together would exceed the contribution."""
    held = Contribution.objects.select_for_update(no_key=True).get(pk=allocation.contribution_id)
    if held.amount is None:
        raise Refused(_("No amount is stated for this contribution, so no part of it can be set aside."))
    free = held.amount - _taken(held, but=allocation.pk)
    if allocation.amount > free:
        raise Refused(_("Only %(money)s of this contribution is free.") % _words(held, free))
    allocation.partner_id = held.partner_id
    allocation.save()


@transaction.atomic
def save_instalment(*, instalment: Instalment, by: Any) -> None:
    held = Contribution.objects.select_for_update(no_key=True).get(pk=instalment.contribution_id)
    instalment.partner_id = held.partner_id
    instalment.save()


@transaction.atomic
def take_away(*, part: Allocation | Instalment | ExchangeRate, by: Any) -> None:
    """The row; the audit trail keeps it."""
    type(part).objects.filter(pk=part.pk).delete()


@transaction.atomic
def remove_contribution(*, contribution: Contribution, by: Any) -> None:
    """Only while nothing came in and nothing is allocated; or Refused."""
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if _has_parts(held):
        raise Refused(_parts_recorded())
    held.delete()


def enter_rate(*, rate: ExchangeRate, by: Any) -> None:
    """One rate for each pair and day; or Refused."""
    rate.entered_by = by
    try:
        with transaction.atomic():
            rate.save()
    except IntegrityError as known:
        raise Refused(_("There is a rate of this day already. Take it away first if it is wrong.")) from known


def _has_parts(contribution: Contribution) -> bool:
    return contribution.instalments.exists() or contribution.allocations.exists()


def _parts_recorded() -> str:
    return _("Instalments or allocations are recorded, so the contribution stays. Take those away first.")


def _taken(contribution: Contribution, but: int | None = None) -> Decimal:
    rows = Allocation.objects.filter(contribution=contribution).exclude(pk=but or 0)
    return rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def _words(contribution: Contribution, amount: Decimal) -> dict[str, str]:
    return {"money": money(amount, contribution.currency)}


def _save_under_new_slug(contribution: Contribution) -> Contribution:
    """Of its programme or its agreement. The address stays when the name changes."""
    words = slugify(contribution.programme)[:60].strip("-") or contribution.agreement.slug[:60].strip("-")
    for number in range(1, TRIES):
        contribution.slug = words if number == 1 else f"{words}-{number}"
        if not Contribution.objects.filter(slug=contribution.slug).exists():
            try:
                with transaction.atomic():
                    contribution.save(force_insert=True)
            except IntegrityError:
                continue
            return contribution
    raise Refused(_("There are many contributions of this name already. Give the programme a name of its own."))
