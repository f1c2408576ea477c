"""The address in a mail that stops its like without signing in (RFC 8058)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from notices import kinds

SALT = "notices.stop"


def address_to_stop(person: Any, matters: Iterable[kinds.Matter]) -> str:
    """Serves this person and these matters, and nothing else; it does not end, since mails are read late."""
    token = signing.dumps([person.pk, *(matter.name for matter in matters)], salt=SALT)
    return settings.SITE_URL + reverse("mail-stop", args=[token])


def read_token(token: str) -> tuple[User, list[kinds.Matter]] | None:
    """Whose mails of which matters; None when the address is not whole, or nobody's any more."""
    try:
        pk, *names = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    known = kinds.matters()
    return (person, [known[name] for name in names if name in known]) if person else None
