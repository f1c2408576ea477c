"""What a bulletin says: plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AlertLine:
    code: str
    label: str
    kind: str
    title: str
    whence: str
    classes: str
    published_on: date


@dataclass(frozen=True)
class ItemLine:
    label: str
    kind: str
    title: str
    whence: str
    version: str
    published_on: date


@dataclass(frozen=True)
class ClassLine:
    name: str
    number: int


@dataclass(frozen=True)
class JoinLine:
    team: str
    state: str
    on: date


@dataclass(frozen=True)
class Bulletin:
    language: str
    month: str
    label: str
    audience: str
    made_on: date
    lead: str
    alerts: tuple[AlertLine, ...]
    answers: str
    classes: tuple[ClassLine, ...]
    items: tuple[ItemLine, ...]
    joined: tuple[JoinLine, ...]
    notes: tuple[str, ...]
    source: str
    is_sample: bool
