"""What follows in the network when a person's secrets end."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import all_revoked
from csirt_network.actions.feeds import revoke_feeds_of


@receiver(all_revoked)
def feeds_of_person(sender: Any, person: User, **more: Any) -> None:
    revoke_feeds_of(person)
