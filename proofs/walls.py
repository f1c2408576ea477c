"""Two walls, written apart, say the same: the test of the differential oracle, on ten thousand invented worlds."""

import os
import subprocess
from collections.abc import Iterator

from devtools.services import ROOT
from proofs.house import House
from proofs.record import Finding

TEST = "tests/house/test_wall_differential.py"


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    worlds = 200 if quick else 10_000
    env = os.environ | {"OAS_EXAMPLES": str(worlds), "OAS_TEST_DB": "test_oas_walls"}
    done = subprocess.run(["pytest", TEST, "--quiet", "-p", "no:cacheprovider"], cwd=ROOT, env=env)
    what = "no difference" if done.returncode == 0 else "they differ, or it could not be asked: see above"
    yield Finding(f"{worlds} invented worlds: {what}", done.returncode == 0)
