"""The one place where tests open the door from inside: a session as it is after password and second factor."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from common.sealing import seal

BACKEND = "accounts.backends.SignInBackend"
PASSKEY = "webauthn"


def sign_in_from_inside(client: Client, person: Any, *, factor: str = PASSKEY) -> Client:
    """With a passkey, proven just now, and fresh for the rest of the test; with no second factor where it is ''."""
    client.force_login(person, backend=BACKEND)
    if factor:
        prove_from_inside(client, person, factor=factor)
    return client


def prove_from_inside(client: Client, person: Any, *, factor: str = PASSKEY) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": factor, "at": time.time() + 86400}]
    session["account_authentication_methods_user"] = str(person.pk)
    session["used_at"] = time.time() + 86400  # no request of the test is the one that notes the use
    session.save()


def give_app(person: Any) -> str:
    """The secret of the person's app, as if it had been set up."""
    secret = generate_totp_secret()
    Authenticator.objects.create(user=person, type="totp", data={"secret": seal(secret)})
    return str(secret)


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows, `steps` half minutes from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))
