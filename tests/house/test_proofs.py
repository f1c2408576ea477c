"""The long proofs can be run, and their page keeps one row of each. What they prove takes longer than a test may."""

from importlib import import_module

import pytest

from proofs import PROOFS, clocks, record

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
