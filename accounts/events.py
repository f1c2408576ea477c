"""What the log is told of signing in and of what opens the door: the event, the person's number, the address's mark."""

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts import signals
from accounts.models import ApiToken, User
from common.events import account_of, note

OWN = {
    signals.password_reset_asked: "password reset asked for",
    signals.factor_added: "second factor added",
    signals.factor_removed: "second factor removed",
    signals.factor_reset: "second factor reset",
    signals.signed_out_by_another: "signed out everywhere by another",
    signals.address_changed: "address changed",
    signals.signed_in_elsewhere: "signed in from a new browser",
}


def listen() -> None:
    for signal, event in OWN.items():
        signal.connect(_noting(event), weak=False, dispatch_uid=f"log {event}")


def _noting(event: str) -> Any:
    def _note(sender: Any, person: Any, **more: Any) -> None:
        note(event, account=person.pk)

    return _note


@receiver(user_logged_in)
def signed_in(sender: Any, request: Any, user: Any, **more: Any) -> None:
    note("signed in", account=user.pk, address=_address(request))


@receiver(user_logged_out)
def signed_out(sender: Any, request: Any, user: Any, **more: Any) -> None:
    note("signed out", account=getattr(user, "pk", None))


@receiver(user_login_failed)
def refused(sender: Any, credentials: Any, request: Any = None, **more: Any) -> None:
    tried = account_of(str(credentials.get("email") or credentials.get("username") or ""))
    note("sign-in refused", level=logging.WARNING, tried=tried, address=_address(request))


@receiver(password_changed)
@receiver(password_set)
@receiver(password_reset)
def password_given(sender: Any, request: Any, user: Any, **more: Any) -> None:
    note("password set", account=user.pk, address=_address(request))


@receiver(post_save, sender=ApiToken)
def token_made(sender: Any, instance: ApiToken, created: bool, **more: Any) -> None:
    if created:
        note("token made", account=instance.person_id, token=instance.pk)


@receiver(post_save, sender=User)
def account_closed(sender: Any, instance: User, **more: Any) -> None:
    if not instance.is_active:
        note("account closed", account=instance.pk)


def _address(request: Any) -> str | None:
    """Marked as accounts are: the same for the same address, and no address."""
    return account_of(get_adapter().get_client_ip(request)) if request is not None else None
