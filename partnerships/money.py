"""Amounts in words, as exactly as they are stated; and what one is worth in another currency by a rate of a day."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from partnerships.models import Contribution, ExchangeRate

CENT = Decimal("0.01")


def number(amount: Decimal) -> str:
    """1,200,000 or 1,200,000.50, as the reader's language writes it."""
    places = 0 if amount == int(amount) else 2
    return str(number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True))


def money(amount: Decimal, currency: str) -> str:
    """CAD 840,000; or the number with the words that its currency is not stated."""
    if not currency:
        return _("%(amount)s (currency not stated)") % {"amount": number(amount)}
    return f"{currency} {number(amount)}"


def stated(contribution: Contribution) -> str:
    """Over CAD 1,200,000. About CAD 5,000. CAD 5,000. None stated."""
    if contribution.amount is None:
        return _("None stated")
    words = {"money": money(contribution.amount, contribution.currency)}
    if contribution.precision == Contribution.Precision.AT_LEAST:
        return _("Over %(money)s") % words
    return _("About %(money)s") % words if contribution.precision == "about" else words["money"]


@dataclass(frozen=True)
class Converted:
    """What an amount is worth by a rate, which is always shown beside it."""

    amount: Decimal
    rate: ExchangeRate

    @property
    def words(self) -> str:
        return money(self.amount, self.rate.quote)


def converted(contribution: Contribution, user: Any) -> list[Converted]:
    """By the newest rate into each currency that somebody entered; nothing for an amount without a currency."""
    if contribution.amount is None or not contribution.currency:
        return []
    rates = ExchangeRate.objects.visible_to(user).filter(base=contribution.currency).select_related("entered_by")
    newest = rates.order_by("quote", "-on").distinct("quote")
    return [Converted((contribution.amount * rate.rate).quantize(CENT), rate) for rate in newest]
