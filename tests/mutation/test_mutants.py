"""The faults are put where code decides, and nowhere else."""

import ast
import gc
import weakref
from datetime import date

import pytest

from oas_cyber import reach
from tests.house.sources import ROOT
from tests.mutation.code import Code, _made_of
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.memory import Memory
from tests.mutation.mutants import mutants
from tests.mutation.plugin import TARGETS

CASES = {
    "x = a == b": "x = a != b",
    "x = a is None": "x = a is not None",
    "x = a and b": "x = a or b",
    "x = a & b": "x = a | b",
    "x = ~a": "x = a",
    "x = True": "x = False",
    "x = 7": "x = 8",
    "x = b if a else c": "x = b if not a else c",
    "x = rows.filter(y)": "x = rows",
    "x = rows.filter(a__gte=y)": "x = rows.filter(a__gt=y)",
    "raise Refused": "pass",
    "x = Q(a=y, b=z)": "x = Q(b=z)",
}


def made_of(tmp_path, source):
    path = tmp_path / "code.py"
    path.write_text(source)
    return [ast.unparse(mutant.tree) for mutant in mutants(path)]


@pytest.mark.parametrize("source", CASES)
def test_a_slip(tmp_path, source):
    assert CASES[source] in made_of(tmp_path, source)


@pytest.mark.parametrize(
    "source", ['"""Words."""', "import a", "x: int", "x = _('Words')", "if TYPE_CHECKING:\n    x = 1"]
)
def test_no_slip(tmp_path, source):
    assert made_of(tmp_path, source) == []


def test_each_is_one_slip(tmp_path):
    source = "x = a == b and c"

    assert sorted(made_of(tmp_path, source)) == ["x = a != b and c", "x = a == b or c"]


def test_what_is_called_equivalent_is_still_there():
    """A name that no fault has any more would excuse another one day."""
    named = {mutant.name for path in TARGETS for mutant in mutants(ROOT / path)}

    assert set(EQUIVALENT) - named == set()


def test_what_a_test_reaches_is_known_of_the_files_that_were_watched(tmp_path, request):
    """Of a run that watched others it says nothing of these."""
    first = Memory(str(tmp_path), "1/1", ["a.py", "b.py"])
    first.note_reached(request.node, 1.0, {"a.py f"})

    assert Memory(str(tmp_path), "1/1", ["b.py", "a.py"]).reached(request.node)["places"] == ["a.py f"]
    assert Memory(str(tmp_path), "1/1", ["a.py"]).reached(request.node) is None


def test_a_function_that_remembers_its_answers_is_asked_anew():
    reach._question(date(2026, 11, 20), date(2026, 11, 19))

    Code("oas_cyber/reach.py").forget_answers()

    assert reach._question.cache_info().currsize == 0


def test_functions_are_found_that_the_tests_froze():
    gc.freeze()

    assert ("of", reach.of.__code__.co_firstlineno) in Code("oas_cyber/reach.py").functions


def test_what_is_gone_and_still_pointed_at_hinders_nothing():
    gone = set()
    pointing = weakref.proxy(gone)
    del gone

    assert Code("oas_cyber/reach.py").functions, type(pointing)


def test_what_is_said_in_a_loop_over_the_faulty_line_is_said_again():
    tree = ast.parse("A = {1: 2}\nB = 3\nfor one in A:\n    say(one)")

    assert [one.lineno for one in _made_of(tree, 1)] == [1, 3]
