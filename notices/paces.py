"""How soon mails come. Asked when a mail is about to be sent, in the person's own reach: nobody else reads it."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.TextChoices):
    AT_ONCE = "at once", _("At once")
    DAILY = "daily", _("Once a day, together")
    WEEKLY = "weekly", _("Once a week, together")
    NEVER = "never", _("Never")


ORDER = list(Pace.values)


def soonest(paces: Iterable[str]) -> str:
    return min(paces, key=ORDER.index, default=Pace.NEVER.value)


def slowest(paces: Iterable[str]) -> str:
    return max(paces, key=ORDER.index, default=Pace.AT_ONCE.value)


def paces_of(person: Any) -> dict[str, str]:
    """By matter; what is not in it comes at once."""
    return dict(person.mail_preferences.visible_to(person).values_list("matter", "pace"))
