"""Making a run: once, under its lease, told to those who may read it."""

import errno
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import StaffRole, User
from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.work import LeaseLost, claim, retry, work
from reporting import making
from reporting.models import Run, RunFile
from tests.factories.reporting import make_run, make_schedule
from tests.reporting.conftest import LANGUAGES

YESTERDAY = today() - timedelta(days=1)


def fresh(run):
    with scope(PROGRAMME):
        return Run.objects.get(pk=run.pk)


def files_of(run):
    with scope(PROGRAMME):
        return list(RunFile.objects.filter(run=run).order_by("language", "format"))


def told(run):
    with scope(PROGRAMME):
        return sorted(Mail.objects.filter(object_id=run.pk).values_list("person__name", flat=True))


def send_all():
    with scope(PROGRAMME):
        waiting = list(Mail.objects.filter(status="queued").values_list("pk", flat=True))
    for pk in waiting:
        work(Mail, pk)


@pytest.fixture
def scheduled(told_chl, told_jam, manager, officer, chile):
    """A run of Chile's brief for its liaisons and Ana."""
    return make_run(chile, schedule=make_schedule(manager, chile, people=[officer]), languages=list(LANGUAGES))


def test_a_run_makes_every_language_and_format_and_tells_its_readers(scheduled, lead_chl, deputy_chl, lead_jam):
    work(Run, scheduled.pk)

    run, files = fresh(scheduled), files_of(scheduled)
    assert (run.status, run.done, run.total) == ("done", 8, 8)
    assert {(f.language, f.format) for f in files} == {(code, ext) for code in LANGUAGES for ext in ("pdf", "xlsx")}
    assert {f.state_id for f in files} == {run.state_id}
    for file in files:
        assert file.content.size == file.size
        assert file.sha256 in file.content.name
    assert told(run) == sorted(["Ana Ejemplo", lead_chl.name, deputy_chl.name])


def test_performing_twice_gives_one_set_of_files_and_mails(scheduled):
    work(Run, scheduled.pk)
    first, readers = files_of(scheduled), told(scheduled)
    work(Run, scheduled.pk)

    assert files_of(scheduled) == first
    assert told(scheduled) == readers


def test_whoever_lost_the_lease_throws_the_result_away(scheduled):
    slow = claim(Run, scheduled.pk)
    with scope(PROGRAMME):
        Run.objects.filter(pk=slow.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    work(Run, scheduled.pk)
    made = files_of(scheduled)

    with pytest.raises(LeaseLost):
        making._store(slow, slow.attempts, [("en", "pdf", making.keep(b"late", "pdf"))])

    assert files_of(scheduled) == made
    assert fresh(scheduled).attempts == 2


def test_a_slow_worker_stops_at_its_next_step(scheduled):
    slow = claim(Run, scheduled.pk)
    with scope(PROGRAMME):
        Run.objects.filter(pk=slow.pk).update(attempts=9)

    with pytest.raises(LeaseLost):
        slow.perform()

    assert files_of(scheduled) == []
    assert told(scheduled) == []


def test_a_run_by_hand_tells_only_whoever_asked(told_chl, chile, officer):
    run = make_run(chile, asked_by=officer)
    work(Run, run.pk)

    assert told(run) == ["Ana Ejemplo"]


def test_the_mail_holds_a_link_and_neither_answers_nor_files(scheduled, lead_chl, speaks):
    speaks(lead_chl, "es")
    work(Run, scheduled.pk)
    send_all()

    to_lead = next(mail for mail in outbox.outbox if mail.to == [lead_chl.email])
    assert to_lead.subject.startswith("Chile: ")
    assert f"/reports/{scheduled.pk}/" in to_lead.body
    assert to_lead.attachments == []
    assert "Faro" not in to_lead.body
    assert to_lead.extra_headers["Content-Language"] == "es"


def test_those_whose_role_ended_meanwhile_get_nothing(scheduled, lead_chl, deputy_chl, officer):
    work(Run, scheduled.pk)
    StaffRole.objects.filter(person=officer).update(ends_on=YESTERDAY)
    Liaison.objects.filter(person=lead_chl).update(ends_on=YESTERDAY)
    send_all()

    assert [mail.to for mail in outbox.outbox] == [[deputy_chl.email]]


def test_those_whose_role_ended_before_are_not_even_posted(scheduled, lead_chl, officer):
    StaffRole.objects.filter(person=officer).update(ends_on=YESTERDAY)
    Liaison.objects.filter(person=lead_chl).update(ends_on=YESTERDAY)
    User.objects.filter(pk=lead_chl.pk).update(is_active=True)
    work(Run, scheduled.pk)

    assert told(scheduled) == []


def test_a_failure_is_said_and_can_be_tried_again(scheduled, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr("reporting.shelf._write", full)
        for _attempt in range(Run.MAX_ATTEMPTS):
            work(Run, scheduled.pk)
            with scope(PROGRAMME):
                Run.objects.filter(pk=scheduled.pk, status="queued").update(not_before=timezone.now())
    failed = fresh(scheduled)
    assert failed.status == "failed"
    assert failed.why == "There is no room for files at the moment. Make room on the disk, then try again."

    with scope(PROGRAMME):
        assert retry(failed)
    work(Run, scheduled.pk)
    assert fresh(scheduled).status == "done"


def test_without_a_model_there_is_no_hope(chile, officer):
    run = make_run(chile, asked_by=officer)
    work(Run, run.pk)

    assert fresh(run).status == "failed"
    assert fresh(run).why.startswith("There is no maturity model to report on.")


def test_content_that_is_made_twice_is_kept_once_and_mended():
    first = making.keep(b"the same", "pdf")
    with default_storage.open(first.name, "wb") as file:
        file.write(b"the sa")  # half of it, as a crash of the disk would leave it

    assert making.keep(b"the same", "pdf") == first
    with default_storage.open(first.name) as file:
        assert file.read() == b"the same"


def test_the_day_of_a_brief_is_that_of_its_schedule(told_chl, manager, chile):
    schedule = make_schedule(manager, chile, time_zone="Pacific/Kiritimati")
    run = make_run(chile, schedule=schedule)
    work(Run, run.pk)

    with files_of(run)[0].content.open("rb") as content:
        title = PdfReader(content).metadata.title
    assert str(timezone.now().astimezone(ZoneInfo("Pacific/Kiritimati")).day) in title
