"""Amounts and parties in words."""

from typing import Any

from django import template

from partnerships import money as amounts
from partnerships.forms.promise_fields import name_of

register = template.Library()


@register.filter
def stated(contribution: Any) -> str:
    return amounts.stated(contribution)


@register.filter
def money(amount: Any, currency: str) -> str:
    return amounts.money(amount, currency)


@register.filter
def party_name(party: Any) -> str:
    return name_of(party)
