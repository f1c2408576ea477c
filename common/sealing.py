"""Secrets that must be readable again are encrypted before they are stored; what need not be is hashed instead.

The first key of ``settings.FIELD_KEYS`` seals, every key unseals: a new key is put in front, `manage.py reseal` seals
what is stored with it, and then the old key can go.
"""

from collections.abc import Callable
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises InvalidToken when no key fits."""
    return _box(tuple(settings.FIELD_KEYS)).decrypt(sealed.encode()).decode()


def reseal(sealed: str) -> str:
    return _box(tuple(settings.FIELD_KEYS)).rotate(sealed.encode()).decode()


_resealers: list[Callable[[], int]] = []


def also_reseal(every: Callable[[], int]) -> None:
    """An app above says how what it stores is sealed anew: `every` does it and says how many they were."""
    if every not in _resealers:
        _resealers.append(every)


def reseal_others() -> int:
    return sum(every() for every in _resealers)


@lru_cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
