"""The long proofs can be run, and their page keeps one row of each. What they prove takes longer than a test may."""

from collections import Counter
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from proofs import PROOFS, clocks, record
from proofs import tests as asked
from tests.access.hostile import TEXTS, some_of

PAGE = f"# Title\n\nWords.\n\n{record.HEAD}\n|---|---|\n| `walls` | old |\n| `mail` | older |\n\nThe end.\n"


class NoHouse:
    def open(self):
        """This process is a portal already."""


@pytest.mark.parametrize("name", PROOFS)
def test_each_proof_has_its_module(name, db):
    assert callable(import_module(f"proofs.{name}").prove)


def test_schedules_are_right_in_the_zones_that_are_hardest(monkeypatch):
    monkeypatch.setattr(clocks, "ZONES", ["St_Johns"])

    assert [str(finding) for finding in clocks.prove(NoHouse(), quick=True) if not finding.holds] == []


def test_a_clock_that_is_wrong_is_found_out(monkeypatch):
    monkeypatch.setattr(clocks, "ZONES", ["St_Johns"])
    monkeypatch.setattr("reporting.slots._moment", lambda local, zone: local.replace(tzinfo=zone, fold=1))

    assert [finding.holds for finding in clocks.prove(NoHouse(), quick=True)] == [True, False, False]


def test_the_row_of_a_proof_takes_the_place_of_its_former_one():
    page = record.with_row(PAGE, "mail", "| `mail` | new |")

    assert page == PAGE.replace("| `walls` | old |\n| `mail` | older |", "| `mail` | new |\n| `walls` | old |")


def test_a_broken_promise_shows_in_the_row():
    assert str(record.Finding("3 lost", holds=False)) == "**BROKEN** 3 lost"


@pytest.mark.parametrize("name", PROOFS)
def test_those_that_try_many_things_of_one_kind_can_try_a_part(name):
    takes_a_part = "percent" in signature(import_module(f"proofs.{name}").prove).parameters

    assert takes_a_part == (name in asked.IN_PART)


def test_a_part_of_the_hostile_texts_is_so_many_of_them_and_all_are_all():
    assert len(set(some_of("a form", 1, 30))) == -(-len(TEXTS) * 30 // 100)
    assert some_of("a form", 1, 100) == TEXTS


def test_figures_of_tests_are_told_from_what_others_write_beside_them(tmp_path, monkeypatch):
    monkeypatch.setattr(asked.subprocess, "Popen", Reported)

    assert asked.ask("x", ["tests"], tmp_path, [{}, {}]) == (True, Counter(answers=14, other=0))


class Reported:
    """A run of tests that went well."""

    def __init__(self, words, **_more):
        path = next(word.removeprefix("--junit-xml=") for word in words if word.startswith("--junit-xml="))
        figures = '<property name="answers" value="7"/><property name="other" value="dGVzdA=="/>'
        Path(path).write_text(f"<testsuite><properties>{figures}</properties></testsuite>")

    def wait(self):
        return 0
