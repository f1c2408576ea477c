"""The public documents and datasets that facts are taken from (reference/sources.csv)."""

from pathlib import Path

from documents.loading import Change, load, rows_of
from documents.models import Source

FOLDER = Path(__file__).parent / "reference"


def load_sources() -> Change:
    rows = [(row["key"], row) for row in rows_of(FOLDER / "sources.csv")]
    return load(Source.objects.all(), rows, found_by=("key",))


def sources() -> dict[str, Source]:
    return {source.key: source for source in Source.objects.all()}
