"""`pytest -p tests.mutation.plugin --mutate …`: would the tests notice a slip in the code that says who may see what?

Each mutant (tests/mutation/mutants.py) is put into the running process, in place of the function it changes, and the
tests that run through that function are run until one fails. Own code, because mutmut and its like mutate function
bodies alone and start the tests anew for each mutant: here the rules stand at the top of their modules, and a start
costs more than the tests do.

First each mutant meets the tests that stand alone; what survives meets those of the access matrix, whose world is
built once.
"""

import ast
import gc
import importlib
import json
import random
import signal
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
import rules
from _pytest.runner import runtestprotocol

from tests.house.sources import ROOT
from tests.mutation.mutants import Mutant, mutants

TARGETS = (
    "accounts/querysets.py", "audit/querysets.py", "capability/querysets.py", "documents/querysets.py",
    "member_states/querysets.py", "ministry_desk/querysets.py", "notices/querysets.py", "reporting/querysets.py",
    "search/querysets.py", "accounts/rules.py", "capability/rules.py", "documents/rules.py", "member_states/rules.py",
    "ministry_desk/rules.py", "notices/rules.py", "reporting/rules.py", "common/scope.py", "common/walls.py",
    "review/actions.py", "capability/regional.py", "capability/audiences.py",
)  # fmt: skip
SECONDS_OF_ONE_MUTANT = 25
WHOLE = "<module>"


def pytest_addoption(parser: Any) -> None:
    group = parser.getgroup("mutation")
    group.addoption("--mutate", action="store", default=",".join(TARGETS), help="files, separated by commas")
    group.addoption("--mutate-seconds", type=int, default=1500, help="stop after so many seconds")
    group.addoption("--mutate-share", default="1/1", help="2/3: the second of three equal parts")
    group.addoption("--mutate-report", default="", help="a file for the figures")


class Code:
    """The functions of one module as they stand in this process, and putting others in their place."""

    def __init__(self, path: str) -> None:
        self.path = ROOT / path
        self.module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        self.tree = ast.parse(self.path.read_text())
        self.functions: dict[tuple[str, int], list[FunctionType]] = defaultdict(list)
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType) and thing.__code__.co_filename == str(self.path):
                self.functions[thing.__code__.co_qualname, thing.__code__.co_firstlineno].append(thing)
        self.original = {key: found[0].__code__ for key, found in self.functions.items()}

    def put(self, tree: ast.Module, line: int) -> bool:
        """The function, or the statement of the module, that begins at `line`, as it stands in `tree`."""
        compiled = compile(tree, str(self.path), "exec")
        found = [code for code in _codes_in(compiled) if code.co_firstlineno == line]
        put = False
        for code in found:
            for function in self.functions.get((code.co_qualname, line), ()):
                function.__code__, put = code, True
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and _line_of(node) == line:
                self._set_defaults(node)
        return put or self._run_statement(tree, line)

    def _set_defaults(self, node: ast.FunctionDef) -> None:
        """What a parameter is unless it is said stands beside the code."""
        for (name, line), functions in self.functions.items():
            if line == _line_of(node) and name.endswith(node.name):
                for function in functions:
                    given, named = node.args.defaults, zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                    function.__defaults__ = tuple(self._value(one) for one in given) or None
                    function.__kwdefaults__ = {arg.arg: self._value(one) for arg, one in named if one} or None

    def _value(self, node: ast.expr) -> Any:
        return eval(compile(ast.Expression(node), str(self.path), "eval"), self.module.__dict__)  # noqa: S307

    def _run_statement(self, tree: ast.Module, line: int) -> bool:
        self._forget_rule(line)
        kinds = ast.Assign | ast.Expr | ast.AnnAssign | ast.Pass
        statements = [one for one in tree.body if one.lineno == line and isinstance(one, kinds)]
        for statement in statements:
            part = compile(ast.Module([statement], []), str(self.path), "exec")
            exec(part, self.module.__dict__)  # noqa: S102 - our own code, with a fault in it
        for holder in (s for s in tree.body if s.lineno == line and isinstance(s, ast.ClassDef)):
            statements += self._set_attributes(holder)
        return bool(statements)

    def _forget_rule(self, line: int) -> None:
        """One that is no longer said does not hold either."""
        for one in self.tree.body:
            if one.lineno == line and ast.unparse(one).startswith("rules.add_perm("):
                name = ast.literal_eval(one.value.args[0])  # type: ignore[attr-defined]
                if rules.perm_exists(name):
                    rules.remove_perm(name)

    def _set_attributes(self, holder: ast.ClassDef) -> list[ast.stmt]:
        """Of a class: what is neither a method nor a field."""
        found = [statement for statement in holder.body if isinstance(statement, ast.Assign)]
        for statement in found:
            inside: dict[str, Any] = {}
            exec(compile(ast.Module([statement], []), str(self.path), "exec"), self.module.__dict__, inside)  # noqa: S102
            for name, value in inside.items():
                setattr(getattr(self.module, holder.name), name, value)
        return found

    def restore(self) -> None:
        for key, functions in self.functions.items():
            for function in functions:
                function.__code__ = self.original[key]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                self._set_defaults(node)

    def watch(self, seen: Any) -> None:
        """Every function says that it was run."""
        watched = ast.parse(self.path.read_text())
        for node in ast.walk(watched):
            if isinstance(node, ast.FunctionDef):
                line = _line_of(node)
                said = ast.parse(f"__seen__({str(self.path)!r}, {line})").body
                node.body[:0] = said
        ast.fix_missing_locations(watched)
        self.module.__dict__["__seen__"] = seen
        for code in _codes_in(compile(watched, str(self.path), "exec")):
            for function in self.functions.get((code.co_qualname, code.co_firstlineno), ()):
                with suppress(ValueError):  # closures made by others
                    function.__code__ = code


def _line_of(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _codes_in(code: CodeType) -> list[CodeType]:
    inner = [part for part in code.co_consts if isinstance(part, CodeType)]
    return inner + [deeper for part in inner for deeper in _codes_in(part)]


class Laboratory:
    def __init__(self, session: Any) -> None:
        self.session, self.options = session, session.config.option
        self.codes = {str(ROOT / path): Code(path) for path in self.options.mutate.split(",")}
        self.tests_of: dict[tuple[str, int], list[Any]] = defaultdict(list)
        self.duration: dict[Any, float] = {}
        self.failed = False
        self.began = time.monotonic()

    def explore(self) -> None:
        """All tests once, unharmed: which run through what, and how long they take."""
        seen: set[tuple[str, int]] = set()
        for code in self.codes.values():
            code.watch(lambda path, line: seen.add((path, line)))
        items = self.session.items
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            seen.clear()
            began = time.monotonic()
            if not self.passes(item, following):
                print(f"\nfails without any mutant, left out: {item.nodeid}")
                continue
            self.duration[item] = time.monotonic() - began
            for place in seen:
                self.tests_of[place].append(item)
        for code in self.codes.values():
            code.restore()

    def passes(self, item: Any, following: Any) -> bool:
        reports = runtestprotocol(item, log=False, nextitem=following)
        return not any(report.failed for report in reports)

    def judge(self, mutant: Mutant, in_world: bool) -> str:
        """killed, survived, or unreached: nothing runs through it."""
        code = self.codes[str(mutant.path)]
        tests = self.tests_for(mutant, in_world)
        if not tests:
            return "unreached"
        try:
            if not code.put(mutant.tree, mutant.function):
                return "unreached"
            return "survived" if self.all_pass(tests, in_world) else "killed"
        except ValueError:
            return "unreached"
        except Exception:
            return "killed"  # the module itself breaks
        finally:
            code.restore()
            with suppress(Exception):
                code._run_statement(code.tree, mutant.function)

    def tests_for(self, mutant: Mutant, in_world: bool) -> list[Any]:
        is_function = (str(mutant.path), mutant.function) in self.tests_of or any(
            line == mutant.function for _name, line in self.codes[str(mutant.path)].functions
        )
        reaching = self.tests_of.get((str(mutant.path), mutant.function), []) if is_function else self.of_module(mutant)
        chosen = [item for item in reaching if ("world" in item.fixturenames) == in_world]
        return sorted(chosen, key=lambda item: self.duration[item])

    def of_module(self, mutant: Mutant) -> list[Any]:
        """What reaches any function of the file: for rules and constants."""
        found = {item for (path, _), items in self.tests_of.items() if path == str(mutant.path) for item in items}
        return list(found) or list(self.duration)

    def all_pass(self, tests: list[Any], in_world: bool) -> bool:
        began = time.monotonic()
        for number, item in enumerate(tests):
            following = tests[(number + 1) % len(tests)]  # never None: that would end the session and its database
            signal.alarm(SECONDS_OF_ONE_MUTANT)
            try:
                if not self.passes(item, following):
                    return False
            except BaseException:
                return False
            finally:
                signal.alarm(0)
            if time.monotonic() - began > SECONDS_OF_ONE_MUTANT:
                return True
        return True

    def run(self) -> dict[str, list[str]]:
        part, parts = map(int, self.options.mutate_share.split("/"))
        every = [mutant for code in self.codes.values() for mutant in mutants(code.path)]
        random.Random(8).shuffle(every)  # a run that is cut short has tried a fair sample
        mine = every[part - 1 :: parts]
        verdicts: dict[int, str] = {}
        left, end = list(mine), self.began + self.options.mutate_seconds
        worlds = any("world" in item.fixturenames for item in self.duration)
        for in_world in (False, True) if worlds else (False,):
            until = end if in_world else time.monotonic() + (0.5 if worlds else 1) * (end - time.monotonic())
            again = []
            for mutant in left:
                if time.monotonic() > until:
                    again += left[left.index(mutant) :] if not in_world else []
                    break
                verdict = self.judge(mutant, in_world)
                if verdict == "killed" or id(mutant) not in verdicts or verdicts[id(mutant)] == "unreached":
                    verdicts[id(mutant)] = verdict
                if verdict != "killed":
                    again.append(mutant)
            left = again
        result: dict[str, list[str]] = {"killed": [], "survived": [], "unreached": [], "untried": []}
        for mutant in mine:
            result[verdicts.get(id(mutant), "untried")].append(str(mutant).replace(f"{ROOT}/", ""))
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
