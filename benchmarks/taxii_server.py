"""The server of TAXII as teams meet it: HTTP, two web workers, a collection of 100,000 objects.

    .venv/bin/python -m benchmarks.taxii_server [OBJECTS]

Eight clients ask for pages at once; taxii2-client reads the whole collection, and the memory of the workers is weighed
while it does. Clients and server share this machine. The figures and what they mean: benchmarks/README.md.
"""

import http.client
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from taxii2client.v21 import Collection, as_pages

from benchmarks.portal import PRODUCTION, portal
from benchmarks.taxii import OBJECTS, TAXII, basic, prepared
from devtools.processes import Children, free_port, web

CLIENTS, REQUESTS, PAGE, LARGE_PAGE, TIMES = 8, 100, 100, 1_000, 3
PER_SECOND, PAGING_SECONDS, GROWTH = 60, 12, 1.1
FORWARDED = {"X-Forwarded-Proto": "https"}  # as the proxy in front says


def main(objects: int) -> int:
    with portal() as name, tempfile.TemporaryDirectory() as folder:
        _small, path = prepared(name, objects)
        teams, reader = [basic() for _ in range(CLIENTS)], basic()
        with server(Path(folder)) as (port, process):
            at_once(port, path, teams, 10)  # both workers are warm
            rate = at_once(port, path, teams, REQUESTS)
            passes, heights = zip(*(weighed(process, port, path, reader) for _ in range(TIMES)), strict=True)
    return report(rate, passes, heights, objects)


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, int]]:
    """The web of `dev.py up` with the settings of production: its port, and the parent of its workers."""
    port, children = free_port(), Children(folder)
    children.start("web", web(port, reload=False), os.environ | PRODUCTION | {"OAS_HOSTS": "localhost"})
    try:
        children.wait_for_web(port)
        yield port, children.running["web"].pid
    finally:
        children.end()


def at_once(port: int, path: str, teams: list[str], requests: int) -> float:
    """Pages a second that all clients together are given, each over a line of its own that stays open."""

    def client(team: str) -> None:
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        for _request in range(requests):
            line.request("GET", f"{path}?limit={PAGE}", headers=FORWARDED | {"Authorization": team, "Accept": TAXII})
            answer = line.getresponse()
            if answer.status != 200 or not answer.read():
                raise SystemExit(f"{answer.status}: {answer.reason}")
        line.close()

    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, teams))
    return CLIENTS * requests / (time.monotonic() - began)


def weighed(process: int, port: int, path: str, team: str) -> tuple[float, int]:
    """Seconds that taxii2-client takes to read all, and the most memory of the server meanwhile, in bytes."""
    heights, is_over = [memory(process)], threading.Event()

    def weigh() -> None:
        while not is_over.wait(0.1):
            heights.append(memory(process))

    scale = threading.Thread(target=weigh)
    scale.start()
    began = time.monotonic()
    count = read_all(f"http://localhost:{port}{path.removesuffix('objects/')}", team)
    seconds = time.monotonic() - began
    is_over.set()
    scale.join()
    print(f"taxii2-client read {count:,} objects in {seconds:.1f} s.")
    return seconds, max(heights)


def read_all(url: str, team: str) -> int:
    collection = Collection(url)
    collection._conn.session.headers.update(FORWARDED | {"Authorization": team})
    return sum(len(page["objects"]) for page in as_pages(collection.get_objects, per_request=LARGE_PAGE))


def memory(process: int) -> int:
    """Of the parent and its workers, what is shared counted once (the kernel's proportional set size)."""
    children = map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
    return sum(map(_share, (process, *children)))


def _share(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def report(rate: float, passes: tuple[float, ...], heights: tuple[int, ...], objects: int) -> int:
    grown = heights[-1] / heights[0]
    print(f"{CLIENTS} clients, pages of {PAGE}: {rate:.0f} a second.")
    weights = ", ".join(f"{height / 1e6:.0f}" for height in heights)
    print(f"Memory of the server at its most, MB, pass by pass: {weights}; {grown:.2f} times.")
    slow = min(passes) > PAGING_SECONDS * max(1, objects / OBJECTS)
    return int(rate < PER_SECOND or slow or grown > GROWTH)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else OBJECTS))
