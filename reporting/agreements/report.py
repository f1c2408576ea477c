"""What the report on an agreement says: tables of plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date

from reporting.paper.tables import Table


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
