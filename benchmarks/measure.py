"""Processor time of calls that take turns, so that whatever else the machine does falls on all of them alike."""

import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

WARM_UP = 5


class Clock:
    """Processor seconds of this process; with the id of a database process on this machine, of both."""

    def __init__(self, database_process: int = 0) -> None:
        self.account = Path(f"/proc/{database_process}/schedstat")
        self.sees_database = database_process > 0 and self.account.exists()

    def now(self) -> float:
        return time.process_time() + self.database()

    def database(self) -> float:
        """What the kernel has charged the process that serves our connection."""
        return int(self.account.read_text().split()[0]) / 1e9 if self.sees_database else 0.0


def in_turns(calls: dict[str, Callable[[], float]], times: int, warm_up: int = WARM_UP) -> dict[str, list[float]]:
    """Each call measures itself; the order turns around every time."""
    for _ in range(warm_up):
        for call in calls.values():
            call()
    gc.collect()
    gc.freeze()
    names = list(calls)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(times):
        for name in names if turn % 2 else reversed(names):
            taken[name].append(calls[name]())
    gc.unfreeze()
    return taken


def ratio(taken: list[float], against: list[float]) -> float:
    """The median of the pairs: each turn is compared with its own neighbour."""
    return median(one / other for one, other in zip(taken, against, strict=True))


def ms(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.1f}"


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = ("-" * (widths[0]), *("-" * (width - 1) + ":" for width in widths[1:]))
    return "\n".join(
        "| " + " | ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) + " |"
        for line in (head, rule, *rows)
    )
