"""The progress report of a round: what it counts, for whom it is, and when it is made."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from capability.actions.extending import extend
from capability.models import Round, Update
from common.scope import PROGRAMME, Reach, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.work import work
from reporting.due import queue_due
from reporting.models import Delivery, Run, RunFile, Schedule
from reporting.progress.facts import facts_of
from reporting.progress.pdf import pdf
from reporting.progress.worded import worded
from reporting.progress.xlsx import xlsx
from tests.factories.capability import make_draft, make_round, make_submitted, make_update
from tests.factories.member_states import make_state
from tests.factories.reporting import make_schedule
from tests.reporting.conftest import LANGUAGES, cells_of, text_of

MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # 08:00 in New York
PROGRESS = "round progress"


def make_progress_run(round, **facts):
    with scope(PROGRAMME):
        given = {"kind": PROGRESS, "round": round, "slot": timezone.now(), "languages": ["en"], **facts}
        return Run.objects.create(**given)


def report_of(run, language="en"):
    run.as_of = timezone.now()
    return worded(facts_of(run), language)


def lines_of(report):
    return {line.name: line for group in report.groups for line in group.states}


@pytest.fixture
def under_way(open_round, chile, jamaica, brazil, lead_chl, lead_jam):
    """Chile has sent, Jamaica has begun, Brazil has not."""
    make_submitted(make_update(open_round, chile, status="submitted"), by=lead_chl)
    begun = make_update(open_round, jamaica, answered=9, last_saved_at=timezone.now() - timedelta(days=4))
    make_draft(begun, "D1.1", by=lead_jam, text="CANARY-JAM-DRAFT")
    make_update(open_round, brazil)
    return open_round


# What it says ---------------------------------------------------------------------------------------------------------


def test_each_state_has_its_status_its_days_and_how_far_it_is(under_way):
    lines = lines_of(report_of(make_progress_run(under_way)))

    chile, jamaica, brazil = (lines[name] for name in ("Chile", "Jamaica", "Brazil"))
    assert (chile.status, chile.timeliness, chile.waits_for, chile.done) == (
        "In review",
        "On time",
        "The programme",
        27,
    )
    assert (jamaica.status, jamaica.timeliness, jamaica.days) == ("In progress", "Not due yet", 4)
    assert (jamaica.waits_for, jamaica.done, jamaica.of) == ("The state", 9, 27)
    assert (brazil.status, brazil.days, brazil.done) == ("Not started", 20, 0)


def test_the_counts_of_the_sub_regions_add_up_to_those_of_all(under_way):
    report = report_of(make_progress_run(under_way))

    total = report.total
    assert (total.invited, total.sent, total.in_review, total.in_progress, total.not_started) == (3, 1, 1, 1, 1)
    for name in ("invited", "sent", "on_time", "late", "missing", "not_due", "in_review", "in_progress"):
        assert sum(getattr(line, name) for line in report.regions) == getattr(total, name)
    assert report.lead.startswith("1 of 3 invited states has sent its update (33%). 1 waits for review.")


def test_after_the_due_date_who_has_not_sent_is_missing_and_who_got_time_is_not(under_way, manager, jamaica):
    Round.objects.filter(pk=under_way.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    with scope(PROGRAMME):
        late = Update.objects.select_related("round", "state").get(state=jamaica)
        extend(update=late, due_on=timezone.localdate() + timedelta(days=5), reason="A new minister.", by=manager)

    report = report_of(make_progress_run(Round.objects.get(pk=under_way.pk)))

    lines = lines_of(report)
    assert (lines["Brazil"].timeliness, lines["Jamaica"].timeliness) == ("Missing", "Not due yet")
    assert (report.total.late, report.total.missing) == (1, 1)
    assert [text.split(",")[0] for text in report.extensions] == ["Jamaica"]
    assert "A new minister" not in str(report)


def test_the_last_reminder_that_was_sent_is_named(under_way, lead_jam, jamaica):
    sent = timezone.now() - timedelta(days=2)
    with scope(PROGRAMME):
        update = Update.objects.get(state=jamaica)
        for threshold, at in (("-14", sent - timedelta(days=9)), ("-3", sent), ("+1", None)):
            Mail.objects.create(
                kind="update due", object_id=update.pk, threshold=threshold, person=lead_jam, sent_at=at
            )

    lines = lines_of(report_of(make_progress_run(under_way)))

    assert (lines["Jamaica"].reminded_on, lines["Chile"].reminded_on) == (timezone.localdate(sent), None)


def test_it_says_what_has_changed_since_the_last_one(under_way, officer, chile, lead_chl):
    first = make_progress_run(under_way)
    assert report_of(first).since == "This is the first progress report of the round."
    work(Run, first.pk)
    with scope(PROGRAMME):
        update = Update.objects.get(state=chile)
        update.moves.create(state=chile, status_before="submitted", status_after="returned", by=officer)
        Update.objects.filter(pk=update.pk).update(status="returned")

    second = report_of(make_progress_run(under_way))

    assert second.since.startswith("Since the last report, as of ")
    assert second.changes == ("Chile: In review → Returned",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_and_excel_name_every_state_in_every_language_and_no_draft(under_way, language):
    report = report_of(make_progress_run(under_way), language)

    made, cells = pdf(report), [cell.value for cell in cells_of(xlsx(report))]
    text = text_of(made)
    for name in lines_of(report):
        assert name in text
        assert name in cells
    assert text.count("TLP:AMBER+STRICT") >= 4
    assert "CANARY" not in text + str(cells)


def test_the_pdf_is_tagged_numbered_and_says_its_source(under_way):
    made = pdf(report_of(make_progress_run(under_way)))

    reader = PdfReader(BytesIO(made))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Page 1 of 2" in text_of(made)
    assert "Source: the updates of the round in this portal, as of" in text_of(made)


def test_cells_of_the_excel_file_are_typed(under_way):
    book = load_workbook(BytesIO(xlsx(report_of(make_progress_run(under_way)))))

    regions, states = book["By sub-region"], book["State by state"]
    total = [cell.value for cell in list(regions.iter_rows())[-1]]
    assert total[:3] == ["All invited states", 3, 1]
    assert regions.cell(2, 4).number_format == "0%"
    assert isinstance(states.cell(2, 5).value, datetime)
    assert isinstance(states.cell(2, 8).value, int)


def test_the_facts_of_thirty_states_are_read_by_as_many_questions_as_those_of_three(under_way):
    few = questions_of(under_way)
    for number in range(12):
        make_update(under_way, make_state(f"state-{number}"))

    assert questions_of(under_way) == few <= 12


def questions_of(round):
    run = make_progress_run(round)
    run.as_of = timezone.now()
    with CaptureQueriesContext(connection) as asked:
        facts_of(run)
    return sum(query["sql"].lstrip("( ").startswith("SELECT") for query in asked if "set_config" not in query["sql"])


def test_twenty_seven_states_are_on_three_pages_at_most(under_way):
    for number in range(32):
        make_update(under_way, make_state(f"state-{number}"))

    assert len(PdfReader(BytesIO(pdf(report_of(make_progress_run(under_way), "fr")))).pages) <= 3


# When it is made ------------------------------------------------------------------------------------------------------


def owed():
    with scope(PROGRAMME):
        return sorted(Run.objects.filter(kind=PROGRESS).values_list("slot", "round__slug"))


def opened_from(round, opened_at, closed_at=None, by=None):
    Round.objects.filter(pk=round.pk).update(
        opened_at=opened_at, closed_at=closed_at, closed_by=by if closed_at else None
    )


@pytest.fixture
def _silent(monkeypatch):
    monkeypatch.setattr("reporting.due.sweep_soon", lambda: None)


@pytest.mark.usefixtures("_silent")
def test_each_slot_makes_one_report_for_each_round_that_is_open_then(edition, manager):
    first, second = make_round(edition, by=manager, number=1), make_round(edition, by=manager, number=2)
    opened_from(first, MONDAY - timedelta(days=20), MONDAY - timedelta(hours=1), manager)
    opened_from(second, MONDAY - timedelta(days=2))
    make_schedule(manager, kind=PROGRESS, to_liaisons=False, people=[manager], since=MONDAY - timedelta(days=40))
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        for _ in range(3):
            queue_due()

    assert owed() == [(MONDAY - timedelta(days=7), "2026-1"), (MONDAY, "2026-2")]


@pytest.mark.usefixtures("_silent")
def test_while_no_round_is_open_nothing_is_made(edition, manager):
    closed = make_round(edition, by=manager)
    opened_from(closed, MONDAY - timedelta(days=20), MONDAY - timedelta(days=10), manager)
    make_schedule(manager, kind=PROGRESS, to_liaisons=False, people=[manager], since=MONDAY - timedelta(hours=1))
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        assert queue_due() == 0

    assert owed() == []


def test_a_run_is_about_what_its_kind_says(open_round, chile, manager):
    schedule = make_schedule(manager, kind=PROGRESS, to_liaisons=False, people=[manager])
    wrong = (
        {"kind": PROGRESS, "state": chile},
        {"kind": PROGRESS, "round": open_round, "state": chile},
        {"kind": "country brief", "round": open_round},
    )
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic(), scope(PROGRAMME):
            Run.objects.create(slot=MONDAY, languages=["en"], **facts)
    make_progress_run(open_round, schedule=schedule, slot=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_progress_run(open_round, schedule=schedule, slot=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Schedule.objects.filter(pk=schedule.pk).update(to_liaisons=True)


# For whom it is -------------------------------------------------------------------------------------------------------


def test_staff_alone_open_it(under_way, sign_in, observer, lead_chl, officer, outsider, admin):
    run = make_progress_run(under_way, asked_by=officer)
    work(Run, run.pk)
    page, file = reverse("run-detail", args=[run.pk]), reverse("run-file", args=[run.pk, "en", "pdf"])

    assert sign_in(observer).get(page).status_code == 200
    for person in (lead_chl, outsider, admin):
        assert [sign_in(person).get(url).status_code for url in (page, file)] == [404, 404]


def test_the_wall_shows_it_to_no_state(under_way, chile, lead_chl, officer):
    run = make_progress_run(under_way, asked_by=officer)
    work(Run, run.pk)

    with scope(Reach(states=(chile.pk,), person=lead_chl.pk)):
        for model in (Run, RunFile, Delivery):
            assert not model._base_manager.exists()


def test_its_readers_are_told_of_the_round_and_no_liaison_is(under_way, manager, officer, lead_chl):
    schedule = make_schedule(manager, kind=PROGRESS, to_liaisons=False, people=[officer])
    run = make_progress_run(under_way, schedule=schedule)
    work(Run, run.pk)
    with scope(PROGRAMME):
        mail = Mail.objects.get(kind="progress ready")
    work(Mail, mail.pk)

    assert [sent.to for sent in outbox.outbox] == [[officer.email]]
    assert outbox.outbox[0].subject == "Second update of 2026: progress report ready"
    assert f"/reports/{run.pk}/" in outbox.outbox[0].body


# Its forms ------------------------------------------------------------------------------------------------------------


def ordered(officer, **changes):
    timing = {"every": "week", "weekday": "0", "at": "08:00", "time_zone": "America/New_York", "languages": ["en"]}
    return {"kind": "round-progress", "recipients": [officer.pk], **timing, **changes}


def test_the_form_shows_what_the_kind_needs(chile, under_way, sign_in, officer):
    client = sign_in(officer)
    for url, of_brief, of_progress in (
        (reverse("schedule-new"), 'name="to_liaisons"', "only the programme’s staff gets it"),
        (reverse("run-make"), 'name="states"', 'name="rounds"'),
    ):
        brief = client.get(url).content.decode()
        progress = client.get(url, {"kind": "round-progress"}).content.decode()
        assert (of_brief in brief, of_progress in brief) == (True, False)
        assert (of_brief in progress, of_progress in progress) == (False, True)


def test_a_schedule_of_progress_reads_back_and_goes_to_staff_alone(sign_in, officer, chile):
    response = sign_in(officer).post(
        reverse("schedule-new"), ordered(officer, to_liaisons="on", states=[chile.pk]), follow=True
    )

    assert "Progress of each round that is open then, in English. While none is open" in response.content.decode()
    assert "Goes to Ana Ejemplo." in response.content.decode()
    schedule = Schedule.objects.get()
    assert (schedule.kind, schedule.to_liaisons, schedule.states.count()) == (PROGRESS, False, 0)


def test_a_schedule_of_progress_needs_a_reader_of_the_staff(sign_in, officer, lead_chl):
    client = sign_in(officer)

    nobody = client.post(reverse("schedule-new"), ordered(officer, recipients=[]))
    liaison = client.post(reverse("schedule-new"), ordered(officer, recipients=[lead_chl.pk]))

    assert "Choose at least one person who gets it." in nobody.content.decode()
    assert (nobody.status_code, liaison.status_code) == (422, 422)
    assert not Schedule.objects.exists()


def test_one_is_made_now_for_a_round_and_pressed_twice_once(under_way, sign_in, officer):
    client, given = sign_in(officer), {"kind": "round-progress", "rounds": [under_way.pk], "languages": ["es"]}

    refused = client.post(reverse("run-make"), {**given, "rounds": []})
    made = [client.post(reverse("run-make"), given).url for _ in range(2)]

    assert "Choose at least one round." in refused.content.decode()
    assert made[0] == made[1]
    with scope(PROGRAMME):
        assert Run.objects.get().round_id == under_way.pk


def test_progress_is_offered_until_a_schedule_makes_it(sign_in, officer, chile):
    client = sign_in(officer)
    client.post(reverse("schedule-new"), {"ready": "progress-weekly"})

    words = client.get(reverse("schedule-list")).content.decode()

    assert "Progress every Monday" not in words
    assert "Progress every day" in words
    assert words.count("Switch on<") == 8
    schedule = Schedule.objects.get()
    assert (schedule.kind, list(schedule.recipients.all())) == (PROGRESS, [officer])


def test_a_recipient_who_left_keeps_her_name_in_the_deliveries(under_way, manager, officer, sign_in):
    schedule = make_schedule(manager, kind=PROGRESS, to_liaisons=False, people=[officer])
    run = make_progress_run(under_way, schedule=schedule)
    work(Run, run.pk)
    officer.roles.all().delete()
    type(officer).objects.filter(pk=officer.pk).update(name="Somebody else", is_active=False)

    assert "Ana Ejemplo" in sign_in(manager).get(reverse("run-detail", args=[run.pk])).content.decode()
    assert Liaison.objects.count() >= 1
