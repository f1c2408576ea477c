"""Two hundred people who click, each for ten minutes: the people of the sample at several browsers, and visitors.

Each follows a link of the page before them, as chance will have it, reads a few seconds and goes on. A fault is an
answer that says the portal broke, none at all, or a link that leads nowhere. Help tells everybody of every task, so
from there a link may lead to what is not theirs. How fast they are answered is told, and proves nothing.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from statistics import quantiles
from typing import Any
from urllib.parse import urljoin, urlsplit

from proofs.house import House, say
from proofs.record import Finding

PEOPLE, SECONDS, QUICK = 200, 600, (20, 60)
VISITORS = 5  # one of so many has not signed in
READS = (10.0, 30.0)  # seconds, at the least and at the most
ENTRANCES = ("/", "/home/", "/states/", "/alerts/", "/activities/", "/my-turn/", "/reports/", "/help/")
FOR_VISITORS = ("/en/", "/es/", "/fr/", "/pt-br/", "/states/", "/plan/", "/partners/", "/csirts/", "/sources/")


class Links(HTMLParser):
    """Where the page leads to, in the portal."""

    def __init__(self, words: str, path: str) -> None:
        super().__init__()
        self.path, self.found = path, list[str]()
        self.feed(words)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        target = dict(attributes).get("href") if tag == "a" else None
        if not target or target.startswith("#"):
            return
        address = urlsplit(urljoin(f"http://localhost{self.path}", target))
        if address.scheme == "http" and address.hostname == "localhost":
            self.found.append(address.path + (f"?{address.query}" if address.query else ""))


class Person(threading.Thread):
    def __init__(self, visitor: Any, entrances: tuple[str, ...], chance: random.Random, end: float) -> None:
        super().__init__(daemon=True)
        self.visitor, self.entrances, self.chance, self.end = visitor, entrances, chance, end
        self.seconds: list[float] = []
        self.faults: Counter[str] = Counter()

    def run(self) -> None:
        time.sleep(self.chance.uniform(0, READS[1]))
        before, path = "", self.chance.choice(self.entrances)
        while time.monotonic() < self.end:
            before, path = path, self.click(path, before) or self.chance.choice(self.entrances)
            time.sleep(self.chance.uniform(*READS))

    def click(self, path: str, before: str) -> str:
        """Where they go next, having come from `before`; nowhere from a page without links."""
        answer = self.visitor.get(path)
        self.seconds.append(answer.seconds)
        if answer.location:
            return str(answer.location)
        if answer.status == 403 and "/help/" in before:
            return ""
        if answer.status != 200:
            self.faults[f"{answer.outcome} {urlsplit(path).path} from {urlsplit(before).path}"] += 1
            return ""
        links = Links(answer.words, path).found if "<html" in answer.words[:500] else []
        return self.chance.choice(links) if links else ""


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    house.open(sample=True)
    house.web()
    house.worker()
    many, seconds = QUICK if quick else (PEOPLE, SECONDS)
    people = at_their_browsers(house, many, seconds)
    for one in people:
        one.start()
    while any(one.is_alive() for one in people):
        time.sleep(10)
        clicks, faults = sum(len(one.seconds) for one in people), sum(one.faults.total() for one in people)
        say(f"{clicks} clicks, {faults} faults")
    yield told(people, seconds)


def at_their_browsers(house: House, many: int, seconds: int) -> list[Person]:
    """Chance is the same in each run: what a person is shown is not."""
    from accounts.models import User
    from common.scope import PROGRAMME, scope
    from proofs.visitor import Anybody, Visitor

    with scope(PROGRAMME):
        known = [one for one in User.objects.filter(is_active=True).order_by("pk") if one.email.endswith("example.org")]
    end, made = time.monotonic() + seconds, list[Person]()
    for number in range(many):
        is_visitor = number % VISITORS == 0
        visitor = Anybody(house.port) if is_visitor else Visitor(house.port, known[number % len(known)])
        chance = random.Random(number)
        made.append(Person(visitor, FOR_VISITORS if is_visitor else ENTRANCES, chance, end))
    return made


def told(people: list[Person], seconds: int) -> Finding:
    times, faults = [second for one in people for second in one.seconds], Counter[str]()
    for one in people:
        faults += one.faults
    for fault, count in faults.most_common(20):
        say(f"{count} × {fault}")
    cuts = quantiles(times, n=100)
    words = (
        f"{len(people)} people clicked for {seconds} s: {len(times)} pages, {faults.total()} errors; "
        f"half within {cuts[49] * 1000:.0f} ms, 95 of 100 within {cuts[94] * 1000:.0f} ms, 99 within {cuts[98]:.1f} s"
    )
    return Finding(words, not faults)
