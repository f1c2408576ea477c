"""How soon mails come. Asked when a mail is about to be sent, in the person's own reach: nobody else reads it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.TextChoices):
    AT_ONCE = "at once", _("At once")
    DAILY = "daily", _("Once a day, together")
    WEEKLY = "weekly", _("Once a week, together")
    NEVER = "never", _("Never")


def paces_of(person: Any) -> dict[str, str]:
    """By matter; what is not in it comes at once."""
    return dict(person.mail_preferences.visible_to(person).values_list("matter", "pace"))
