"""What follows from signing in, from a change of the second factor, and from closing an account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts import device, sessions, signals
from accounts.actions import revoke_all
from accounts.models import User
from accounts.second_factor import note


def is_visit(request: Any) -> bool:
    """With a password; not by a link of the trial, nor a test that opens the door from inside."""
    match = getattr(request, "resolver_match", None)
    return match is not None and match.view_name != "sign-in-link"


@receiver(user_logged_in)
def begin_session(sender: Any, request: Any, user: Any, **more: Any) -> None:
    sessions.begin(request, user)
    if is_visit(request) and user.pk not in device.people_of(request):
        signals.signed_in_elsewhere.send(sender=User, person=user)


@receiver(post_save, sender=Authenticator)
def factor_added(sender: Any, instance: Authenticator, created: bool, **more: Any) -> None:
    """Adding one proves it. Whoever is signed in elsewhere, perhaps with less, signs in again."""
    request = context.request
    if not created or request is None or request.user != instance.user:
        return
    note(request, instance.user, instance.type)
    sessions.end_sessions(instance.user, but=request.session.session_key)
    signals.factor_added.send(sender=User, person=instance.user)


@receiver(post_delete, sender=Authenticator)
def factor_removed(sender: Any, instance: Authenticator, **more: Any) -> None:
    request = context.request
    own = request is not None and request.user == instance.user
    sessions.end_sessions(instance.user, but=request.session.session_key if own else None)
    signals.factor_removed.send(sender=User, person=instance.user)


@receiver(password_changed)
@receiver(password_set)
@receiver(password_reset)
def password_given(sender: Any, request: Any, user: Any, **more: Any) -> None:
    """Whoever knew the old one is out, with every session and every token."""
    own = request.user.is_authenticated and request.user.pk == user.pk
    sessions.end_sessions(user, but=request.session.session_key if own else None)
    revoke_all(person=user)
    signals.password_set.send(sender=User, person=user)


@receiver(signals.address_changed)
def former_address_forgotten(sender: Any, person: User, **more: Any) -> None:
    """allauth keeps a list of its own: by a former address nobody signs in any more, and whoever gets it next may."""
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email)


@receiver(post_save, sender=User)
def account_closed(sender: Any, instance: User, **more: Any) -> None:
    if not instance.is_active:
        sessions.end_sessions(instance)
