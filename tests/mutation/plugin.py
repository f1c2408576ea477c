"""`pytest -p tests.mutation.plugin --mutate …`: would the tests notice a slip in the code that says who may see what?

Each mutant (tests/mutation/mutants.py) is put into the running process, in place of the function it changes, and the
tests that run through that function are run until one fails. Own code, because mutmut and its like mutate function
bodies alone and start the tests anew for each mutant: here the rules stand at the top of their modules, and a start
costs more than the tests do.

First each mutant meets the tests that stand alone; what survives meets those of the access matrix, whose world is
built once. Verdicts are written down as they come (tests/mutation/memory.py): with --mutate-folder a run that was
cut short goes on where it stopped as long as nothing changed, and one after a change asks the right test first.
"""

import json
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import rules
from _pytest.runner import runtestprotocol

from tests.house.sources import ROOT
from tests.mutation.code import Code
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.memory import Memory
from tests.mutation.mutants import Mutant, mutants

NETWORK, PLAN, EXCHANGE, PARTNERS, LETTERS = (
    tuple(
        str(path.relative_to(ROOT))
        for kind in ("querysets", "rules")
        for path in sorted((ROOT / app / kind).glob("[a-z]*.py"))
    )
    for app in ("csirt_network", "action_plan", "exchange", "partnerships", "correspondence")
)
TARGETS = (
    "accounts/querysets.py", "audit/querysets.py", "capability/querysets.py", "documents/querysets.py",
    "member_states/querysets.py", "ministry_desk/querysets.py", "notices/querysets.py", "reporting/querysets.py",
    "search/querysets.py", "accounts/rules.py", "capability/rules.py", "documents/rules.py", "member_states/rules.py",
    "ministry_desk/rules.py", "notices/rules.py", "reporting/rules.py", "common/scope.py", "common/walls.py",
    "review/actions.py", "capability/regional.py", "capability/audiences.py",
    "invitations/querysets.py", "invitations/rules.py", "invitations/powers.py",
    "imports/querysets.py", "imports/rules.py", "correspondence/rules.py", "oas_cyber/reach.py",
    *PLAN, *EXCHANGE, *PARTNERS, *LETTERS, *NETWORK, "csirt_network/answers.py", "csirt_network/makers.py",
    "csirt_network/admission/rules.py",
)  # fmt: skip


def pytest_addoption(parser: Any) -> None:
    group = parser.getgroup("mutation")
    group.addoption("--mutate", action="store", default=",".join(TARGETS), help="files, separated by commas")
    group.addoption("--mutate-of", default="", help="only the code of these apps, separated by commas")
    group.addoption("--mutate-seconds", type=int, default=1500, help="stop after so many seconds")
    group.addoption("--mutate-each", type=int, default=300, help="seconds for the tests of one fault")
    group.addoption("--mutate-share", default="1/1", help="2/3: the second of three equal parts")
    group.addoption("--mutate-percent", type=int, default=100, help="a fair sample: so many of a hundred faults")
    group.addoption("--mutate-folder", default="", help="where what is found out is kept")
    group.addoption("--mutate-report", default="", help="a file for the figures")


class Laboratory:
    def __init__(self, session: Any) -> None:
        self.session, self.options = session, session.config.option
        near = tuple(f"{app}/" for app in self.options.mutate_of.split(",")) if self.options.mutate_of else ("",)
        paths = [path for path in self.options.mutate.split(",") if path.startswith(near)]
        self.codes = {str(ROOT / path): Code(path) for path in paths}
        self.memory = Memory(self.options.mutate_folder, self.options.mutate_share, paths)
        self.tests_of: dict[str, list[Any]] = defaultdict(list)
        self.duration: dict[Any, float] = {}
        self.kills: Counter[tuple[str, str]] = Counter()
        self.began = time.monotonic()
        self.why = ""  # the last that failed did

    # Which test runs through what --------------------------------------------------------------------------------

    def explore(self) -> None:
        """All tests once, unharmed: which run through what, and how long they take."""
        seen: set[str] = set()
        for code in self.codes.values():
            code.watch(seen.add)
        ask = rules.permissions.permissions.__class__.test_rule
        rules.permissions.permissions.__class__.test_rule = lambda own, name, *given: (  # type: ignore[method-assign]
            seen.add(f"rule {name}") or ask(own, name, *given)
        )
        items = self.session.items
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            self._explore(item, following, seen)
        rules.permissions.permissions.__class__.test_rule = ask  # type: ignore[method-assign]
        for code in self.codes.values():
            code.restore()

    def _explore(self, item: Any, following: Any, seen: set[str]) -> None:
        known = self.memory.reached(item)
        if known is None:
            seen.clear()
            for code in self.codes.values():
                code.forget_answers()
            began = time.monotonic()
            if not self.passes(item, following):
                print(f"\nfails without any mutant, left out: {item.nodeid}: {self.why}")
                return
            known = self.memory.note_reached(item, time.monotonic() - began, seen)
        self.duration[item] = known["seconds"]
        for place in known["places"]:
            self.tests_of[place].append(item)

    def passes(self, item: Any, following: Any) -> bool:
        self.session._setupstate.teardown_exact(item.parent)  # what ran before was perhaps to be followed by another
        reports = runtestprotocol(item, log=False, nextitem=following)
        self.why = next((report.longreprtext.splitlines()[-1] for report in reports if report.failed), "")
        return not any(report.failed for report in reports)

    # One fault ---------------------------------------------------------------------------------------------------

    def judge(self, mutant: Mutant, in_world: bool) -> str:
        """killed, survived, or unreached: nothing runs through it. Whoever noticed it must pass without it."""
        code = self.codes[str(mutant.path)]
        tests = list(self.tests_for(mutant, in_world))
        while tests:
            killer = self._killer(mutant, code, tests)
            if killer is None or isinstance(killer, str):
                return killer or "survived"
            if self.passes(killer, killer):
                self.kills[str(mutant.path), killer.nodeid.partition("[")[0]] += 1
                self.memory.note_killer(mutant, killer)
                return "killed"
            print(f"\nfails at times without any mutant, counted for nothing: {killer.nodeid}")
            tests.remove(killer)
        return "unreached"

    def _killer(self, mutant: Mutant, code: Code, tests: list[Any]) -> Any:
        """The test that fails with the fault in its place; None when all pass; a verdict where it cannot be put."""
        try:
            return self.first_that_fails(tests) if code.put(mutant.tree, mutant.function) else "unreached"
        except ValueError:
            return "unreached"
        except Exception:
            return "killed"  # the module itself breaks
        finally:
            code.restore()
            with suppress(Exception):
                code._run_statement(code.tree, mutant.function)

    def tests_for(self, mutant: Mutant, in_world: bool) -> Iterator[Any]:
        """The one that noticed it last time; then one of each test function, then the next of each."""
        code = self.codes[str(mutant.path)]
        places = code.places(mutant.function)
        reaching = {item for place in places for item in self.tests_of.get(place, ())}
        if not reaching:
            reaching = {item for place in code.all_places() for item in self.tests_of.get(place, ())}
        chosen = [item for item in reaching if ("world" in item.fixturenames) == in_world]
        killer = self.memory.killers.get(mutant.name)
        yield from (item for item in chosen if item.nodeid == killer)
        number: Counter[str] = Counter()
        turns = []
        for item in sorted(chosen, key=lambda item: (self.duration[item], item.nodeid)):
            function = item.nodeid.partition("[")[0]
            number[function] += 1
            worth = (0.1 + self.duration[item]) / (1 + self.kills[str(mutant.path), function])
            turns.append((number[function] * worth, number[function], item.nodeid, item))
        yield from (item for *_, item in sorted(turns, key=lambda turn: turn[:3]) if item.nodeid != killer)

    def first_that_fails(self, tests: list[Any]) -> Any:
        began = time.process_time()  # a busy machine tries no less
        for number, item in enumerate(tests):
            following = tests[(number + 1) % len(tests)]  # never None: that would end the session and its database
            signal.alarm(self.options.mutate_each)
            try:
                holds = self.passes(item, following)
            except BaseException:
                holds = False
            finally:
                signal.alarm(0)
            if not holds:
                return item
            if time.process_time() - began > self.options.mutate_each / 2:
                return None
        return None

    # All of them -------------------------------------------------------------------------------------------------

    def run(self) -> dict[str, list[str]]:
        part, parts = map(int, self.options.mutate_share.split("/"))
        every = [mutant for code in self.codes.values() for mutant in mutants(code.path)]
        random.Random(8).shuffle(every)  # a run that is cut short has tried a fair sample
        counted = [mutant for mutant in every if mutant.name not in EQUIVALENT]
        mine = counted[: len(counted) * self.options.mutate_percent // 100][part - 1 :: parts]
        verdicts = {mutant.name: verdict for mutant in mine if (verdict := self.memory.verdict(mutant))}
        left, end = [one for one in mine if one.name not in verdicts], self.began + self.options.mutate_seconds
        worlds = any("world" in item.fixturenames for item in self.duration)
        for in_world in (False, True):
            until = end if in_world or not worlds else time.monotonic() + 0.6 * (end - time.monotonic())
            for mutant in left:
                if time.monotonic() > until:
                    break
                verdict = self.judge(mutant, in_world)
                if verdict == "killed" or verdicts.get(mutant.name) != "survived":
                    verdicts[mutant.name] = verdict
                if in_world or verdict == "killed":
                    self.memory.note(mutant, verdicts[mutant.name])
            left = [mutant for mutant in left if verdicts.get(mutant.name) in ("survived", "unreached")]
        result: dict[str, list[str]] = {"killed": [], "survived": [], "unreached": [], "untried": []}
        for mutant in mine:
            result[verdicts.get(mutant.name, "untried")].append(str(mutant).replace(f"{ROOT}/", ""))
        return result


def _too_long(*_: Any) -> None:
    raise TimeoutError("a mutant that never ends")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: Any) -> bool:
    signal.signal(signal.SIGALRM, _too_long)
    rules.add_perm = rules.set_perm  # a rule may be said again
    laboratory = Laboratory(session)
    laboratory.explore()
    print(f"\n{len(laboratory.duration)} tests in {time.monotonic() - laboratory.began:.0f} s", flush=True)
    result = laboratory.run()
    counts = {verdict: len(found) for verdict, found in result.items()}
    tried = counts["killed"] + counts["survived"] + counts["unreached"]
    score = 100 * counts["killed"] / max(1, tried)
    print("\n".join(["", *(f"{v}: {m}" for v in ("survived", "unreached") for m in result[v])]))
    print(f"\n{counts}: {score:.1f} % killed of {tried} tried in {time.monotonic() - laboratory.began:.0f} s")
    if session.config.option.mutate_report:
        Path(session.config.option.mutate_report).write_text(json.dumps(result, indent=1))
    return True
