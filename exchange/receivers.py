"""What follows for machines when a person's secrets end."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import all_revoked
from exchange.actions.tokens import revoke_tokens_of


@receiver(all_revoked)
def tokens_of_person(sender: Any, person: User, **more: Any) -> None:
    revoke_tokens_of(person)
