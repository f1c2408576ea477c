"""The 140 briefs as workers make them: each state a run in four languages, claimed, stored, and told of by mail.

A queue between the processes stands for the broker, whose own work is not measured.
"""

import multiprocessing
import os
from dataclasses import dataclass
from importlib import import_module
from time import monotonic, process_time
from typing import Any

import django

from benchmarks.pages import OFFICER

PATIENCE = 900.0  # seconds until a worker that says nothing is taken for dead


@dataclass(frozen=True)
class Worker:
    """What one process says at its end; `at` is of the clock of the machine."""

    runs: int
    cpu: float
    at: float


@dataclass(frozen=True)
class Team:
    workers: list[Worker]
    seconds: float  # until the last run is stored
    briefs: int
    load: float  # of the machine before they began, over a minute

    def __str__(self) -> str:
        cpu = sorted(worker.cpu for worker in self.workers)
        return (
            f"{len(self.workers)} at work: {self.briefs} briefs in {self.seconds:.1f} s,"
            f" {60 * self.briefs / self.seconds:.0f} a minute; CPU {cpu[0]:.1f} to {cpu[-1]:.1f} s each,"
            f" {sum(cpu):.1f} s in all; {min(w.runs for w in self.workers)} to {max(w.runs for w in self.workers)}"
            f" runs each; load {self.load:.1f} before"
        )


def make_with(number: int) -> Team:
    """Raises RuntimeError unless every run is done once and has all its files."""
    pks = _queued()
    context = multiprocessing.get_context("spawn")
    start, rung, over = context.Barrier(number + 1), context.Queue(), context.Queue()
    for pk in [*pks, *[None] * number]:
        rung.put(pk)
    processes = [context.Process(target=_work, args=(start, rung, over), daemon=True) for _ in range(number)]
    load = os.getloadavg()[0]
    for process in processes:
        process.start()
    start.wait(PATIENCE)
    began = monotonic()
    workers = [Worker(*over.get(timeout=PATIENCE)) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    return Team(workers, max(worker.at for worker in workers) - began, _checked(pks), load)


def _work(start: Any, rung: Any, over: Any) -> None:
    """In a process of its own, from when all are ready."""
    django.setup()
    import_module("oas_cyber.celery").app.conf.broker_url = "memory://localhost"  # nobody is rung for the mails
    run, work = import_module("reporting.models").Run, import_module("notices.work").work
    start.wait(PATIENCE)
    number, before = 0, process_time()
    for pk in iter(rung.get, None):
        work(run, pk)
        number += 1
    over.put((number, process_time() - before, monotonic()))


def _queued() -> list[int]:
    models, settings = import_module("reporting.models"), import_module("django.conf").settings
    states = import_module("member_states.models").MemberState.objects.all()
    languages = [code for code, _name in settings.LANGUAGES]
    now = import_module("django.utils.timezone").now()
    with _programme():
        by = import_module("accounts.models").User.objects.get(email=OFFICER)
        facts = {"kind": models.Kind.COUNTRY_BRIEF, "slot": now, "languages": languages, "asked_by": by}
        return [models.Run.objects.create(state=state, **facts).pk for state in states]


def _checked(pks: list[int]) -> int:
    models = import_module("reporting.models")
    with _programme():
        runs = models.Run.objects.filter(pk__in=pks)
        done = runs.filter(status="done", attempts=1)
        files = models.RunFile.objects.filter(run__in=done).count()
        wanted = sum(len(run.languages) for run in runs)
        if done.count() != len(pks) or files != 2 * wanted:
            raise RuntimeError(f"{done.count()} of {len(pks)} runs are done, with {files} of {2 * wanted} files.")
    return wanted


def _programme() -> Any:
    common = import_module("common.scope")
    return common.scope(common.PROGRAMME)
