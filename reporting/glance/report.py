"""What the report says: sections of plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date

from reporting.paper.tables import Table


@dataclass(frozen=True)
class Tile:
    """A figure in large; `part` of the whole, None where it is no part of anything."""

    title: str
    figure: str
    of: str
    part: float | None
    feet: tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """`label` is short: the table beside it says it in full. `number` is None where it is withheld."""

    label: str
    number: int | None


@dataclass(frozen=True)
class Legend:
    fill: str
    label: str
    number: int


@dataclass(frozen=True)
class Map:
    """`fills` by the slug of a state; `names` stand beside small ones; `alt` is said to those who do not see it."""

    title: str
    fills: dict[str, str]
    names: dict[str, str]
    legend: tuple[Legend, ...]
    alt: str
    note: str


@dataclass(frozen=True)
class FactorLine:
    """`stages` in the order of the columns; None where withheld."""

    name: str
    stages: tuple[int | None, ...]


@dataclass(frozen=True)
class DimensionLine:
    name: str
    mean: str
    factors: tuple[FactorLine, ...]


@dataclass(frozen=True)
class Matrix:
    """The medians of the region and of its sub-regions; as typed cells it is a table."""

    columns: tuple[str, ...]
    dimensions: tuple[DimensionLine, ...]
    table: Table


@dataclass(frozen=True)
class Section:
    """Its parts stand in the order of the fields. A table alone in a section bears no heading of its own."""

    title: str
    about: str = ""
    lines: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    map: Map | None = None
    bars: tuple[Bar, ...] = ()
    matrix: Matrix | None = None
    tables: tuple[Table, ...] = ()
    starts_page: bool = True


@dataclass(frozen=True)
class RegionReport:
    """`held` says what it holds and what it leaves out."""

    language: str
    quarter: str
    label: str
    audience: str
    held: str
    made_on: date
    situation: str
    lead: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    source: str
    is_sample: bool

    @property
    def tables(self) -> tuple[Table, ...]:
        """In the order of the pages."""
        return tuple(
            table
            for section in self.sections
            for table in ((section.matrix.table,) if section.matrix else ()) + section.tables
        )
