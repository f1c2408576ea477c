"""Every hostile text in every field, query and address, and words that would run in every column: nothing breaks."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from devtools.services import ROOT
from proofs.house import House
from proofs.record import Finding

SENT, SHOWN = "tests/access/test_hostile.py", "tests/browser/test_hostile_words.py"


def prove(house: House, *, quick: bool, percent: int = 100) -> Iterator[Finding]:
    """The tests themselves, with all of their texts; the quick form takes a few, as every run of the tests does."""
    much = {} if quick else {"OAS_TEXTS": str(percent)}
    holds, told = _asked(SENT, house.folder / "sent.xml", much)
    yield Finding(
        f"{told.get('requests', 'no')} requests with one of {told.get('texts', 'no')} hostile texts each", holds
    )
    holds, told = _asked(SHOWN, house.folder / "shown.xml", much)
    yield Finding(f"{told.get('pages', 'no')} pages opened with hostile words in every column: none ran", holds)


def _asked(tests: str, report: Path, much: dict[str, str]) -> tuple[bool, dict[str, str]]:
    """Whether nothing was found, and the figures that the tests give."""
    env = os.environ | {"OAS_TEST_DB": "test_oas_hostile"} | much
    words = [sys.executable, "-m", "pytest", tests, "-q", "-p", "no:cacheprovider", f"--junit-xml={report}"]
    done = subprocess.run(words, cwd=ROOT, env=env)
    found = ElementTree.parse(report).iter("property") if report.exists() else ()  # noqa: S314 - our own file
    return done.returncode == 0, {str(one.get("name")): str(one.get("value")) for one in found}
