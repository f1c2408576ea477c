"""The broker killed with nothing kept, meanwhile and while updates are sent: each thing is done once all the same.

Here beat really runs, and nothing is rung by the proof at the end: worker and beat must come back by themselves.
"""

import random
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from proofs.house import House, say, wait_until
from proofs.record import Finding

USERS = 8


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    kills, mails, briefs, sendings = (3, 190, 10, 20) if quick else (20, 1460, 40, 200)
    house.open()
    from proofs.workers import count
    from proofs.world import World, undone

    world = World()
    updates, to_send = world.updates(len(world.states)), world.filled(sendings)
    house.web()
    house.worker()
    house.beat()
    for kill in range(kills):
        world.post_mails(updates, range(kill * mails // kills, (kill + 1) * mails // kills))
        world.ask_for_briefs(range(kill * briefs // kills, (kill + 1) * briefs // kills))
        time.sleep(random.uniform(0, 3))
        house.kill_broker()
        time.sleep(random.uniform(0, 2))
        house.start_broker()
        say(f"killed {kill + 1} of {kills}; not yet done {undone()}")
    wait_until(lambda: not undone(), "what waits, with beat alone", seconds=900, pause=1)
    yield from count(house, kills, mails + briefs)
    yield from _away(house, world, to_send)


def _away(house: House, world: Any, updates: list[Any]) -> Iterator[Finding]:
    """Each is sent twice with the same key, as by somebody who pressed again."""
    from proofs.world import submissions, undone

    house.kill_broker()
    keys = {update.pk: str(uuid.uuid4()) for update in updates}
    with ThreadPoolExecutor(USERS) as people:
        answers = list(people.map(lambda update: _send(house, world, update, keys[update.pk]), updates))
    took = max(answer[1] for answer in answers)
    receipts = sum(answer[0] for answer in answers)
    stored = submissions()
    house.start_broker()
    returned = time.monotonic()
    wait_until(lambda: not undone(), "the mails of what was sent", seconds=600, pause=1)
    late = time.monotonic() - returned
    count = len(updates)
    yield Finding(
        f"broker away: {receipts} of {count} sendings led to the receipt, the slowest page took {took:.1f} s",
        receipts == count,
    )
    yield Finding(f"{len(stored)} stored once each", stored == Counter(keys.values()))
    yield from _mailed(house, count, late)


def _mailed(house: House, count: int, late: float) -> Iterator[Finding]:
    from common.scope import PROGRAMME, scope
    from notices.models import Mail

    sent = house.mails()
    with scope(PROGRAMME):
        receipts = [mail.message_id for mail in Mail.objects.filter(kind="update sent")]
    mailed = [receipt for receipt in receipts if sent[receipt] == 1]
    yield Finding(
        f"{len(mailed)} receipts mailed once, all within {late:.0f} s of its return",
        len(receipts) == len(mailed) == count and late <= 120 + count / 2,
    )


def _send(house: House, world: Any, update: Any, key: str) -> tuple[bool, float]:
    """Whether both presses led to the receipt and the receipt is a page; how long the slowest answer took."""
    from proofs.visitor import Visitor
    from tests.capability.filling import url

    visitor, receipt = Visitor(house.port, world.lead(update)), url(update, "sent")
    answers = [visitor.post(url(update, "send"), {"key": key}) for _press in range(2)]
    page = visitor.get(receipt)
    led = all((answer.status, answer.location) == (302, receipt) for answer in answers)
    return led and page.status == 200, max(answer.seconds for answer in (*answers, page))
