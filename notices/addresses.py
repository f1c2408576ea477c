"""Addresses to which mail comes back: marked by hand, since one mail that came back (notices/bounces.py) proves little.

While one stands nothing is sent there, and its person is told at the next sign-in (notices/duties_of_mail.py).
"""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.scope import PROGRAMME, scope


class Refused(Exception):
    """Its message is a sentence for whoever tried."""


def is_dead(person: Any) -> bool:
    with scope(PROGRAMME, read_only=True, page="mail"):
        return _dead().standing().filter(person=person).exists()


def standing_of(person: Any) -> Any:
    """The address of the reader that does not work, or None; in the reader's scope."""
    return _dead().visible_to(person).standing().filter(person=person).first()


def mark(*, person: Any, reason: str, by: Any) -> None:
    """Raises Refused when it is marked already."""
    try:
        with transaction.atomic():
            _dead().create(person=person, address=person.email, reason=reason, by=by)
    except IntegrityError as error:
        if "dead_address_once" not in str(error):
            raise
        raise Refused(_("This address is marked already.")) from error


def works_again(*, person: Any, by: Any) -> bool:
    """False when nothing was marked."""
    marked = list(_dead().visible_to(by).standing().filter(person=person).values_list("pk", flat=True))
    return bool(_dead().filter(pk__in=marked).update(ended_at=timezone.now(), ended_by=by))


def _dead() -> Any:
    return apps.get_model("notices", "DeadAddress").objects
