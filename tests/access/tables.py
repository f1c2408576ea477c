"""Reading matrix.txt and transitions.txt: lines of cells between bars, comments after #."""

from dataclasses import dataclass
from pathlib import Path

ROLES = (
    "anon", "own", "deputy", "other", "team", "analyst", "sector", "foreign", "officer", "manager", "observer", "admin",
    "ended", "disabled", "partner",
)  # fmt: skip
CODES = frozenset(".LFNM")
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """`cells` by role; `first`, `second` and `third` are the columns of the table in question."""

    first: str
    second: str
    third: str
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.second} {self.first} {self.third}".strip()

    def wanted(self) -> dict[str, str]:
        return dict(zip(ROLES, self.cells, strict=True))


def rows(table: str) -> list[Row]:
    lines = [line.strip() for line in (HERE / table).read_text().splitlines()]
    return [row_of(line) for line in lines if line and not line.startswith("#")]


def row_of(line: str) -> Row:
    first, second, third, cells = (part.strip() for part in line.split("|"))
    codes = tuple(cells.split())
    if len(codes) != len(ROLES) or not set(codes) <= CODES:
        raise ValueError(f"One code for each of the {len(ROLES)} roles, please: {line}")
    return Row(first, second, "" if third == "-" else third, codes)
