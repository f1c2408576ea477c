"""Recovery codes: ten at a time, each good for one sign-in, kept as hashes."""

import secrets
from typing import Any

from django.db import transaction

from accounts.actions import digest_of
from accounts.models import RecoveryCode, User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
GROUPS, LETTERS_IN_GROUP = 6, 4  # 24 letters hold 118 random bits: nothing to guess slowly


@transaction.atomic
def make_codes(*, person: Any) -> list[str]:
    """New codes, shown this once; the ones before serve no more."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    RecoveryCode.objects.filter(person=person).delete()
    codes = [_code() for _ in range(RecoveryCode.HOW_MANY)]
    RecoveryCode.objects.bulk_create([RecoveryCode(person=person, digest=_digest(code)) for code in codes])
    return codes


def use_code(*, person: Any, code: str) -> bool:
    return RecoveryCode.objects.all().use(person, _digest(code))


def _code() -> str:
    letters = [secrets.choice(LETTERS) for _ in range(GROUPS * LETTERS_IN_GROUP)]
    return "-".join("".join(letters[n : n + LETTERS_IN_GROUP]) for n in range(0, len(letters), LETTERS_IN_GROUP))


def _digest(code: str) -> str:
    """Case, spaces and hyphens do not matter."""
    return digest_of("".join(letter for letter in code.lower() if letter.isalnum()))
