"""Whatever stands in a column, a spreadsheet that opens one of our tables runs nothing."""

import csv
import inspect
import io
import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from common.downloads import csv_response
from common.formulas import FORMULA, defused
from imports.reading import read
from tests.access.hostile import FORMULAS
from tests.access.routes import views
from tests.access.states import State
from tests.access.test_matrix import GETS, named, url_of
from tests.access.visits import visit

pytestmark = pytest.mark.django_db
TABLES = [row for row in GETS if row.first.endswith((".csv", ".xlsx", "/workbook/"))]
MAKERS = {"csv_response", "xlsx_response", "table_response"}
STARTS = ("=", "+", "-", "@", "\t=", "＝", "＠", "a;=", 'a";"+', "a\n@", "\u00a0=")
SEPARATORS = ",;\t"  # of lists, by country
STRANGERS = re.compile(
    r"[\s\ufeff\u200b]*(?:[=@＝＠]|[+\-＋－](?!\s|[\d\s().\-/]*$))"
)  # what may begin no cell, however it is cut


@pytest.fixture(scope="module")
def words_of_formulas():
    """Whatever people of the world wrote begins with something that a spreadsheet would run."""
    sing = State.sing
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            State, "sing", lambda state, kind, field: STARTS[len(field) % len(STARTS)] + sing(state, kind, field)
        )
        yield


@pytest.fixture(scope="module")
def formulas(words_of_formulas, world):
    return world


def makes_a_table(view):
    """Whether the function itself answers with one of the house's tables."""
    code = getattr(inspect.unwrap(view), "__code__", None)
    return bool(code and MAKERS & set(code.co_names))


def test_no_table_is_left_out():
    """Whatever its address ends with."""
    found = {route for route, view in views() if makes_a_table(view)}

    assert len(found) > 60
    assert found <= {row.first for row in TABLES}


def cells_of(seen):
    if seen.body.startswith(b"PK"):
        return [cell for sheet in openpyxl.load_workbook(BytesIO(seen.body)) for row in sheet for cell in row]
    return cut(seen.body, ",")


def cut(content, separator):
    """As a spreadsheet of a country with that list separator does."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(text, delimiter=separator) for cell in row]


@pytest.mark.parametrize("row", named(TABLES))
def test_no_cell_is_a_formula(formulas, row):
    for role in [role for role, code in row.wanted().items() if code == "."][:6:2]:
        seen = visit(formulas, role, "GET", url_of(formulas, row))
        cells = cells_of(seen)

        assert cells
        if seen.body.startswith(b"PK"):
            assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}, role
            assert not [n for n in ZipFile(BytesIO(seen.body)).namelist() if "externalLink" in n or "vba" in n.lower()]
        else:
            assert not [cell for cell in cells if cell.startswith(FORMULA)], role
            assert not [cell for one in SEPARATORS for cell in cut(seen.body, one) if STRANGERS.match(cell)], role


def test_the_words_do_reach_the_tables(formulas):
    """A sweep that meets none proves nothing."""
    met = "".join(
        str(getattr(cell, "value", cell))
        for row in TABLES
        for cell in cells_of(visit(formulas, "own", "GET", url_of(formulas, row)))
        if row.wanted()["own"] == "."
    )

    assert met.count("'=") + met.count("'+") + met.count("'@") > 3


@pytest.mark.parametrize("text", FORMULAS)
def test_texts_are_defused(text):
    content = made(text)

    assert not [cell for one in SEPARATORS for cell in cut(content, one) if STRANGERS.match(cell)], content
    assert not defused(text).startswith(FORMULA)
    assert defused(-1.5) == -1.5


def made(*texts):
    """A file of ours in which the texts stand in the middle of rows."""
    return b"".join(
        csv_response([["Name", "Text", "Number"], *(["Chile", text, 1] for text in texts)], "a").streaming_content
    )


ORDINARY = (
    "a; b; c",
    "first\n- second\n- third (with a note)",
    "soc@example.org; cert@example.org",
    "Ana; +1 (868) 555-0100; +56 2 2345 6789",
    "2026; -5",
    "One part\n-----\nAnother – and more",
    "Comment dit-on ; « oui »",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_stay_as_they_are(text):
    assert cut(made(text), ",")[4] == text


@pytest.mark.parametrize("text", [*FORMULAS, *ORDINARY, "'=1", "a;'=1", "a;''-b", "- a|b;\n- c!D1;-"])
def test_what_went_out_comes_back(text):
    cells = read(made(text))[1].cells

    assert cells[1].text == text.replace("\r\n", "\n").strip()
