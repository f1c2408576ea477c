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
class PointLine:
    """What the plan says of one of the seven points. `look` is the code of its standing: done, under_way, planned,
    none, not_needed. `is_reached`: None where it cannot be said."""

    number: int
    name: str
    look: str
    standing: str
    needs: tuple[str, ...]
    what: str
    target_stage: int | None
    target_on: date | None
    is_reached: bool | None
    done: int
    under_way: int
    planned: int

    @property
    def total(self) -> int:
        return self.done + self.under_way + self.planned


@dataclass(frozen=True)
class PlanPart:
    status: str
    starts_on: date
    ends_on: date
    points: tuple[PointLine, ...]


@dataclass(frozen=True)
class ActivityLine:
    """`when` as exactly as is known. Who took part is counted whatever state they are of; None: nobody was counted."""

    when: str
    starts_on: date | None
    title: str
    kind: str
    point: str
    place: str
    status: str
    women: int | None
    men: int | None
    other: int | None
    not_stated: int | None


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
    plan: PlanPart | None
    coming: tuple[ActivityLine, ...]
    recent: tuple[ActivityLine, ...]
    people: str
    groups: tuple[FactorGroup, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    is_sample: bool
