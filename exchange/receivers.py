"""What follows for machines when something happens below."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import all_revoked
from csirt_network.models import Alert
from csirt_network.signals import alert_changed
from exchange.actions.mirrorings import mirror_soon
from exchange.actions.tokens import revoke_tokens_of
from exchange.actions.warning import look_at, look_soon
from exchange.models import Collection
from exchange.signals import objects_added


@receiver(all_revoked)
def tokens_of_person(sender: Any, person: User, **more: Any) -> None:
    revoke_tokens_of(person)


@receiver(alert_changed)
def alert_in_collections(sender: Any, alert: Alert, **more: Any) -> None:
    mirror_soon(alert)


@receiver(alert_changed)
def warn_of_alert(sender: Any, alert: Alert, **more: Any) -> None:
    if alert.published_at:
        look_at(alert)


@receiver(objects_added)
def warn_of_objects(sender: Any, collection: Collection, **more: Any) -> None:
    look_soon(collection)
