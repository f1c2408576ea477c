"""The sample has a past: what happens in it is dated as if it had happened then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def days_ago(days: int, hour: int = 15) -> datetime:
    return (timezone.now() - timedelta(days=days)).replace(hour=hour, minute=(days * 7) % 60, second=0, microsecond=0)
