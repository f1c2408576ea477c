"""Small faults in the code of the access policy, one at a time: how many of them a test notices."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from devtools.environment import LOCAL
from devtools.services import ROOT
from proofs.house import House
from proofs.record import Finding
from proofs.tests import CORES

TESTS = (
    "tests/house/test_wall.py", "tests/house/test_wall_words.py", "tests/house/test_wall_differential.py",
    "tests/house/test_policy.py", "tests/house/test_reach.py", "tests/csirt_network/test_differential.py",
    "tests/csirt_network/test_admission.py", "tests/csirt_network/test_admission_powers.py",
    "tests/csirt_network/test_lists.py", "tests/csirt_network/test_readers.py", "tests/csirt_network/test_who_may.py",
    "tests/csirt_network/test_totals.py", "tests/csirt_network/test_alert_answers.py",
    "tests/csirt_network/test_asking.py", "tests/csirt_network/test_subscriptions.py",
    "tests/csirt_network/test_freshness.py", "tests/csirt_network/test_directory.py",
    "tests/exchange/test_claims.py", "tests/exchange/test_imports.py", "tests/exchange/test_machines.py",
    "tests/exchange/test_mirroring.py", "tests/exchange/test_owning.py", "tests/exchange/test_store.py",
    "tests/exchange/test_object_pages.py", "tests/exchange/test_token_pages.py", "tests/exchange/test_taxii.py",
    "tests/exchange/test_powers.py", "tests/exchange/test_said_by_push.py", "tests/exchange/test_early_warning.py",
    "tests/exchange/test_lists.py", "tests/partnerships/",
    "tests/action_plan/", "tests/accounts/", "tests/audit/", "tests/capability/", "tests/documents/",
    "tests/ministry_desk/", "tests/notices/", "tests/api/test_tokens.py", "tests/api/test_reading.py",
    "tests/correspondence/", "tests/imports/",
    "tests/invitations/", "tests/member_states/", "tests/reporting/", "tests/search/", "tests/access/test_matrix.py",
)  # fmt: skip
LEAST = 95  # of a hundred
WALLS = ("tests/house/", "tests/csirt_network/test_differential.py")


def prove(house: House, *, quick: bool, percent: int = 100, of: str = "") -> Iterator[Finding]:
    """Each core tries its part; `percent` of the faults are a fair sample of them. `of` names the apps, if not all.

    A run that was cut short goes on where it stopped as long as no code changed.
    """
    until = float(os.environ.get("OAS_UNTIL", "inf"))
    seconds = int(min(900 if quick else 7200, until - time.time()))
    reports = [house.folder / f"faults-{part}.json" for part in range(CORES)]
    words = ["--mutate-seconds", f"{seconds}", "--mutate-percent", f"{percent}", "--mutate-of", of]
    running = [_try(part, [*words, "--mutate-report", str(report)], of) for part, report in enumerate(reports)]
    for one in running:
        one.wait()
    number: Counter[str] = Counter()
    for report in filter(Path.exists, reports):
        number.update({verdict: len(faults) for verdict, faults in json.loads(report.read_text()).items()})
    tried = number["killed"] + number["survived"] + number["unreached"]
    score = 100 * number["killed"] / max(1, tried)
    where = f" in the code of {of.replace(',', ', ')}" if of else ""
    told = f"{tried} of {tried + number['untried']} faults{where} tried: {number['killed']} noticed, {score:.1f} %"
    yield Finding(told, score >= LEAST and (quick or until < float("inf") or not number["untried"]))


def _try(part: int, options: list[str], of: str) -> subprocess.Popen[bytes]:
    env = os.environ | {"OAS_EXAMPLES": "12", "OAS_TEST_DB": f"test_oas_mutation_{part}"}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutation.plugin", "-p", "no:cacheprovider"]
    words += ["--tb=native", "--mutate-share", f"{part + 1}/{CORES}"]
    words += ["--mutate-folder", str(LOCAL / "mutation"), *options]
    tests = [path for path in TESTS if path.startswith(_near(of))]
    return subprocess.Popen([*words, "-k", "not empty_form and not other_methods", *tests], cwd=ROOT, env=env)


def _near(of: str) -> tuple[str, ...]:
    """Where the tests of these apps stand, and those of the walls."""
    return (*(f"tests/{app}/" for app in of.split(",")), *WALLS) if of else ("",)
