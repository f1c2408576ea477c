"""The API as its description says, whoever asks and whatever is sent: a hundred thousand requests by Schemathesis."""

from collections.abc import Iterator

from proofs.house import House
from proofs.record import Finding
from proofs.tests import ask, of, shared

TESTS = "tests/api/test_anything_sent.py"
REQUESTS = {True: 2_000, False: 100_000}  # quick, and not


def prove(house: House, *, quick: bool, percent: int = 100) -> Iterator[Finding]:
    requests = REQUESTS[quick] * percent // 100
    shares = [{"OAS_REQUESTS": str(share)} for share in shared(requests)]
    holds, figures = ask("api", [TESTS], house.folder, shares)
    holds = holds and figures["requests"] > 0
    what = "no error of ours, none but what is described" if holds else "some answered otherwise: see above"
    asked, operations = of(figures["requests"], requests), figures["operations"] // len(shares)
    yield Finding(f"{asked} requests to {operations} operations as everybody: {what}", holds)
