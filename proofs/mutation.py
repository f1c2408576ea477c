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

TESTS = (
    "tests/house/test_wall.py", "tests/house/test_wall_words.py", "tests/house/test_wall_differential.py",
    "tests/house/test_policy.py", "tests/csirt_network/test_differential.py",
    "tests/csirt_network/test_lists.py", "tests/csirt_network/test_readers.py", "tests/csirt_network/test_who_may.py",
    "tests/csirt_network/test_totals.py", "tests/csirt_network/test_alert_answers.py",
    "tests/csirt_network/test_asking.py", "tests/csirt_network/test_subscriptions.py",
    "tests/csirt_network/test_freshness.py", "tests/csirt_network/test_directory.py",
    "tests/exchange/test_claims.py", "tests/exchange/test_imports.py", "tests/exchange/test_machines.py",
    "tests/exchange/test_mirroring.py", "tests/exchange/test_owning.py", "tests/exchange/test_store.py",
    "tests/exchange/test_object_pages.py", "tests/exchange/test_token_pages.py", "tests/exchange/test_taxii.py",
    "tests/exchange/test_powers.py", "tests/exchange/test_said_by_push.py", "tests/partnerships",
    "tests/action_plan", "tests/accounts", "tests/audit", "tests/capability", "tests/documents",
    "tests/ministry_desk", "tests/notices", "tests/api/test_tokens.py", "tests/api/test_reading.py",
    "tests/invitations", "tests/member_states", "tests/reporting", "tests/search", "tests/access/test_matrix.py",
)  # fmt: skip
LEAST = 95  # of a hundred


def prove(house: House, *, quick: bool, percent: int = 100) -> Iterator[Finding]:
    """Each core tries its part; `percent` of the faults are a fair sample of them.

    A run that was cut short goes on where it stopped as long as no code changed.
    """
    parts = os.cpu_count() or 1
    until = float(os.environ.get("OAS_UNTIL", "inf"))
    seconds = int(min(900 if quick else 7200, until - time.time()))
    reports = [house.folder / f"faults-{part}.json" for part in range(parts)]
    running = [_try(part, parts, seconds, percent, report) for part, report in enumerate(reports)]
    for one in running:
        one.wait()
    number: Counter[str] = Counter()
    for report in filter(Path.exists, reports):
        number.update({verdict: len(faults) for verdict, faults in json.loads(report.read_text()).items()})
    tried = number["killed"] + number["survived"] + number["unreached"]
    score = 100 * number["killed"] / max(1, tried)
    told = f"{tried} of {tried + number['untried']} faults tried: {number['killed']} noticed, {score:.1f} %"
    yield Finding(told, score >= LEAST and (quick or until < float("inf") or not number["untried"]))


def _try(part: int, parts: int, seconds: int, percent: int, report: Path) -> subprocess.Popen[bytes]:
    env = os.environ | {"OAS_EXAMPLES": "12", "OAS_TEST_DB": f"test_oas_mutation_{part}"}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutation.plugin", "-p", "no:cacheprovider"]
    words += ["--mutate-seconds", str(seconds), "--mutate-share", f"{part + 1}/{parts}"]
    words += ["--mutate-percent", str(percent)]
    words += ["--mutate-folder", str(LOCAL / "mutation"), "--mutate-report", str(report)]
    return subprocess.Popen([*words, "-k", "not empty_form and not other_methods", *TESTS], cwd=ROOT, env=env)
