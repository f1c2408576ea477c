"""The code of one module as it stands in this process, and a fault put in its place."""

import ast
import gc
import importlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import _lru_cache_wrapper, reduce
from types import CodeType, FunctionType
from typing import Any

import rules

from tests.house.sources import ROOT


class Code:
    """The functions of one module as they stand in this process, and putting others in their place."""

    def __init__(self, path: str) -> None:
        self.path = ROOT / path
        self.module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        self.tree = ast.parse(self.path.read_text())
        self.functions: dict[tuple[str, int], list[FunctionType]] = defaultdict(list)
        gc.unfreeze()  # what the tests froze is found again
        for thing in gc.get_objects():
            if type(thing) is FunctionType and thing.__code__.co_filename == str(self.path):
                self.functions[thing.__code__.co_qualname, thing.__code__.co_firstlineno].append(thing)
        self.replaced: list[tuple[Any, str, FunctionType]] = []
        self._names = dict(_functions(self.tree))
        self.original = {key: found[0].__code__ for key, found in self.functions.items()}

    def put(self, tree: ast.Module, line: int) -> bool:
        """The function, or the statement of the module, that begins at `line`, as it stands in `tree`."""
        self.forget_answers()
        compiled = compile(tree, str(self.path), "exec")
        found = [code for code in _codes_in(compiled) if code.co_firstlineno == line]
        put = False
        for code in found:
            for function in self.functions.get((code.co_qualname, line), ()):
                put = True
                if function.__code__.co_freevars == code.co_freevars:
                    function.__code__ = code
                else:
                    self._stand_in(function, code)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and _line_of(node) == line:
                self._set_defaults(node)
        return put or self._run_statement(tree, line)

    def _stand_in(self, function: FunctionType, code: CodeType) -> None:
        """Another function in its class: without `super()` it lacks what the old one was closed over."""
        *path, name = code.co_qualname.split(".")
        holder = reduce(getattr, path, self.module)
        setattr(holder, name, FunctionType(code, self.module.__dict__, name, function.__defaults__))
        self.replaced.append((holder, name, function))

    def _set_defaults(self, node: ast.FunctionDef) -> None:
        """What a parameter is unless it is said stands beside the code."""
        for (name, line), functions in self.functions.items():
            if line == _line_of(node) and name.endswith(node.name):
                for function in functions:
                    given, named = node.args.defaults, zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                    function.__defaults__ = tuple(self._value(one) for one in given) or None
                    function.__kwdefaults__ = {arg.arg: self._value(one) for arg, one in named if one} or None

    def _value(self, node: ast.expr) -> Any:
        return eval(compile(ast.Expression(node), str(self.path), "eval"), self.module.__dict__)  # noqa: S307 - our own code

    def _run_statement(self, tree: ast.Module, line: int) -> bool:
        """And what stands below it and was made of it; other modules that took its names are given the new ones."""
        self._forget_rule(line)
        statements = list(_made_of(tree, line))
        for statement in statements:
            names = _assigned(statement)
            before = {name: self.module.__dict__.get(name) for name in names}
            part = compile(ast.Module([statement], []), str(self.path), "exec")
            exec(part, self.module.__dict__)  # noqa: S102 - our own code, with a fault in it
            for name in names:
                self._hand_on(name, before[name])
        holders = [one for one in tree.body if one.lineno == line and isinstance(one, ast.ClassDef)]
        return any([*map(self._set_attributes, holders), *statements])

    def _hand_on(self, name: str, before: Any) -> None:
        for module in list(sys.modules.values()):
            if getattr(module, "__dict__", {}).get(name) is before is not None:
                module.__dict__[name] = self.module.__dict__[name]

    def _forget_rule(self, line: int) -> None:
        """One that is no longer said does not hold either."""
        for one in self.tree.body:
            if one.lineno == line and (name := rule_said(one)) and rules.perm_exists(name):
                rules.remove_perm(name)

    def _set_attributes(self, node: ast.ClassDef) -> bool:
        """Of a class: what is no method; of a dataclass, what a field is unless it is said."""
        holder, found = getattr(self.module, node.name), False
        for statement in node.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and _assigned(statement):
                inside: dict[str, Any] = {}
                exec(compile(ast.Module([statement], []), str(self.path), "exec"), self.module.__dict__, inside)  # noqa: S102
                inside.pop("__annotations__", None)
                for name, value in inside.items():
                    setattr(holder, name, value)
                    _set_default(holder.__init__, name, value)
                found = True
        return found

    def restore(self) -> None:
        self.forget_answers()
        while self.replaced:
            setattr(*self.replaced.pop())
        for key, functions in self.functions.items():
            for function in functions:
                function.__code__ = self.original[key]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                self._set_defaults(node)

    def forget_answers(self) -> None:
        """Of functions that remember what they answered."""
        for thing in self.module.__dict__.values():
            if isinstance(thing, _lru_cache_wrapper):
                thing.cache_clear()

    def places(self, line: int) -> set[str]:
        """What a test must have come through to notice a fault in what begins at `line`."""
        rules_said = {f"rule {name}" for one in self.tree.body if one.lineno == line and (name := rule_said(one))}
        return rules_said or ({self._place(line)} if line in self._names else self.all_places())

    def all_places(self) -> set[str]:
        return {self._place(line) for line in self._names}

    def _place(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)} {self._names[line]}"

    def watch(self, seen: Any) -> None:
        """Every function says that it was run."""
        watched = ast.parse(self.path.read_text())
        for node in ast.walk(watched):
            if isinstance(node, ast.FunctionDef):
                line = _line_of(node)
                said = ast.parse(f"__seen__({self._place(line)!r})").body
                node.body[:0] = said
        ast.fix_missing_locations(watched)
        self.module.__dict__["__seen__"] = seen
        for code in _codes_in(compile(watched, str(self.path), "exec")):
            for function in self.functions.get((code.co_qualname, code.co_firstlineno), ()):
                with suppress(ValueError):  # closures made by others
                    function.__code__ = code


def _functions(node: ast.AST, within: str = "") -> Iterator[tuple[int, str]]:
    """The line where each begins, and its name."""
    for child in ast.iter_child_nodes(node):
        name = f"{within}{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else within
        if isinstance(child, ast.FunctionDef):
            yield _line_of(child), name
        yield from _functions(child, name and name.rstrip(".") + ".")


def rule_said(statement: ast.stmt) -> str:
    """The permission that a statement gives a rule."""
    is_rule = ast.unparse(statement).startswith("rules.add_perm(")
    return ast.literal_eval(statement.value.args[0]) if is_rule else ""  # type: ignore[attr-defined]


def _made_of(tree: ast.Module, line: int) -> Iterator[ast.stmt]:
    known: set[str] = set()
    for one in tree.body:
        if not isinstance(one, ast.Assign | ast.Expr | ast.AnnAssign | ast.Pass | ast.For):
            continue
        used = {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}
        if one.lineno == line or (one.lineno > line and known & used):
            known |= _assigned(one)
            yield one


def _assigned(statement: ast.stmt) -> set[str]:
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _set_default(function: Any, name: str, value: Any) -> None:
    code = getattr(function, "__code__", None)
    if code is None or name not in (names := code.co_varnames[: code.co_argcount]) or not function.__defaults__:
        return
    given = list(function.__defaults__)
    at = names.index(name) - len(names) + len(given)
    if at >= 0:
        given[at] = value
        function.__defaults__ = tuple(given)


def _line_of(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _codes_in(code: CodeType) -> list[CodeType]:
    inner = [part for part in code.co_consts if isinstance(part, CodeType)]
    return inner + [deeper for part in inner for deeper in _codes_in(part)]
