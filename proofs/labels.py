"""A label decides who reads, whatever people do and by whatever way they look: a long walk, and every channel."""

from collections.abc import Iterator

from proofs.house import House
from proofs.record import Finding
from proofs.tests import ask, of, shared

WALK, CHANNELS = "tests/csirt_network/test_walk.py", "tests/csirt_network/test_channels_agree.py"
STEPS, WORLDS = {True: 2_000, False: 50_000}, {True: 40, False: 1_000}  # quick, and not
OF_ONE = 1_000  # steps of one walk, and so of one seed


def prove(house: House, *, quick: bool, percent: int = 100) -> Iterator[Finding]:
    steps, worlds = STEPS[quick] // OF_ONE * percent // 100 * OF_ONE, WORLDS[quick] * percent // 100
    holds, figures = ask("labels", [WALK], house.folder, walks(steps))
    holds = holds and figures["steps"] > 0
    what = "no audience grew wider" if holds else "an audience grew wider, or it could not be asked: see above"
    yield Finding(f"{of(figures['steps'], steps)} steps, {figures['deeds']} deeds done with alerts: {what}", holds)
    shares = [{"OAS_EXAMPLES": str(share)} for share in shared(worlds)]
    holds, figures = ask("labels", [CHANNELS], house.folder, shares)
    holds = holds and figures["worlds"] > 0
    what = "all channels agree" if holds else "channels differ, or it could not be asked: see above"
    yield Finding(
        f"{of(figures['worlds'], worlds)} invented worlds, {figures['answers']} answers of channels: {what}", holds
    )


def walks(steps: int) -> list[dict[str, str]]:
    """For each core so many walks, each from a seed of its own."""
    seeds, first = shared(steps // OF_ONE), 0
    given = []
    for number in seeds:
        given.append({"OAS_STEPS": str(number * OF_ONE), "OAS_FIRST_SEED": str(first)})
        first += number
    return given
