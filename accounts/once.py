"""What a program sends is done once: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).

    made, is_new = once(request, lambda: (report(...).pk, True))

The view has found what is meant and asked whether it is permitted, so nobody is told what they may read no longer; what
was made is read again for the answer. Whatever is refused is undone and leaves no key: it may be mended and sent again.
"""

import json
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.models import SentKey, User
from common.api.problems import Conflict, Unready

KEY = "Idempotency-Key"
KEY_HEADER = OpenApiParameter(
    KEY,
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="A new UUID for each thing that is sent; the same one to send the same thing again.",
)
ONE_AT_A_TIME = "SET LOCAL lock_timeout = '5s'; SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def key_of(request: Request) -> UUID:
    try:
        return UUID(request.headers.get(KEY, ""))
    except ValueError:
        sentence = _("Send a UUID of your own in this header: a new one for each thing, the same one to try again.")
        raise ValidationError({KEY: [sentence]}) from None


def once(request: Request, make: Callable[[], tuple[int, bool]]) -> tuple[int, bool]:
    """The number of what `make` made, and whether it is new: false when it was made with this key before."""
    key, asked, person = key_of(request), _fingerprint(request), cast(User, request.user)
    _alone(request, key)
    if before := SentKey.objects.visible_to(person).current().filter(key=key).first():
        if before.asked != asked:
            raise Unready(_("Something else was sent with this key. Send a new key with each new thing."), [])
        return before.made, False
    made, is_new = make()
    facts = {"asked": asked, "made": made, "made_at": timezone.now()}  # a former use is over by now
    SentKey.objects.update_or_create(person=person, key=key, defaults=facts)
    return made, is_new


def _alone(request: Request, key: UUID) -> None:
    """Waits for the same thing that was sent a moment before, and gets its answer; but not for ever."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME, [f"{request.user.pk} {key}"])
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        sentence = _("What was sent with this key is still being done. Send it again in a moment for the answer.")
        raise Conflict(sentence) from error


def _fingerprint(request: Request) -> str:
    said: Any = [request.method, request.path, request.data]
    return salted_hmac("sent key", json.dumps(said, sort_keys=True), algorithm="sha256").hexdigest()
