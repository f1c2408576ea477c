"""What a brief says: plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ObjectiveLine:
    """`standing` says who stands for it: the state itself, or a source as of a date."""

    title: str
    status: str
    detail: str
    standing: str


@dataclass(frozen=True)
class DimensionLine:
    """Means of the factors on the scale 1 to 5; None: no data, or, for the region, withheld."""

    code: str
    name: str
    now: Decimal | None
    before: Decimal | None
    region: Decimal | None


@dataclass(frozen=True)
class FactorLine:
    """`is_crossed`, `before_is_crossed`: read from the levels of the edition before."""

    code: str
    name: str
    stage: int | None
    stage_name: str
    is_crossed: bool
    before: int | None
    before_is_crossed: bool
    region: int | None


@dataclass(frozen=True)
class FactorGroup:
    dimension: str
    factors: tuple[FactorLine, ...]


@dataclass(frozen=True)
class ThreatLine:
    name: str
    level: str
    trend: str
    source: str


@dataclass(frozen=True)
class RequestLine:
    """`need` stands in the words and the language of the state."""

    point: str
    need: str
    answer: str


@dataclass(frozen=True)
class SourceLine:
    feeds: str
    title: str
    publisher: str
    dated: str
    caution: str


@dataclass(frozen=True)
class Brief:
    language: str
    state: str
    code: str
    label: str
    audience: str
    made_on: date
    situation: str
    lead: str
    objectives: tuple[ObjectiveLine, ...]
    dimensions: tuple[DimensionLine, ...]
    moved_up: tuple[str, ...]
    moved_down: tuple[str, ...]
    unmoved: str
    threats: tuple[ThreatLine, ...]
    requests: tuple[RequestLine, ...]
    groups: tuple[FactorGroup, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    is_sample: bool
