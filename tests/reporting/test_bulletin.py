"""The network's bulletin: what it holds, who reads it, and that it is made once for each slot."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import User
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.audiences import make_audience, settle
from csirt_network.models import Acknowledgement, Alert, NetworkMembership, Recipient
from notices.models import Mail
from notices.work import work
from reporting.bulletin.facts import facts_of, month_of
from reporting.bulletin.pdf import pdf
from reporting.bulletin.worded import worded
from reporting.bulletin.xlsx import xlsx
from reporting.due import queue_due
from reporting.models import Delivery, Run, RunFile
from tests.factories.csirt_network import make_member, make_team
from tests.factories.library import make_item
from tests.factories.library import publish as publish_item
from tests.factories.member_states import make_state
from tests.factories.reporting import make_schedule
from tests.reporting.conftest import LANGUAGES

pytestmark = pytest.mark.django_db
BULLETIN = "network bulletin"
SLOT = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)  # 08:00 in New York
MONTHLY = {"kind": BULLETIN, "every": "month", "day": 1, "weekday": None, "to_liaisons": False}


@pytest.fixture
def publish(manager):
    numbers = iter(range(1, 99))

    def made(tlp, title, **facts):
        with scope(Reach(person=manager.pk, staff=True)):
            audience = make_audience(origin=None, chosen=[Recipient(kind="network")], by=manager)
            settle(audience, tlp=tlp, author=manager)
            whole = {"kind": "warning", "year": 2026, "number": next(numbers), "rsit": ["phishing", "ddos"]}
            whole |= {"published_at": datetime(2026, 11, 12, 15, tzinfo=UTC), "with_programme": True}
            return Alert.objects.create(tlp=tlp, audience=audience, author=manager, title_en=title, **whole | facts)

    return made


@pytest.fixture
def november(publish, csirt_chl):
    publish(Tlp.CLEAR, "A clear one")
    publish(Tlp.GREEN, "A green one", title_es="Uno verde")
    publish(Tlp.AMBER, "CANARY-amber")
    publish(Tlp.GREEN, "CANARY-exercise", is_exercise=True)
    publish(Tlp.GREEN, "CANARY-october", published_at=datetime(2026, 10, 31, 12, tzinfo=UTC))
    publish(Tlp.GREEN, "CANARY-december", published_at=datetime(2026, 12, 1, 12, tzinfo=UTC))
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_chl).update(starts_on=date(2026, 11, 5))


def make_bulletin(**facts):
    with scope(PROGRAMME):
        return Run.objects.create(**{"kind": BULLETIN, "slot": SLOT, "languages": ["en"], **facts})


def report_of(run, language="en"):
    run.as_of = timezone.now()
    return worded(facts_of(run), language)


def reread(person):
    return User.objects.get(pk=person.pk)


def test_it_holds_a_month_of_what_is_clear_and_green(november):
    report = report_of(make_bulletin())

    assert [(line.title, line.label) for line in report.alerts] == [
        ("A clear one", "TLP:CLEAR"),
        ("A green one", "TLP:GREEN"),
    ]
    assert {line.name: line.number for line in report.classes} == {"Availability": 2, "Fraud": 2}
    assert [(line.team, line.on) for line in report.joined] == [("CSIRT of Chile", date(2026, 11, 5))]
    assert (report.label, report.month) == ("TLP:GREEN", "November 2026")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_formats_bear_the_label_and_say_nothing_above_it(november, language):
    report = report_of(make_bulletin(), language)

    pages = PdfReader(BytesIO(pdf(report))).pages
    book = load_workbook(BytesIO(xlsx(report)))
    cells = str([list(sheet.iter_rows(values_only=True)) for sheet in book])

    for page in pages:
        assert page.extract_text().count("TLP:GREEN") >= 2
    for sheet in book:
        assert sheet.oddHeader.right.text == sheet.oddFooter.right.text == "TLP:GREEN"
    assert "CANARY" not in cells + "".join(page.extract_text() for page in pages)
    assert ("Uno verde" if language == "es" else "A green one") in cells


def test_what_came_into_the_library_is_listed_as_far_as_the_community_reads_it(november, manager):
    for tlp, title in ((Tlp.GREEN, "A guide"), (Tlp.AMBER, "CANARY-guide")):
        with time_machine.travel(datetime(2026, 11, 9, 12, tzinfo=UTC), tick=False):
            publish_item(make_item(manager, title_en=title), manager, tlp=tlp)

    report = report_of(make_bulletin())

    assert [(line.title, line.label, line.version) for line in report.items] == [("A guide", "TLP:GREEN", "New")]
    assert "A guide" in PdfReader(BytesIO(pdf(report))).pages[0].extract_text()
    assert "CANARY" not in str(
        [list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(BytesIO(xlsx(report)))]
    )


@pytest.mark.parametrize(("teams", "said"), [(5, "3.0 hours"), (4, "Fewer than five teams")])
def test_answer_times_are_said_from_five_teams_up(publish, manager, teams, said):
    alert = publish(Tlp.GREEN, "A green one")
    state = make_state("brazil")
    for number in range(teams):
        with scope(PROGRAMME):
            team = make_team(f"Team {number}", state, kind="sector")
            member = make_member(f"Person {number}", team)
        soon = alert.published_at + timedelta(hours=number + 1)
        reach = Reach(teams=(team.pk,), person=member.pk, community=True)
        with scope(reach), time_machine.travel(soon, tick=False):
            facts = {"alert": alert, "version": 1, "team": team, "answer": "checking", "by": member}
            Acknowledgement.objects.create(**facts)

    assert said in report_of(make_bulletin()).answers


def test_an_empty_month_says_so(db):
    text = PdfReader(BytesIO(pdf(report_of(make_bulletin())))).pages[0].extract_text()

    assert "No alert was published" in text
    assert "No team joined." in text


def test_months_follow_the_clock_of_the_schedule(manager):
    schedule = make_schedule(manager, people=[manager], **MONTHLY, time_zone="Pacific/Auckland")
    run = make_bulletin(schedule=schedule, slot=datetime(2026, 12, 31, 19, 0, tzinfo=UTC))  # 1 January there

    assert f"{month_of(run).first:%Y-%m}" == "2026-12"


def test_it_is_made_once_and_sent_to_representatives_and_staff(november, manager, rep_chl, analyst_chl, rep_jam):
    schedule = make_schedule(
        manager, people=[manager], **MONTHLY, to_representatives=True, since=datetime(2026, 11, 20, tzinfo=UTC)
    )
    with time_machine.travel(SLOT, tick=False):
        assert (queue_due(), queue_due()) == (1, 0)
        with scope(PROGRAMME):
            run = Run.objects.get(schedule=schedule)
        work(Run, run.pk)
        with scope(PROGRAMME):
            assert set(Delivery.objects.values_list("person", flat=True)) == {manager.pk, rep_chl.pk, rep_jam.pk}
            mail = Mail.objects.get(kind="bulletin ready", person=rep_chl)
        work(Mail, mail.pk)

    assert "November 2026" in outbox.outbox[-1].subject


def test_one_slot_has_one_bulletin(manager):
    schedule = make_schedule(manager, people=[manager], **MONTHLY)
    make_bulletin(schedule=schedule)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_bulletin(schedule=schedule)


def test_the_community_reads_it_and_nobody_else(november, manager, rep_chl, rep_jam, lead_chl, outsider, sign_in):
    run = make_bulletin(asked_by=manager)
    work(Run, run.pk)
    waiting = make_bulletin()

    for person, reads in ((manager, True), (rep_jam, True), (rep_chl, True), (lead_chl, False), (outsider, False)):
        client, person = sign_in(person), reread(person)
        for model in (Run, RunFile, Delivery):
            with scope(PROGRAMME):
                by_queryset = set(model.objects.visible_to(person).values_list("pk", flat=True))
            with scope(reach_of(person)):
                assert set(model.objects.values_list("pk", flat=True)) == by_queryset, model
        assert client.get(run.get_absolute_url()).status_code == (200 if reads else 404), person
        file = client.get(f"{run.get_absolute_url()}en.pdf")
        assert not file.streaming or b"".join(file.streaming_content).startswith(b"%PDF-")
        assert file.status_code == (200 if reads else 404), person
        if person != manager:
            assert client.get(waiting.get_absolute_url()).status_code == 404


def test_staff_make_one_now_and_schedule_it(sign_in, manager):
    client = sign_in(manager)

    made = client.post("/reports/make/", {"kind": "network-bulletin", "languages": ["en"]})
    client.post("/reports/schedules/new/", {
        "kind": "network-bulletin", "every": "month", "day": "1", "at": "08:00", "time_zone": "America/New_York",
        "languages": ["en"], "to_representatives": "on", "step": "save",
    })  # fmt: skip

    assert made.status_code == 302
    with scope(PROGRAMME):
        assert Run.objects.get(kind=BULLETIN).asked_by == manager
    assert "representatives of the network" in client.get("/reports/").text
