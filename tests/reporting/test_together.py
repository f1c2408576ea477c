"""Reports that are made together are told to each of the staff in one mail, none left out and none twice."""

import threading
from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone

from common.scope import PROGRAMME, reach_of, scope
from notices import bundles
from notices.models import Mail
from notices.preferences import choose
from notices.tasks import waiting
from notices.work import LeaseLost, claim, work
from reporting.actions import make_now
from reporting.kinds import Subject
from reporting.mails import TOGETHER
from reporting.models import Run
from tests.factories.reporting import make_run, make_schedule
from tests.reporting.test_archive import ARCHIVE, standing

pytestmark = pytest.mark.django_db
SLOT = timezone.now() - timedelta(minutes=1)


@pytest.fixture
def runs(told_chl, told_jam, manager, officer, chile, jamaica, brazil):
    """The briefs of three states, of one schedule and slot, for Ana and for liaisons."""
    schedule = make_schedule(manager, chile, jamaica, brazil, people=[officer])
    return [make_run(state, schedule=schedule, slot=SLOT) for state in (chile, jamaica, brazil)]


def make(*runs):
    for run in runs:
        work(Run, run.pk)


def send_due():
    """As the sweeper rings, until nothing is due."""
    while due := waiting(Mail):
        for pk in due:
            work(Mail, pk)


def to(person):
    return [message for message in outgoing.outbox if message.to == [person.email]]


def named(person):
    """Of the mails to a person, which reports each of them leads to."""
    with scope(PROGRAMME):
        every = {run.get_absolute_url(): run.pk for run in Run.objects.all()}
    return [{pk for address, pk in every.items() if f"{address}\n" in message.body} for message in to(person)]


def quarter_of_an_hour_passes():
    with scope(PROGRAMME):
        for mail in Mail.objects.filter(kind=TOGETHER, status="queued"):
            Mail.objects.filter(pk=mail.pk).update(not_before=mail.not_before - bundles.WAITS)


def test_of_all_briefs_of_a_slot_staff_get_one_mail_and_a_liaison_her_own(runs, officer, lead_chl, manager, sign_in):
    make(*runs)
    send_due()

    assert named(officer) == [{run.pk for run in runs}]
    assert to(officer)[0].subject == "3 reports are ready"
    assert "Jamaica: country brief ready" in to(officer)[0].body
    assert named(lead_chl) == [{runs[0].pk}]
    assert standing(sign_in(manager).get(ARCHIVE))[officer.name] == "sent"


def test_it_goes_out_with_the_last_and_not_before(runs, officer):
    for run in runs[:2]:
        make(run)
        send_due()
    assert to(officer) == []

    make(runs[2])
    send_due()

    assert named(officer) == [{run.pk for run in runs}]


def test_what_takes_long_keeps_nobody_waiting_for_the_rest(runs, officer):
    make(*runs[:2])
    send_due()
    quarter_of_an_hour_passes()
    send_due()
    make(runs[2])
    send_due()

    assert named(officer) == [{run.pk for run in runs[:2]}, {runs[2].pk}]


def test_one_that_failed_keeps_nobody_waiting(runs, officer):
    with scope(PROGRAMME):
        Run.objects.filter(pk=runs[0].pk).update(status="failed")

    make(*runs[1:])
    send_due()

    assert named(officer) == [{run.pk for run in runs[1:]}]


def test_a_worker_that_dies_while_it_hangs_one_loses_none_and_doubles_none(runs, officer, monkeypatch):
    make(*runs)
    with scope(PROGRAMME):
        first = Mail.objects.filter(person=officer).order_by("pk").first()
    dying = claim(Mail, first.pk)
    with monkeypatch.context() as broken:
        broken.setattr("notices.bundles._others_wait", lambda *_asked: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            dying.perform()
    with scope(PROGRAMME):
        assert not Mail.objects.filter(kind=TOGETHER).exists()
        Mail.objects.filter(pk=first.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    send_due()

    assert named(officer) == [{run.pk for run in runs}]
    with pytest.raises(LeaseLost):
        dying.perform()


@pytest.mark.django_db(transaction=True)
def test_hung_at_the_same_moment_they_hang_on_one(runs, officer):
    make(*runs)
    with scope(PROGRAMME):
        mails = list(Mail.objects.filter(person=officer).values_list("pk", flat=True))
    gate = threading.Barrier(len(mails))

    def hang(pk):
        gate.wait()
        work(Mail, pk)
        close_old_connections()

    threads = [threading.Thread(target=hang, args=(pk,)) for pk in mails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send_due()

    assert named(officer) == [{run.pk for run in runs}]


@pytest.mark.parametrize("number", [1, 2])
def test_of_one_order_one_mail(number, told_chl, told_jam, chile, jamaica, officer):
    subjects = [Subject(state_id=state.pk) for state in (chile, jamaica)][:number]
    with scope(reach_of(officer)):
        ordered = make_now(kind="country brief", subjects=subjects, languages=["en"], by=officer)

    make(*ordered)
    send_due()

    assert named(officer) == [{run.pk for run in ordered}]
    assert ("reports are ready" in to(officer)[0].subject) == (number > 1)


def test_who_wants_reports_once_a_day_or_never_gets_them_so(runs, officer, manager):
    runs[0].schedule.recipients.add(manager)
    for person, pace in ((officer, "daily"), (manager, "never")):
        with scope(reach_of(person)):
            choose(person=person, paces={"reports": pace})

    make(*runs)
    send_due()

    assert to(officer) == to(manager) == []
    with scope(PROGRAMME):
        assert set(Mail.objects.filter(status="queued").values_list("kind", "person")) == {("mail digest", officer.pk)}


def test_who_stops_them_meanwhile_gets_none(runs, officer, sign_in, manager):
    make(*runs[:2])
    send_due()
    with scope(reach_of(officer)):
        choose(person=officer, paces={"reports": "never"})
    quarter_of_an_hour_passes()
    send_due()

    assert to(officer) == []
    assert standing(sign_in(manager).get(reverse("run-archive")))[officer.name] == "none"
