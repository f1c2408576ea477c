"""Tests asked for a proof: with far more than in an ordinary run, shared out over the cores."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from devtools.services import ROOT

IN_PART = ("hostile", "walls", "labels", "mutation", "api")  # take a `percent`: so many of a hundred of theirs
IN_TIME = ("walls", "labels", "mutation", "api")  # may stop after some minutes and say how far they came
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1  # ours to use


def shared(number: int) -> list[int]:
    """In equal parts, one for each core."""
    return [number // CORES + (part < number % CORES) for part in range(CORES)]


def of(done: int, wanted: int) -> str:
    return f"{wanted}" if done >= wanted else f"{done} of {wanted}"


def ask(name: str, tests: Sequence[str], folder: Path, shares: Iterable[dict[str, str]]) -> tuple[bool, Counter[str]]:
    """Each share of settings in a process with a database of its own. Whether all passed; the sums of their figures."""
    reports, running = [], []
    for part, share in enumerate(shares):
        report = folder / f"{name}-{part}.xml"
        words = [sys.executable, "-m", "pytest", *tests, "-q", "-p", "no:cacheprovider", f"--junit-xml={report}"]
        env = os.environ | share | {"OAS_TEST_DB": f"test_oas_{name}_{part}"}
        reports.append(report)
        running.append(subprocess.Popen([*words, f"--hypothesis-seed={part}"], cwd=ROOT, env=env))
    passed = [one.wait() == 0 for one in running]
    figures: Counter[str] = Counter()
    for report in filter(Path.exists, reports):
        for one in ElementTree.parse(report).iter("property"):  # noqa: S314 - our own file
            value = str(one.get("value"))
            figures[str(one.get("name"))] += int(value) if value.isdigit() else 0  # others leave words of their own
    return all(passed), figures
