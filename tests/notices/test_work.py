from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.sending import send
from notices.work import BROKE, WORKER_LOST, Hopeless, LeaseLost, Postponed, bury, finish, postpone, retry, step, work
from tests.notices.conftest import change, taken, the_mail

LONG_AGO = timezone.now() - timedelta(hours=1)


def perform(monkeypatch, action):
    monkeypatch.setattr(Mail, "perform", action)


def breaks(error):
    def _break(mail):
        raise error

    return _break


def store_and_finish(job, person):
    with scope(PROGRAMME):
        Mail.objects.create(kind="greeting", object_id=77, person=person)
        finish(job, job.attempts)


def test_one_of_two_claims_gets_the_work(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)

    assert taken(mail).attempts == 1
    assert taken(mail) is None


def test_work_whose_lease_ran_out_is_taken_again(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    taken(mail)
    change(mail, lease_until=LONG_AGO)

    assert taken(mail).attempts == 2


def test_the_result_of_a_stale_worker_is_thrown_away(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    stale = taken(mail)
    change(mail, lease_until=LONG_AGO)
    second = taken(mail)

    with pytest.raises(LeaseLost):
        finish(stale, stale.attempts, reason="mine")
    with pytest.raises(LeaseLost):
        step(stale, 1, 2)
    finish(second, second.attempts)

    assert (the_mail(lead_chl).status, the_mail(lead_chl).reason) == ("done", "")


def test_what_was_stored_with_a_late_result_is_rolled_back(posted, chile, lead_chl):
    stale = taken(posted(chile, lead_chl))
    change(stale, attempts=2)

    with pytest.raises(LeaseLost):
        store_and_finish(stale, lead_chl)

    with scope(PROGRAMME):
        assert not Mail.objects.filter(object_id=77).exists()


def test_progress_is_seen_and_renews_the_lease(posted, chile, lead_chl):
    job = taken(posted(chile, lead_chl))
    change(job, lease_until=timezone.now() + timedelta(seconds=1))

    job.step(3, 8)

    seen = the_mail(lead_chl)
    assert (seen.done, seen.total) == (3, 8)
    assert seen.lease_until > timezone.now() + timedelta(seconds=60)


def test_work_that_breaks_is_put_off_with_a_reason(posted, chile, lead_chl, monkeypatch):
    mail = posted(chile, lead_chl)
    perform(monkeypatch, breaks(OSError("no route")))

    work(Mail, mail.pk)

    after = the_mail(lead_chl)
    assert (after.status, after.reason) == ("queued", BROKE)
    assert timedelta(seconds=50) < after.not_before - timezone.now() <= timedelta(minutes=1)


def test_the_pauses_grow_to_six_hours(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    change(mail, attempts=9, not_before=LONG_AGO)
    job = taken(mail)

    postpone(job, job.attempts, "The mail server does not answer.")

    pause = the_mail(lead_chl).not_before - timezone.now()
    assert timedelta(hours=5, minutes=59) < pause <= timedelta(hours=6)


def test_after_the_last_attempt_it_has_failed_and_says_why(posted, chile, lead_chl, monkeypatch):
    mail = posted(chile, lead_chl)
    change(mail, attempts=Mail.MAX_ATTEMPTS - 1)
    perform(monkeypatch, breaks(Postponed("The mail server does not answer.")))

    work(Mail, mail.pk)

    after = the_mail(lead_chl)
    assert (after.status, after.reason) == ("failed", "The mail server does not answer.")
    assert after.finished_at


def test_what_is_hopeless_fails_at_once(posted, chile, lead_chl, monkeypatch):
    mail = posted(chile, lead_chl)
    perform(monkeypatch, breaks(Hopeless("There is no such address.")))

    work(Mail, mail.pk)

    assert the_mail(lead_chl).status == "failed"


def test_failed_work_may_be_tried_again_and_its_token_is_a_new_one(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    change(mail, status="failed", attempts=Mail.MAX_ATTEMPTS)

    with scope(PROGRAMME):
        assert retry(mail)
        assert not retry(mail)

    assert taken(mail).attempts == Mail.MAX_ATTEMPTS + 1


def test_work_that_kills_its_worker_each_time_fails_in_the_end(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    change(mail, status="running", attempts=Mail.MAX_ATTEMPTS, lease_until=LONG_AGO)

    assert taken(mail) is None
    assert bury(Mail) == 1

    after = the_mail(lead_chl)
    assert (after.status, after.reason) == ("failed", WORKER_LOST)


def test_work_not_yet_due_or_done_is_nobodys(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    change(mail, not_before=timezone.now() + timedelta(minutes=5))
    early = taken(mail)
    change(mail, not_before=LONG_AGO, status="done")

    assert early is None
    assert taken(mail) is None


@pytest.mark.django_db(transaction=True)
def test_work_survives_a_terminated_database_session(posted, chile, lead_chl, monkeypatch):
    mail = posted(chile, lead_chl)

    def cut(job):
        with scope(PROGRAMME), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    perform(monkeypatch, cut)
    work(Mail, mail.pk)
    put_off = the_mail(lead_chl)
    change(mail, not_before=LONG_AGO)
    perform(monkeypatch, send)
    work(Mail, mail.pk)

    assert (put_off.status, put_off.attempts) == ("queued", 1)
    assert the_mail(lead_chl).status == "done"
