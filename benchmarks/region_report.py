"""Region at a glance in four languages: the processor time of gathering it, of PDF and of Excel, by report.

    .venv/bin/python -m benchmarks.region_report [SECONDS]

Takes the database of the environment, with the reference data in it; nothing is written. One is made in each language
first: that looks up fonts and compiles the template. Fails when one in one language alone, with all that is gathered for
it, takes more than SECONDS (0.3 unless said otherwise).
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
TURNS = 5


def make_all(watch: Stopwatch) -> tuple[int, int]:
    """How many reports were made, and the pages of the longest."""
    facts, worded = import_module("reporting.glance.facts"), import_module("reporting.glance.worded").worded
    pdf, xlsx = import_module("reporting.glance.pdf").pdf, import_module("reporting.glance.xlsx").xlsx
    languages = [code for code, _name in import_module("django.conf").settings.LANGUAGES]
    known = watch.take("gathering", facts.facts_of, a_run())
    pages = 0
    for language in languages:
        report = watch.take("wording", worded, known, language)
        paper = watch.take("PDF", pdf, report)
        watch.take("Excel", xlsx, report)
        pages = max(pages, len(import_module("pypdf").PdfReader(BytesIO(paper)).pages))
    return len(languages), pages


def a_run() -> Any:
    """One that is not kept."""
    now = datetime.now(UTC)
    return import_module("reporting.models").Run(kind="region at a glance", slot=now, as_of=now, languages=["en"])


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")
    django.setup()
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else LIMIT
    make_all(Stopwatch())
    watch, number, pages = Stopwatch(), 0, 0
    for _turn in range(TURNS):
        made, pages = make_all(watch)
        number += made
    each = sum(watch.spent.values()) / number
    alone = watch.spent["gathering"] / TURNS + (sum(watch.spent.values()) - watch.spent["gathering"]) / number
    parts = ", ".join(f"{part} {seconds / number * 1000:.0f} ms" for part, seconds in watch.spent.items())
    print(f"{number} reports of {pages} pages as PDF and Excel: {each:.3f} s of CPU each ({parts}).")
    print(f"In one language alone {alone:.3f} s; at most {limit:g} s.")
    return int(alone > limit)


if __name__ == "__main__":
    sys.exit(main())
