"""The one place where tests open the door from inside: a session as it is after password and second factor."""

import time
from typing import Any

from django.test import Client

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
    session.save()
