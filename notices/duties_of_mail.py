"""What waits about mail itself: the own address that does not work, and for staff what could not be delivered."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.days import day_of
from common.scope import reach_of
from notices.addresses import standing_of
from notices.duties import MOST, Duty, duty_kind
from notices.models import Mail


def register() -> None:
    duty_kind(
        "own address",
        heading=gettext_lazy("Your e-mail address does not work"),
        verb=pgettext_lazy("to do", "Say which holds"),
        find=own_address,
    )
    duty_kind(
        "mail failed",
        heading=gettext_lazy("Mails that could not be delivered"),
        verb=pgettext_lazy("to do", "Look after it"),
        find=failed,
        page="mail-undelivered",
    )


def own_address(person: Any) -> Iterable[Duty]:
    if not reach_of(person).person:
        return []
    dead = standing_of(person)
    if dead is None:
        return []
    return [Duty(dead.address, reverse("mail-preferences"), since=day_of(dead.at), note=dead.reason)]


def failed(person: Any) -> Iterable[Duty]:
    """Of people whose address is not known to be dead: those wait for nobody but its owner."""
    if not person.has_perm("notices.keep_addresses"):
        return []
    mails = Mail.objects.visible_to(person).failed().select_related("person").order_by("finished_at")
    return [_mail(mail) for mail in mails[: MOST + 1]]


def _mail(mail: Mail) -> Duty:
    since = day_of(mail.finished_at) if mail.finished_at else None
    what = _("A mail to %(name)s") % {"name": mail.person.name}
    return Duty(what, reverse("mail-undelivered"), since=since, note=mail.why)
