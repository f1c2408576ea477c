"""Subscriptions of people and of functional mailboxes: made, changed, ended."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from csirt_network.models import Mailbox, Subscription
from review.actions import Refused


@transaction.atomic
def subscribe(*, columns: Mapping[str, Any], mailbox: Mailbox | None, by: Any) -> Subscription:
    """For the person, or for a mailbox of a team that the person acts for."""
    owned = Subscription.objects.filter(mailbox=mailbox) if mailbox else Subscription.objects.filter(mailbox=None)
    mine = owned if mailbox else owned.filter(person=by)
    if mine.count() >= Subscription.MOST:
        raise Refused(_("There are %(count)d already. End one first.") % {"count": Subscription.MOST})
    return Subscription.objects.create(**columns, mailbox=mailbox, person=by)


@transaction.atomic
def change(*, subscription: Subscription, columns: Mapping[str, Any], by: Any) -> None:
    Subscription.objects.visible_to(by).filter(pk=subscription.pk).update(**columns)


@transaction.atomic
def end(*, subscription: Subscription, by: Any) -> None:
    """The audit trail keeps what it was."""
    Subscription.objects.visible_to(by).filter(pk=subscription.pk).delete()
