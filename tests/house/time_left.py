"""Long proofs may be told to stop in time: what is not begun at the second OAS_UNTIL of the clock is not asked."""

import os
import time

UNTIL = float(os.environ.get("OAS_UNTIL", "inf"))


def is_over() -> bool:
    return time.time() > UNTIL
