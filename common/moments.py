"""Moments in UTC: those that somebody enters, with a zone of their own or without one, and how tables show them."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django_filters import DateTimeFilter


def in_utc(moment: datetime | None) -> datetime | None:
    """Without a zone it is meant so. Raises OverflowError for one that is before the year 1 there, or after 9999."""
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


def as_utc(moment: datetime | None) -> str:
    """`2026-01-02 13:45Z`, as times of the network are shown everywhere; nothing for none."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}Z" if moment else ""


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """Cleaned into UTC: of zones the database takes those within 15:59 of it, and ISO 8601 knows others."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        try:
            return in_utc(moment)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class MomentFilter(DateTimeFilter):
    field_class = MomentField
