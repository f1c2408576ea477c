"""Two walls, written apart, say the same: the tests of the differential oracle, on thousands of invented worlds."""

from collections.abc import Iterator

from proofs.house import House
from proofs.record import Finding
from proofs.tests import ask, of, shared

OF_STATES, OF_NETWORK = "tests/house/test_wall_differential.py", "tests/csirt_network/test_differential.py"
WORLDS = {OF_STATES: ("states", 10_000), OF_NETWORK: ("the network", 2_000)}  # a world of the network takes longer
FEW = 200


def prove(house: House, *, quick: bool, percent: int = 100) -> Iterator[Finding]:
    for test, (whose, many) in WORLDS.items():
        worlds = FEW if quick else many * percent // 100
        shares = [{"OAS_EXAMPLES": str(share)} for share in shared(worlds)]
        holds, figures = ask("walls", [test], house.folder, shares)
        holds = holds and figures["worlds"] > 0
        what = "no difference" if holds else "they differ, or it could not be asked: see above"
        yield Finding(f"{of(figures['worlds'], worlds)} invented worlds of {whose}: {what}", holds)
