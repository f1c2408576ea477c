"""How mail is asked for: rows in the transaction of what happened. It is written and sent later, by a worker."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from notices import kinds
from notices.bell import sweep_soon
from notices.models import Mail


@transaction.atomic
def post(*, kind: str, object_id: int, people: Iterable[Any], threshold: str = "", address: str = "") -> None:
    """Puts one mail for each person in the outbox, in the caller's transaction and scope.

    `kind` is one that an app has registered (notices/kinds.py). The same kind, object, threshold and person are
    posted once, however often this is called. Whom the object still concerns is asked again when it is sent.
    With `address` it goes there and not to where the person is reached now.
    """
    is_private = kinds.known(kind).is_private
    # No ids come back and no conflict is named: the wall lets anyone write to anyone, and read only their own.
    Mail.objects.bulk_create(
        [
            Mail(
                kind=kind,
                object_id=object_id,
                threshold=threshold,
                person=who,
                address=address,
                is_private=is_private,
            )
            for who in people
        ],
        ignore_conflicts=True,
    )
    sweep_soon()
