"""Tables that people take with them: streamed, flat in memory, and never half of it in silence."""

import csv
import gc
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.signals import request_finished
from django.db import connection
from django.utils import timezone, translation

from common import downloads
from common.downloads import Incomplete, csv_response, whereabouts, xlsx_response
from common.scope import PROGRAMME, scope
from tests.factories.member_states import make_state

pytestmark = pytest.mark.django_db


def lines_of(response):
    if response["Content-Type"] == downloads.XLSX:
        sheet = openpyxl.load_workbook(BytesIO(response.getvalue())).active
        return [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]
    return list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))


def breaking():
    yield ["Name", "Figure"]
    yield ["Antigua", "1"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    yield ["never", "2"]


def many(rows):
    yield ["Name", "Text"]
    yield from ([f"row {number}", "x" * 200] for number in range(rows))


@pytest.mark.parametrize("form", [csv_response, xlsx_response])
def test_a_file_that_breaks_off_says_so_in_its_last_row(form, caplog):
    with scope(PROGRAMME):
        lines = lines_of(form(breaking(), "some"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")  # what broke in it did not take the transaction around it along

    assert lines[1] == ["Antigua", "1"]
    assert lines[-1][0] == ("This file is incomplete: the portal could not read on after 1 rows. Download it again.")
    assert "A download broke off after 1 rows" in caplog.text


def test_the_last_row_is_in_the_language_of_the_reader_though_it_is_sent_later(monkeypatch):
    monkeypatch.setattr(downloads, "_", lambda text: f"{translation.get_language()}: {text}")
    with translation.override("es"):
        response = csv_response(breaking(), "some")

    assert lines_of(response)[-1][0].startswith("es: This file is incomplete")


@pytest.mark.parametrize("form", [csv_response, xlsx_response])
def test_a_list_that_is_longer_than_its_file_may_be_says_so(form):
    def rows():
        yield ["Name"]
        yield ["first"]
        raise Incomplete.after(1)

    assert lines_of(form(rows(), "some"))[-1][0].startswith("This file is incomplete: it holds the first 1 rows.")


def test_a_sheet_says_that_it_is_full(monkeypatch):
    monkeypatch.setattr(downloads, "MOST_ROWS", 5)

    lines = lines_of(xlsx_response(many(9), "some"))

    assert len(lines) == 5
    assert lines[-1][0].startswith("This file is incomplete: it holds the first 3 rows.")


def test_a_sheet_says_that_a_text_was_cut():
    lines = lines_of(xlsx_response([["Text"], ["x" * 40_000]], "some"))

    assert len(lines[1][0]) == downloads.LONGEST
    assert lines[-1][0].startswith("This file is incomplete: texts")


def test_what_may_not_be_read_is_refused_before_anything_is_sent():
    def rows():
        raise PermissionDenied
        yield

    with pytest.raises(PermissionDenied):
        csv_response(rows(), "some")


@pytest.mark.parametrize(("form", "few", "more"), [(csv_response, 2_000, 60_000), (xlsx_response, 500, 5_000)])
def test_memory_stays_flat(form, few, more):
    assert peak(form, more) < peak(form, few) + 1_500_000


def peak(form, rows):
    tracemalloc.start()
    for piece in form(many(rows), "some"):
        assert piece
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_days_moments_and_numbers_are_such_in_a_workbook_and_the_same_words_in_a_csv_file():
    rows = [["Day", "Moment", "Number"], [date(2026, 1, 2), datetime(2026, 1, 2, 23, 30, tzinfo=UTC), Decimal("1.5")]]
    with timezone.override(ZoneInfo("America/Bogota")):
        book = openpyxl.load_workbook(BytesIO(xlsx_response(rows, "some").getvalue())).active
        text = lines_of(csv_response(rows, "some"))

    assert [cell.value for cell in book[2]] == [datetime(2026, 1, 2), datetime(2026, 1, 2, 18, 30), 1.5]
    assert [cell.number_format for cell in book[2]][:2] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert text[1] == ["2026-01-02", "2026-01-02 18:30", "1.5"]


def test_a_row_is_found_again(settings):
    settings.SITE_URL = "https://portal.example"
    with scope(PROGRAMME):
        state = make_state("Chile")

    assert whereabouts(state) == ["Chile", "https://portal.example/states/Chile/"]


def test_a_workbook_that_was_sent_ends_nobodys_request_when_it_is_cleared_away():
    """Whichever thread clears it away may be amid a request of its own, and would lose its connection."""
    sent = xlsx_response([["State"], ["Chile"]], "states.xlsx")
    sent.file_to_stream.close = sent.close  # as Django does for a web server that sends files by itself
    sent.close()
    ended: list[object] = []
    request_finished.connect(lambda **_signal: ended.append(1), weak=False, dispatch_uid="counted")

    del sent
    gc.collect()

    request_finished.disconnect(dispatch_uid="counted")
    assert not ended
