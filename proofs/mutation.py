"""Small faults in the code of the access policy, one at a time: how many of them a test notices."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devtools.services import ROOT
from proofs.house import House
from proofs.record import Finding

TESTS = (
    "tests/house/test_wall.py", "tests/house/test_wall_words.py", "tests/house/test_wall_differential.py",
    "tests/house/test_policy.py", "tests/accounts", "tests/audit", "tests/capability", "tests/documents",
    "tests/ministry_desk", "tests/notices", "tests/api/test_tokens.py", "tests/invitations",
    "tests/reporting/test_states.py", "tests/reporting/test_due.py", "tests/reporting/test_runs.py",
    "tests/access/test_matrix.py",
)  # fmt: skip
LEAST = 95  # of a hundred


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    seconds = 900 if quick else 7200
    env = os.environ | {"OAS_EXAMPLES": "12", "OAS_TEST_DB": "test_oas_mutation"}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = ["pytest", "-q", "-p", "tests.mutation.plugin", "--mutate-seconds", str(seconds)]
        words += ["--mutate-report", str(report), "-k", "not empty_form and not other_methods", *TESTS]
        subprocess.run(words, cwd=ROOT, env=env)
        found = json.loads(report.read_text()) if report.exists() else {}
    number = {verdict: len(mutants) for verdict, mutants in found.items()}
    tried = number.get("killed", 0) + number.get("survived", 0) + number.get("unreached", 0)
    score = 100 * number.get("killed", 0) / max(1, tried)
    yield Finding(f"{tried} of {tried + number.get('untried', 0)} faults tried: {score:.1f} % noticed", score >= LEAST)
