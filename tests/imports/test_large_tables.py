"""Large tables are carried out by a worker: seen on their way, once, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import StaffRole
from common.scope import PROGRAMME, reach_of, scope
from imports import by_worker, mails
from imports.actions import tried
from imports.kinds.activities import Activities
from imports.kinds.partners import Partners
from imports.models import TableImport, TableRun
from imports.reading import read
from notices.models import Mail
from notices.work import WORKER_LOST, bury, work
from partnerships.models import Partner
from tests.imports.conftest import Desk, sheet_of, written

by_worker_alone = pytest.mark.django_db(transaction=True)
NAMES = ("Alfa", "Bravo", "Charlie", "Delta")
ROWS = [["name_en", "kind"], *([name, "private"] for name in NAMES)]


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch):
    monkeypatch.setattr(TableImport, "AT_ONCE", 3)
    monkeypatch.setattr(by_worker, "EVERY", 0)


def run_now():
    with scope(PROGRAMME):
        run = TableRun.objects.latest("pk")
    work(TableRun, run.pk)
    with scope(PROGRAMME):
        run.refresh_from_db()
    return run


def looked_at(desk: Desk) -> TableImport:
    sheet = desk.look("partners", ROWS)
    assert run_now().status == "done"
    return sheet_of(sheet.get_absolute_url())


def partners():
    with scope(PROGRAMME):
        return list(Partner.objects.order_by("name_en").values_list("name_en", flat=True))


def seen_from_outside():
    def done():
        try:
            with scope(PROGRAMME):
                return TableRun.objects.latest("pk").done
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(done).result()


@by_worker_alone
def test_a_large_table_lands_once_and_shows_how_far_it_is(desk, officer, monkeypatch):
    sheet = desk.look("partners", ROWS)
    page = desk.client.get(f"/imports/{sheet.pk}/").content.decode()
    assert "0 of 4 rows" in page
    assert "Import 4 rows" not in page
    assert sheet.rows == []

    run_now()
    sheet = sheet_of(sheet.get_absolute_url())
    assert [row["result"] for row in sheet.rows] == ["new"] * 4
    assert partners() == []
    assert "It was imported on" not in desk.confirm(sheet)
    assert "The table is being imported" in desk.confirm(sheet)
    steps, add = [], Partners.add
    monkeypatch.setattr(Partners, "add", lambda kind, form: (steps.append(seen_from_outside()), add(kind, form))[1])
    assert run_now().status == "done"

    assert steps == [0, 1, 2, 3]
    assert partners() == list(NAMES)
    with scope(PROGRAMME):
        assert TableRun.objects.count() == 2
        TableRun.objects.update(status="queued")
        assert Mail.objects.filter(kind=mails.OVER, person=officer).count() == 2
    run_now()
    assert partners() == list(NAMES)
    assert "It was imported on" in desk.confirm(sheet)


@by_worker_alone
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_does_it(desk, monkeypatch):
    sheet, add = looked_at(desk), Partners.add
    desk.confirm(sheet)

    def killed(kind, form):
        if form.cleaned_data["name_en"] == "Charlie":
            raise SystemExit
        return add(kind, form)

    monkeypatch.setattr(Partners, "add", killed)
    with pytest.raises(SystemExit):
        run_now()
    with scope(PROGRAMME):
        assert not Partner.objects.exists()
        assert TableImport.objects.get().imported_at is None
        TableRun.objects.filter(status="running").update(lease_until=timezone.now() - timedelta(seconds=1))

    monkeypatch.setattr(Partners, "add", add)
    assert run_now().status == "done"
    assert partners() == list(NAMES)


@by_worker_alone
def test_whoever_brought_a_table_that_kills_its_worker_each_time_is_told_once(desk, officer):
    desk.confirm(looked_at(desk))
    with scope(PROGRAMME):
        lost = {"status": "running", "attempts": TableRun.MAX_ATTEMPTS, "lease_until": timezone.now()}
        TableRun.objects.filter(status="queued").update(**lost)

    assert (bury(TableRun), bury(TableRun)) == (1, 0)

    with scope(PROGRAMME):
        run = TableRun.objects.latest("pk")
        told = Mail.objects.filter(kind=mails.OVER, object_id=run.pk)
        assert (run.status, run.reason) == ("failed", WORKER_LOST)
        assert [mail.person for mail in told] == [officer]
    assert partners() == []


@by_worker_alone
def test_what_was_changed_meanwhile_keeps_a_large_table_out_until_it_is_seen(desk):
    sheet = looked_at(desk)
    desk.confirm(sheet)
    with scope(PROGRAMME):
        Partner.objects.create(name_en="Alfa", kind="academia", slug="alfa")

    assert run_now().status == "failed"
    page = desk.client.get(f"/imports/{sheet.pk}/").content.decode()
    assert "was changed since you looked" in page
    assert partners() == ["Alfa"]
    assert "This is not what the page shows now" in desk.confirm(sheet)

    desk.confirm(sheet_of(sheet.get_absolute_url()))
    assert run_now().status == "done"
    assert partners() == list(NAMES)


@by_worker_alone
def test_whoever_may_not_import_any_more_imports_nothing(desk, officer):
    sheet = looked_at(desk)
    desk.confirm(sheet)
    with scope(PROGRAMME):
        StaffRole.objects.filter(person=officer).delete()

    run = run_now()

    assert (run.status, run.reason) == ("failed", by_worker.MAY_NO_MORE)
    with scope(PROGRAMME):
        assert Mail.objects.filter(kind=mails.OVER, object_id=run.pk, person=officer).count() == 1
    assert partners() == []


@pytest.mark.django_db
def test_a_small_table_needs_no_worker(desk):
    desk.confirm(desk.look("partners", ROWS[:3]))

    assert partners() == ["Alfa", "Bravo"]
    with scope(PROGRAMME):
        assert not TableRun.objects.exists()


@pytest.mark.django_db
def test_a_large_table_without_headings_is_refused_at_once(desk):
    answer = desk.send("partners", [["colour"], *[["red"]] * 9])

    assert "No column is called" in answer.content.decode()


@pytest.mark.django_db
def test_a_row_asks_for_nothing_that_was_read_for_the_whole_table(officer, chile):
    head = ["title_en", "kind", "starts_on", "precision", "states"]
    rows = [[f"Course {number}", "course", "2027-02-01", "day", "chile; jamaica"] for number in range(12)]

    with scope(reach_of(officer)), CaptureQueriesContext(connection) as few:
        tried(Activities(officer), read(written([head, *rows[:2]])))
    with scope(reach_of(officer)), CaptureQueriesContext(connection) as many:
        tried(Activities(officer), read(written([head, *rows])))

    asked = [query["sql"] for query in many.captured_queries if query["sql"].startswith("SELECT")]
    assert sum('FROM "member_states_memberstate"' in sql for sql in asked) <= 6
    assert (len(many) - len(few)) / 10 <= 14
