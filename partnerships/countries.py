"""What countries are called in four languages (reference/countries.csv, from the Unicode CLDR)."""

from functools import cache
from pathlib import Path

from common.translated import suffix
from documents.loading import rows_of

FILE = Path(__file__).parent / "reference" / "countries.csv"


@cache
def _names() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows_of(FILE)}


def name_of(code: str) -> str:
    """In the reader's language; a code that is no country's stands as it is."""
    return _names()[code][f"name_{suffix()}"] if code in _names() else code


def choices() -> list[tuple[str, str]]:
    return sorted(((code, name_of(code)) for code in _names()), key=lambda pair: pair[1].casefold())
