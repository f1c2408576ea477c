"""Reminders come from the ledger: none is lost while no worker runs, and none comes twice."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from capability.actions.extending import extend
from capability.models import Round, Update, UpdateMove
from capability.reminders import passed, remind
from capability.tasks import remind as hourly
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.sending import write
from tests.factories.capability import make_submitted, make_update
from tests.factories.member_states import make_liaison, make_state

DUE = date(2026, 11, 30)
LIAISON_KINDS = ("update due", "draft untouched", "return unanswered")


def noon(day):
    """In UTC, when the day has begun in all of the hemisphere."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@contextmanager
def on(day):
    with time_machine.travel(noon(day), tick=False):
        yield


@pytest.fixture
def asked(update_chl, lead_chl, open_round):
    """Chile's update, asked for in October, not begun."""
    Round.objects.filter(pk=open_round.pk).update(due_on=DUE, opened_at=noon(date(2026, 10, 1)))
    return update_chl


def ledger(*kinds):
    with scope(PROGRAMME):
        rows = Mail.objects.filter(kind__in=kinds or LIAISON_KINDS).order_by("pk")
        return list(rows.values_list("threshold", "person__name"))


def change(update, **facts):
    with scope(PROGRAMME):
        Update.objects.filter(pk=update.pk).update(**facts)


def moved(update, before, after, by, at):
    with scope(PROGRAMME), time_machine.travel(at, tick=False):
        UpdateMove.objects.create(
            subject=update, state_id=update.state_id, status_before=before, status_after=after, by=by
        )
        Update.objects.filter(pk=update.pk).update(status=after)


@pytest.mark.parametrize(("days", "wanted"), [(-20, None), (-14, -14), (-10, -14), (-3, -3), (0, -3), (1, 1), (40, 1)])
def test_only_the_latest_threshold_counts(days, wanted):
    assert passed(DUE, date(2026, 10, 1), DUE + timedelta(days=days)) == wanted


def test_thresholds_before_the_state_was_asked_never_count():
    assert passed(DUE, DUE - timedelta(days=10), DUE - timedelta(days=9)) is None
    assert passed(DUE, DUE - timedelta(days=10), DUE - timedelta(days=3)) == -3


def test_three_reminders_around_the_due_date_each_once(asked):
    for days in range(-20, 10):
        with on(DUE + timedelta(days=days)):
            remind()
            remind()
            hourly()

    assert [threshold for threshold, _name in ledger()] == ["-14 2026-11-30", "-3 2026-11-30", "+1 2026-11-30"]


def test_three_days_without_a_worker_lose_nothing_and_double_nothing(asked):
    with on(DUE - timedelta(days=15)):
        remind()
    assert ledger() == []

    with on(DUE - timedelta(days=11)):
        remind()
        remind()
    assert [threshold for threshold, _name in ledger()] == ["-14 2026-11-30"]


def test_after_a_long_silence_only_the_latest_is_sent(asked):
    with on(DUE + timedelta(days=5)):
        remind()

    assert [threshold for threshold, _name in ledger()] == ["+1 2026-11-30"]


def test_another_time_zone_sends_nothing_twice(asked, lead_chl, settings):
    with on(DUE - timedelta(days=14)):
        remind()
        settings.TIME_ZONE = "Asia/Tokyo"
        type(lead_chl).objects.filter(pk=lead_chl.pk).update(time_zone="Pacific/Auckland")
        remind()

    assert len(ledger()) == 1


def test_a_reminder_waits_until_its_day_has_begun_everywhere(asked):
    day = DUE + timedelta(days=1)
    with time_machine.travel(datetime(day.year, day.month, day.day, 1, tzinfo=UTC), tick=False):
        remind()
    assert [threshold for threshold, _name in ledger()] == ["-3 2026-11-30"]


def test_a_new_due_date_begins_anew(asked, open_round):
    with on(DUE - timedelta(days=3)):
        remind()
    later = DUE + timedelta(days=30)
    Round.objects.filter(pk=open_round.pk).update(due_on=later)
    with on(DUE + timedelta(days=1)):
        remind()
    with on(later - timedelta(days=14)):
        remind()

    assert [threshold for threshold, _name in ledger()] == ["-3 2026-11-30", "-14 2026-12-30"]


def test_more_time_moves_the_reminders_of_that_state_alone(asked, manager, update_jam, lead_jam):
    until = DUE + timedelta(days=10)
    with on(DUE - timedelta(days=2)), scope(reach_of(manager)):
        extend(update=asked, due_on=until, reason="Elections", by=manager)
    with on(DUE + timedelta(days=1)):
        remind()
    assert ledger() == [("+1 2026-11-30", "Marcus Sample")]

    with on(until - timedelta(days=3)):
        remind()
    assert ledger()[1:] == [("-3 2026-12-10", "Camila Muestra")]


def test_who_has_sent_is_left_in_peace(asked, lead_chl):
    make_submitted(asked, by=lead_chl)
    with on(DUE + timedelta(days=1)):
        remind()

    assert ledger("update due") == []


def test_a_closed_round_asks_nobody(asked, open_round, manager):
    Round.objects.filter(pk=open_round.pk).update(closed_at=noon(DUE), closed_by=manager)
    with on(DUE + timedelta(days=1)):
        remind()

    assert ledger() == []


def test_nobody_gets_the_same_twice_for_being_named_twice(asked, lead_chl, chile):
    Liaison.objects.create(state=chile, person=lead_chl, kind="contact point", starts_on=date(2020, 1, 1))
    with on(DUE - timedelta(days=14)):
        remind()

    assert len(ledger()) == 1


def test_a_liaison_who_comes_later_is_not_sent_what_was_due_before(asked, chile):
    with on(DUE - timedelta(days=14)):
        remind()
    make_liaison("Nueva Persona", chile, "deputy")
    with on(DUE - timedelta(days=13)):
        remind()

    assert [name for _threshold, name in ledger()] == ["Camila Muestra"]


# The three that are forgotten -----------------------------------------------------------------------------------------


def test_a_draft_untouched_liaison_then_officer_then_manager(asked, officer, manager):
    begun = date(2026, 10, 5)
    change(asked, answered=3, last_saved_at=noon(begun))
    told = {}
    for days in range(25):
        with on(begun + timedelta(days=days)):
            remind()
        for kind in ("draft untouched", "staff digest"):
            for _threshold, name in ledger(kind):
                told.setdefault((kind, name), days)

    assert told == {
        ("draft untouched", "Camila Muestra"): 7,
        ("staff digest", "Ana Ejemplo"): 14,
        ("staff digest", "Marta Gestora"): 14 + 7,
    }
    assert len(ledger("draft untouched")) == 1


def test_whoever_saves_begins_a_new_count(asked):
    first, second = date(2026, 10, 5), date(2026, 10, 13)
    change(asked, answered=3, last_saved_at=noon(first))
    with on(first + timedelta(days=7)):
        remind()
    change(asked, last_saved_at=noon(second))
    with on(second + timedelta(days=6)):
        remind()
    assert len(ledger("draft untouched")) == 1

    with on(second + timedelta(days=8)):
        remind()
    assert [threshold for threshold, _name in ledger("draft untouched")] == ["since 2026-10-05", "since 2026-10-13"]


def test_a_submission_waiting_is_told_to_officers_then_to_managers(asked, lead_chl, officer, manager, observer):
    sent = date(2026, 10, 10)
    make_submitted(asked, by=lead_chl)
    moved(asked, "draft", "submitted", lead_chl, noon(sent))
    for days, wanted in (
        (6, set()),
        (7, {"Ana Ejemplo"}),
        (13, {"Ana Ejemplo"}),
        (14, {"Ana Ejemplo", "Marta Gestora"}),
    ):
        with on(sent + timedelta(days=days)):
            remind()
            remind()
        assert {name for _threshold, name in ledger("staff digest")} == wanted
    assert len(ledger("staff digest")) == 2


def test_a_return_unanswered_liaison_then_officer_then_manager(asked, lead_chl, officer, manager):
    returned = date(2026, 10, 10)
    make_submitted(asked, by=lead_chl)
    moved(asked, "submitted", "returned", officer, noon(returned))
    for days in (2, 3, 7, 14):
        with on(returned + timedelta(days=days)):
            remind()

    assert ledger("return unanswered") == [("since 2026-10-10", "Camila Muestra")]
    assert ledger("staff digest") == [("2026-10-17", "Ana Ejemplo"), ("2026-10-24", "Marta Gestora")]


def test_one_digest_a_day_lists_all_that_waits(asked, update_jam, lead_chl, lead_jam, officer):
    for update, lead in ((asked, lead_chl), (update_jam, lead_jam)):
        make_submitted(update, by=lead)
        moved(update, "draft", "submitted", lead, noon(date(2026, 10, 10)))
    with on(date(2026, 10, 20)):
        remind()
        (threshold,) = [threshold for threshold, _name in ledger("staff digest")]
        message = write(Mail(kind="staff digest", object_id=officer.pk, threshold=threshold, person=officer))
    with on(date(2026, 10, 21)):
        remind()

    assert message.subject == "2 updates wait for somebody"
    assert "Chile" in message.body
    assert "Jamaica" in message.body
    assert len(ledger("staff digest")) == 1  # nothing new is due since


def test_what_is_settled_meanwhile_is_not_mailed(asked, lead_chl, officer):
    change(asked, answered=3, last_saved_at=noon(date(2026, 10, 5)))
    with on(date(2026, 10, 13)):
        assert write(Mail(kind="draft untouched", object_id=asked.pk, person=lead_chl)) is not None
        assert write(Mail(kind="update due", object_id=asked.pk, person=lead_chl)) is not None
        make_submitted(asked, by=lead_chl)
        assert write(Mail(kind="draft untouched", object_id=asked.pk, person=lead_chl)) is None
        assert write(Mail(kind="update due", object_id=asked.pk, person=lead_chl)) is None
        assert write(Mail(kind="staff digest", object_id=officer.pk, person=officer)) is None


def test_another_states_liaison_learns_nothing(asked, lead_jam):
    change(asked, answered=3, last_saved_at=noon(date(2026, 10, 5)))
    with on(date(2026, 10, 20)):
        for kind in ("update due", "draft untouched"):
            assert write(Mail(kind=kind, object_id=asked.pk, person=lead_jam)) is None


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_mail_is_written_in_every_language(asked, lead_chl, language):
    lead_chl.language = language
    change(asked, answered=3, last_saved_at=noon(date(2026, 10, 5)))
    for day in (DUE - timedelta(days=14), DUE, DUE + timedelta(days=1)):
        with on(day):
            message = write(Mail(kind="update due", object_id=asked.pk, person=lead_chl))
            assert message.subject.startswith("Chil")
            assert "/states/chile/updates/2026-2/" in message.body
            assert write(Mail(kind="draft untouched", object_id=asked.pk, person=lead_chl)).subject.startswith("Chil")


# By hand --------------------------------------------------------------------------------------------------------------


def test_a_reminder_by_hand_is_seen_before_it_is_sent(sign_in, officer, asked, update_jam, lead_jam):
    change(update_jam, answered=4)
    client = sign_in(officer)

    page = client.get("/rounds/2026-2/remind/")
    words = page.content.decode()
    assert "Remind 1 state that has not started?" in words
    assert "Chile: update due on" in words
    assert ledger() == []

    assert client.post("/rounds/2026-2/remind/", {"to": "not-started"}).status_code == 302
    client.post("/rounds/2026-2/remind/", {"to": "not-started"})
    assert [name for _threshold, name in ledger()] == ["Camila Muestra"]

    client.post("/rounds/2026-2/remind/", {"to": "not-sent"})
    assert sorted(name for _threshold, name in ledger()) == ["Camila Muestra", "Marcus Sample"]
    assert "There is nobody to remind" in client.get("/rounds/2026-2/remind/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_the_same_moment_write_the_same_rows_once(asked, update_jam, lead_jam, officer):
    change(update_jam, answered=2, last_saved_at=noon(date(2026, 10, 20)))
    start = Barrier(3)

    def run():
        start.wait(60)
        try:
            remind()
        finally:
            connection.close()

    with on(DUE - timedelta(days=14)), ThreadPoolExecutor(3) as pool:
        for worker in [pool.submit(run) for _ in range(3)]:
            worker.result(timeout=90)

    assert len(ledger("update due")) == 2
    assert len(ledger("draft untouched")) == 1
    assert {name for _threshold, name in ledger("staff digest")} == {"Ana Ejemplo", "Marta Gestora"}
    assert len(ledger("staff digest")) == 2


def test_the_same_queries_for_one_state_and_for_twenty(asked, open_round, lead_chl):
    with on(DUE - timedelta(days=20)):
        with CaptureQueriesContext(connection) as few:
            remind()
        for number in range(20):
            make_update(open_round, make_state(f"state-{number}"))
        with CaptureQueriesContext(connection) as many:
            remind()

    assert len(many) == len(few)
