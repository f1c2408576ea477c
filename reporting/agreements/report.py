"""What the report on an agreement says: tables of plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Column:
    name: str
    width: int  # in characters, of the sheet
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """`about` stands under its heading; without rows `empty` stands in their place."""

    title: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    about: str = ""


@dataclass(frozen=True)
class AgreementReport:
    language: str
    agreement: str
    situation: str
    parties: str
    label: str
    audience: str
    made_on: date
    lead: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    source: str
    is_sample: bool
