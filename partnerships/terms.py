"""The terms of an agreement: what an amendment changes, and how two versions of them differ."""

from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from capability.diff import Sides, sides_of
from common.mandate import Objective, Point
from common.translated import SUFFIXES
from partnerships.models import Agreement, Amendment

TERMS = (
    *(f"name_{suffix}" for suffix in SUFFIXES),
    *(f"aims_{suffix}" for suffix in SUFFIXES),
    "starts_on",
    "end",
    "ends_on",
    "objectives",
    "points",
)


@dataclass(frozen=True)
class Change:
    label: str
    sides: Sides


def terms_of(agreement: Agreement) -> dict[str, Any]:
    """As they are kept: days as text."""
    values = {name: getattr(agreement, name) for name in TERMS}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def changes_of(amendment: Amendment) -> list[Change]:
    """What is the same is left out."""
    labels = {name: str(Agreement._meta.get_field(name).verbose_name) for name in TERMS}  # type: ignore[union-attr]
    return [
        Change(
            labels[name][:1].upper() + labels[name][1:],
            sides_of(_in_words(name, amendment.earlier), _in_words(name, amendment.later)),
        )
        for name in changed_in(amendment)
    ]


def changed_in(amendment: Amendment) -> list[str]:
    """The names of the terms that read otherwise since."""
    return [name for name in TERMS if _in_words(name, amendment.earlier) != _in_words(name, amendment.later)]


def _in_words(name: str, terms: dict[str, Any]) -> str:
    value: Any = terms.get(name)
    if name in ("starts_on", "ends_on"):
        day = parse_date(value) if value else None
        return date_format(day) if day else ""
    if name == "end":
        return str(Agreement.End(value).label)
    if name == "objectives":
        return "\n".join(str(Objective(number).label) for number in value)
    if name == "points":
        return "\n".join(str(Point(number).label) for number in value)
    return str(value or "")
