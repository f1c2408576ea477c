"""A label and an audience only narrow, whatever people do with alerts. OAS_STEPS is how many deeds are tried.

OAS_FIRST_SEED is where the seeds begin: so several share a long run.
"""

import os

import pytest

from tests.access.visits import undone
from tests.csirt_network.walk import DEEDS, Ground, Walk
from tests.house.time_left import is_over

pytestmark = pytest.mark.django_db
STEPS = int(os.environ.get("OAS_STEPS", "300"))
FIRST = int(os.environ.get("OAS_FIRST_SEED", "0"))
OF_ONE = 1000  # steps, before a new walk begins on empty ground


def test_nothing_that_is_done_lets_somebody_read_what_was_not_for_them(record_testsuite_property):
    ground, done, steps = Ground(), {}, 0
    for seed in range(FIRST, FIRST - (-STEPS // OF_ONE)):
        if is_over():
            break
        with undone():
            walk = Walk(ground, seed)
            walk.steps(min(OF_ONE, STEPS))
            steps += min(OF_ONE, STEPS)
            for deed, times in walk.done.items():
                done[deed] = done.get(deed, 0) + times

            assert not walk.faults, f"walk {seed}: " + "\n".join(walk.faults[:5])
    record_testsuite_property("deeds", sum(done.values()))
    record_testsuite_property("steps", steps)

    assert len(done) >= (len(DEEDS) if steps >= 5 * OF_ONE else 7 if steps else 0), (
        f"never done: {sorted({deed.__name__.strip('_') for deed in DEEDS} - set(done))}"
    )
