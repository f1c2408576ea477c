"""The same key pressed fifty times at once, and two reviewers deciding at the same moment."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from proofs.house import House, say
from proofs.record import Finding

AT_ONCE = 8  # connections; the others wait their turn


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    presses, rounds, races = (20, 5, 30) if quick else (50, 100, 500)
    house.open()
    from proofs.world import World

    world = World()
    yield from _same_key(world, presses, rounds)
    yield from _two_reviewers(world, races)


def _closing(action: Callable[..., Any]) -> Callable[..., Any]:
    """Each thread has a connection of its own."""

    def _act(*words: Any) -> Any:
        from django.db import connection

        try:
            return action(*words)
        finally:
            connection.close()

    return _act


def _same_key(world: Any, presses: int, rounds: int) -> Iterator[Finding]:
    from capability.actions.sending import submit_update
    from capability.models import Answer, Update
    from common.scope import PROGRAMME, reach_of, scope
    from notices.models import Mail
    from proofs.world import submissions

    keys: list[str] = []
    answers = 0
    for number, update in enumerate(world.filled(rounds), start=1):
        key, lead = uuid.uuid4(), world.lead(update)

        def press(_number: int, pk: int = update.pk, key: uuid.UUID = key, lead: Any = lead) -> int:
            with scope(reach_of(lead)):
                return submit_update(update=Update.objects.get(pk=pk), key=key, by=lead).pk

        with ThreadPoolExecutor(AT_ONCE) as threads:
            answers += len(set(threads.map(_closing(press), range(presses))))
        keys.append(str(key))
        if number % 10 == 0:
            say(f"{number} of {rounds} keys")
    with scope(PROGRAMME):
        stored, receipts = (
            Answer.objects.filter(update__round__year__gte=2030).count(),
            Mail.objects.filter(kind="update sent").count(),
        )
    yield Finding(
        f"{rounds} keys pressed {presses} times at once: {len(submissions())} submissions, {answers} different answers,"
        f" {receipts} receipts",
        submissions() == Counter(keys) and answers == receipts == rounds and stored == 27 * rounds,
    )


def _two_reviewers(world: Any, races: int) -> Iterator[Finding]:
    """Each wants something else; one is told whose decision stands, with their own words kept by the page."""
    from capability.actions.reviewing import DecidedMeanwhile, decide
    from capability.models import Answer, AnswerDecision
    from common.scope import PROGRAMME, reach_of, scope
    from tests.factories.capability import make_submitted

    with scope(PROGRAMME):
        updates = world.updates(-(-races // 27))
        sent = [make_submitted(update, by=world.lead(update)) for update in updates]
        answers = list(Answer.objects.filter(submission__in=sent).order_by("pk").values_list("pk", flat=True)[:races])
    first, second = world.officers
    outcomes: Counter[str] = Counter()
    wrong = 0
    for pk in answers:
        start = Barrier(2)

        def press(officer: Any, pk: int = pk, start: Barrier = start) -> str:
            with scope(reach_of(officer)):
                answer = Answer.objects.select_related("submission", "update").get(pk=pk)
                start.wait(30)
                try:
                    decide(answer=answer, verdict="return", comment=f"By {officer.name}", by=officer, version=0)
                except DecidedMeanwhile:
                    return "told"
            return officer.name

        with ThreadPoolExecutor(2) as threads:
            said = list(threads.map(_closing(press), (first, second)))
        with scope(PROGRAMME):
            standing = list(AnswerDecision.objects.filter(answer=pk).values_list("comment", "version"))
        winner = next((name for name in said if name != "told"), "")
        wrong += sorted(said) != sorted(["told", winner]) or standing != [(f"By {winner}", 1)]
        outcomes.update(said)
    told = outcomes.pop("told", 0)
    yield Finding(
        f"{len(answers)} answers decided by two at once: {sum(outcomes.values())} decisions, {told} told whose stands,"
        f" {wrong} otherwise",
        wrong == 0 and len(answers) == races,
    )
