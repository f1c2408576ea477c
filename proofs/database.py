"""PostgreSQL restarted as after a crash, again and again, under people who save answers and send updates.

Each goes on as a browser does: what was not acknowledged is sent again with the same revision or key. The audit trail
tells how often each was really written.
"""

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from proofs.house import House, say
from proofs.record import Finding

PAUSE, PATIENCE = 0.3, 60
OTHER_WORDS = ("Traceback", "OperationalError", "Something went wrong")


class User(threading.Thread):
    """One who saves an answer in ever new words and at the end sends the update."""

    def __init__(self, house: House, world: Any, update: Any, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        from proofs.visitor import Visitor

        self.visitor, self.update, self.stop = Visitor(house.port, world.lead(update)), update, stop
        self.language = world.lead(update).language
        self.key = str(uuid.uuid4())
        self.saved: list[str] = []
        self.faults: Counter[str] = Counter()
        self.seen_503 = self.tries = 0
        self.is_sent = False

    def run(self) -> None:
        from tests.capability.filling import url

        while self.visitor.get(url(self.update)).status != 200:  # from here on the browser knows the language
            time.sleep(PAUSE)
        revision = 1
        while not self.stop.is_set():
            words = f"{uuid.uuid4()}"
            fields = {"D1-1-stage": "2", "D1-1-text": words, "D1-1-revision": str(revision)}
            if not self.until_acknowledged(url(self.update, "policy-and-strategy", "D1.1", "save"), fields, 200):
                return
            self.saved.append(words)
            revision += 1
            time.sleep(random.uniform(0, PAUSE))
        self.is_sent = self.until_acknowledged(url(self.update, "send"), {"key": self.key}, 302)

    def until_acknowledged(self, path: str, fields: dict[str, str], wanted: int) -> bool:
        """Whether it was within a minute."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.tries += 1
            answer = self.visitor.post(path, fields)
            if answer.status == wanted:
                return True
            self._look_at(answer)
            time.sleep(PAUSE)
        return False

    def _look_at(self, answer: Any) -> None:
        """What the person sees meanwhile: the sentence, in their language, and nothing of the error."""
        from django.utils import translation
        from django.utils.html import escape
        from django.utils.translation import gettext

        with translation.override(self.language):
            sentence = escape(gettext("It will be back shortly. What you had saved is safe."))
        self.seen_503 += answer.status == 503
        if answer.status not in (0, 503):
            self.faults[f"status {answer.outcome}"] += 1
        elif answer.status and (sentence not in answer.words or answer.language != self.language):
            self.faults[f"no sentence in {self.language}"] += 1
        if any(words in answer.words for words in OTHER_WORDS):
            self.faults["the error is shown"] += 1


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    restarts, people = (2, 10) if quick else (9, 40)  # and once more while they send
    house.open()
    from proofs.world import World

    world = World()
    updates = world.filled(people)
    house.web()
    stop = threading.Event()
    users = [User(house, world, update, stop) for update in updates]
    for user in users:
        user.start()
    for restart in range(restarts):
        time.sleep(random.uniform(3, 6))
        house.restart_database()
        say(f"restarted {restart + 1} of {restarts}; {sum(len(user.saved) for user in users)} writes acknowledged")
    time.sleep(3)
    stop.set()
    _restart_while_they_send(house)
    for user in users:
        user.join(120)
    yield from _count(users, restarts + 1)


def _restart_while_they_send(house: House) -> None:
    time.sleep(0.5)
    house.restart_database()


def _count(users: list[User], restarts: int) -> Iterator[Finding]:
    from django.db import connection

    from proofs.world import submissions

    connection.close()
    written = _written(users)
    saved = [words for user in users for words in user.saved]
    lost = [words for words in saved if words not in written]
    twice = [words for words in saved if written[words] > 1]
    sent = submissions()
    keys = [user.key for user in users]
    seen, tries = sum(user.seen_503 for user in users), sum(user.tries for user in users)
    faults: Counter[str] = sum((user.faults for user in users), Counter())
    words = f"{restarts} immediate restarts under {len(users)} people: {len(saved)} acknowledged saves"
    yield Finding(f"{words}, {len(lost)} lost, {len(twice)} doubled", bool(saved) and not lost and not twice)
    once = sum(sent[key] == 1 for key in keys)
    yield Finding(f"{once} of {len(keys)} updates sent once", sent == Counter(keys) and all(u.is_sent for u in users))
    told = ", ".join(f"{count} × {fault}" for fault, count in sorted(faults.items())) or "no other error"
    yield Finding(f"{seen} of {tries} answers were the sentence, {told}", not faults and seen > 0)


def _written(users: list[User]) -> Counter[str]:
    """How often each text was written, by the trail of the drafts, which is the states' own."""
    from accounts.models import AuditEntry
    from common.scope import Reach, scope

    with scope(Reach(states=tuple({user.update.state_id for user in users}))):
        entries = AuditEntry.objects.filter(model="capability.draftanswer", object_id__gt=0)
        versions = [(entry.before or {}, entry.after or {}) for entry in entries.iterator()]
    return Counter(after["text"] for before, after in versions if after and before.get("text") != after["text"])
