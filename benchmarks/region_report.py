"""Region at a glance in four languages: the processor time of gathering it, of PDF and of Excel, by language.

    .venv/bin/python -m benchmarks.region_report [SECONDS]

Takes the database of the environment, with the reference data in it; nothing is written. It is gathered once before,
which opens the connection. Each report is the first in its language, since the typesetter remembers what it has laid
out; the first of all pays for fonts and template. Fails when one of them, with all that is gathered for it, takes more
than SECONDS (0.3 unless said otherwise).
"""

import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from typing import Any

import django

from benchmarks.briefs import Stopwatch

LIMIT = 0.3


def make_all() -> tuple[dict[str, Stopwatch], int]:
    """By language what one report takes alone, and the pages of the longest."""
    facts, worded = import_module("reporting.glance.facts"), import_module("reporting.glance.worded").worded
    pdf, xlsx = import_module("reporting.glance.pdf").pdf, import_module("reporting.glance.xlsx").xlsx
    taken, pages = {}, 0
    facts.facts_of(a_run())
    for language, _name in import_module("django.conf").settings.LANGUAGES:
        taken[language] = watch = Stopwatch()
        known = watch.take("gathering", facts.facts_of, a_run())
        report = watch.take("wording", worded, known, language)
        paper = watch.take("PDF", pdf, report)
        watch.take("Excel", xlsx, report)
        pages = max(pages, len(import_module("pypdf").PdfReader(BytesIO(paper)).pages))
    return taken, pages


def a_run() -> Any:
    """One that is not kept."""
    now = datetime.now(UTC)
    return import_module("reporting.models").Run(kind="region at a glance", slot=now, as_of=now, languages=["en"])


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")
    django.setup()
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else LIMIT
    taken, pages = make_all()
    for language, watch in taken.items():
        parts = ", ".join(f"{part} {seconds * 1000:.0f} ms" for part, seconds in watch.spent.items())
        print(f"{language}: {sum(watch.spent.values()):.3f} s of CPU ({parts})")
    most = max(sum(watch.spent.values()) for watch in taken.values())
    print(f"A report of {pages} pages as PDF and Excel takes {most:.3f} s at most; the limit is {limit:g} s.")
    return int(most > limit)


if __name__ == "__main__":
    sys.exit(main())
