"""140 country briefs (35 states in four languages): the processor time of gathering them, of PDF and of Excel.

    .venv/bin/python -m benchmarks.briefs [SECONDS] [--workers N…]

Takes the database of the environment, with the reference data in it. Fails beyond SECONDS (20 unless said otherwise).
With --workers it takes a portal of its own, and makes the briefs once more as runs that so many processes claim: how
long until the last is stored, and the processor time of each process, for each N.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from time import process_time
from typing import Any

import django

from benchmarks.portal import portal

LIMIT = 20.0


class Stopwatch:
    """Processor seconds by part."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def take(self, part: str, call: Callable[..., Any], *arguments: Any) -> Any:
        start = process_time()
        result = call(*arguments)
        self.spent[part] += process_time() - start  # type: ignore[assignment]
        return result


def make_all(watch: Stopwatch) -> tuple[int, int]:
    """How many briefs were made, and the bytes of their files."""
    gather, known = import_module("reporting.briefs.gather"), import_module("reporting.briefs.known")
    pdf, xlsx = import_module("reporting.briefs.pdf").pdf, import_module("reporting.briefs.xlsx").xlsx
    states = list(import_module("member_states.models").MemberState.objects.all())
    languages = [code for code, _name in import_module("django.conf").settings.LANGUAGES]
    if not states:
        sys.exit("There are no states in this database. Load the reference data: manage.py load_reference.")
    frame = watch.take("gathering", gather.frame_for, states[0])
    number = size = 0
    for state in states:
        facts = watch.take("gathering", known.known_of, state, frame)
        for language in languages:
            brief = watch.take("gathering", gather.worded, facts, language, frame)
            size += len(watch.take("PDF", pdf, brief)) + len(watch.take("Excel", xlsx, brief))
            number += 1
    return number, size


def measured(limit: float) -> int:
    watch = Stopwatch()
    number, size = make_all(watch)
    total = sum(watch.spent.values())
    parts = ", ".join(f"{part} {seconds:.2f} s" for part, seconds in watch.spent.items())
    print(
        f"{number} briefs as PDF and Excel, {size / 1e6:.1f} MB: {total:.2f} s of CPU ({parts}); at most {limit:g} s."
    )
    return int(total > limit)


def with_workers(limit: float, numbers: list[int]) -> int:
    """In a portal whose files go with it."""
    with tempfile.TemporaryDirectory() as files:
        os.environ["OAS_FILES"] = files
        with portal():
            failed = measured(limit)
            for number in numbers:
                print(import_module("benchmarks.brief_workers").make_with(number), flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description="The processor time of 140 country briefs.")
    parser.add_argument("seconds", nargs="?", type=float, default=LIMIT)
    parser.add_argument("--workers", nargs="+", type=int, default=[], metavar="N")
    given = parser.parse_args()
    if given.workers:
        return with_workers(given.seconds, given.workers)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")
    django.setup()
    return measured(given.seconds)


if __name__ == "__main__":
    sys.exit(main())
