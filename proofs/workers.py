"""kill -9 of the worker at random moments while mails and briefs are made: none lost, none doubled."""

import random
import time
from collections.abc import Iterator

from proofs.house import House, say, wait_until
from proofs.record import Finding


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    kills, mails, briefs = (5, 190, 10) if quick else (100, 1460, 40)
    house.open()
    from proofs.world import World, done, undone

    world = World()
    updates = world.updates(len(world.states))
    house.worker()
    for kill in range(kills):
        before = done()
        world.post_mails(updates, range(kill * mails // kills, (kill + 1) * mails // kills))
        world.ask_for_briefs(range(kill * briefs // kills, (kill + 1) * briefs // kills))
        house.ring("notices.tasks.sweep")
        wait_until(lambda before=before: done() > before, "a worker at work")  # type: ignore[misc]
        time.sleep(random.uniform(0, 0.7))
        house.kill("worker")
        house.worker()
        say(f"killed {kill + 1} of {kills}; done {done()}, not yet {undone()}")
    yield from finish(house, kills, mails + briefs)


def finish(house: House, kills: int, jobs: int) -> Iterator[Finding]:
    from proofs.world import undone

    ring_until_done(house)
    yield from count(house, kills, jobs)
    yield Finding("nothing waits any more", not undone())


def ring_until_done(house: House) -> None:
    """The lease of what the last worker held runs out first."""
    from proofs.world import undone

    def all_done() -> bool:
        house.sweep()
        time.sleep(1)
        return not undone()

    wait_until(all_done, "the rest to be done", seconds=600)


def count(house: House, kills: int, jobs: int) -> Iterator[Finding]:
    """What is in the outbox, in the mailbox and on the shelf, held against each other."""
    from common.scope import PROGRAMME, scope
    from notices.models import Mail
    from proofs.world import not_sent_once, not_whole
    from reporting.models import Run

    sent = house.mails()
    lost, foreign = not_sent_once(sent)
    again = sum(sent.values()) - len(sent)
    with scope(PROGRAMME):
        failed = sum(kind.objects.filter(status="failed").count() for kind in (Mail, Run))
        asked, briefs = Mail.objects.filter(kind="update due").count(), Run.objects.count()
        told = Mail.objects.exclude(kind="update due").count()
    yield Finding(f"{kills} kills over {asked + briefs} jobs: {len(lost) + failed} lost", not lost and not failed)
    yield Finding(f"{len(foreign)} doubled", not foreign and asked + briefs == jobs and told == briefs)
    yield Finding(f"{len(not_whole())} of {briefs} briefs without exactly its files", not not_whole())
    yield Finding(f"{again} mails went out again under their own Message-ID", again <= 2 * kills)
