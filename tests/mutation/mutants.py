"""Small faults put into the code of the access policy, one at a time: what a slip of the hand would do."""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.sources import ROOT

COMPARISONS = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS = {ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add}
LOOKUPS = {"__lte": "__lt", "__gte": "__gt", "__lt": "__lte", "__gt": "__gte"}
NARROW = {"filter", "exclude", "distinct", "none", "select_for_update"}
WORDS = {"_", "gettext", "gettext_lazy", "ContextVar", "TypeVar"}  # for people and debuggers


@dataclass(frozen=True)
class Mutant:
    """`function` is the line of the outermost function or statement that holds it, `tree` the module with the fault."""

    path: Path
    line: int
    function: int
    what: str
    tree: ast.Module
    name: str = ""  # the same as long as the faulty line is

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.what}"


def mutants(path: Path) -> Iterator[Mutant]:
    tree, before = ast.parse(path.read_text()), Counter[str]()
    for place in _places(tree):
        for number in range(len(list(_faults(_at(tree, place))))):
            mutated = copy.deepcopy(tree)
            node = _at(mutated, place)
            what, changed = list(_faults(node))[number]
            _put(mutated, place, changed)
            ast.fix_missing_locations(mutated)
            before[what] += 1
            name = f"{_in_the_house(path)}  {what}  #{before[what]}"
            yield Mutant(path, node.lineno, _outermost(tree, place), what, mutated, name)


def _in_the_house(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.parent.name, path.name)


Place = tuple[tuple[str, int | None], ...]


def _places(node: ast.AST, here: Place = ()) -> Iterator[Place]:
    """Every node that is run; not annotations, docstrings, imports for types, or words for people."""
    if isinstance(node, ast.expr | ast.stmt) and here:
        yield here
    if _is_words(node):
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "bases", "decorator_list", "type_params"):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_silent(child):
                yield from _places(child, (*here, (field, index)))


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS


def _is_silent(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return is_docstring or is_for_types or isinstance(node, ast.Import | ast.ImportFrom)


def _at(node: ast.AST, place: Place) -> ast.AST:
    for field, index in place:
        value = getattr(node, field)
        node = value if index is None else value[index]
    return node


def _put(tree: ast.AST, place: Place, new: ast.AST) -> None:
    *above, (field, index) = place
    parent = _at(tree, tuple(above))
    if index is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[index] = new


def _outermost(tree: ast.AST, place: Place) -> int:
    for depth in range(1, len(place) + 1):
        node = _at(tree, place[:depth])
        if isinstance(node, ast.FunctionDef):
            return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return _at(tree, place[:1]).lineno


def _faults(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for what, changed in _changes(node):
        yield f"{_short(node)}  →  {what or _short(changed)}", ast.copy_location(changed, node)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            yield "", ast.Compare(node.left, [COMPARISONS[type(op)]()], node.comparators)
        case ast.BoolOp():
            yield "", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.BinOp() if type(node.op) in OPERATORS:
            yield "", ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield "", node.operand
        case ast.IfExp():
            yield "", ast.IfExp(_not(node.test), node.body, node.orelse)
        case ast.If() if ast.unparse(node.test) != "TYPE_CHECKING":
            yield f"if not {_short(node.test)}", ast.If(_not(node.test), node.body, node.orelse)
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield "nothing", ast.Pass()
        case ast.Constant():
            yield from _constants(node)
        case ast.Call():
            yield from _calls(node)


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _constants(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.value, bool):
        yield "", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield "", ast.Constant(node.value + 1)
    elif isinstance(node.value, str) and node.value:
        yield "", ast.Constant("~" + node.value)


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    is_query = isinstance(node.func, ast.Attribute) and node.func.attr in NARROW
    if is_query:
        yield f"without {node.func.attr}", node.func.value  # type: ignore[attr-defined]
    if is_query or (isinstance(node.func, ast.Name) and node.func.id == "Q"):
        for index, given in enumerate(node.keywords):
            if len(node.keywords) + len(node.args) > 1:
                rest = node.keywords[:index] + node.keywords[index + 1 :]
                yield f"without {given.arg}", ast.Call(node.func, node.args, rest)
            for ending, other in LOOKUPS.items():
                if given.arg and given.arg.endswith(ending):
                    changed = ast.keyword(given.arg.removesuffix(ending) + other, given.value)
                    rest = [*node.keywords[:index], changed, *node.keywords[index + 1 :]]
                    yield f"{changed.arg}", ast.Call(node.func, node.args, rest)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) < 90 else text[:87] + "…"
