from datetime import date

from django import template

from partnerships import dates, standing
from partnerships.models import Agreement

register = template.Library()


@register.filter
def headline(agreement: Agreement) -> str:
    return dates.headline(agreement)


@register.filter
def as_known(day: date | None, precision: str) -> str:
    return dates.in_words(day, precision)


@register.filter
def standing_word(status: str) -> str:
    return str(standing.STATUSES[status])


@register.filter
def standing_look(status: str) -> str:
    """The code of the pill's look (common/templatetags/looks.py)."""
    return f"agreement {status}"
