"""The calendar of activities: its months, what it holds and for whom, and that it is made once for each slot."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from documents.models import Source
from notices.models import Mail
from notices.work import work
from reporting.calendars.facts import facts_of
from reporting.calendars.pdf import pdf
from reporting.calendars.periods import months_of
from reporting.calendars.worded import worded
from reporting.calendars.xlsx import xlsx
from reporting.due import queue_due
from reporting.models import Delivery, Run, RunFile, Schedule
from tests.factories.action_plan import make_activity
from tests.factories.reporting import make_schedule
from tests.reporting.conftest import LANGUAGES, cells_of, text_of

pytestmark = pytest.mark.django_db
KIND = "activities calendar"
SLOT = datetime(2026, 11, 1, 13, 0, tzinfo=UTC)  # 08:00 in New York
MONTHLY = {"kind": KIND, "every": "month", "day": 1, "weekday": None, "period": "3 months"}


@pytest.fixture
def planned(chile, jamaica):
    """Of each audience, of two states, in and around November 2026 to January 2027."""
    with scope(PROGRAMME):
        source = Source.objects.create(
            key="faro", title="Faro report", publisher="Faro press", dated="2026", licence="x", caution=""
        )
        make_activity(
            "Faro course",
            chile,
            starts_on=date(2026, 11, 9),
            starts_at=time(9),
            ends_at=time(16),
            time_zone="America/Santiago",
            place="Santiago",
            host_state=chile,
            audience="states",
            source=source,
        )
        make_activity("Faro closed", chile, starts_on=date(2026, 12, 1), ends_on=None, kind="exercise", point=4)
        make_activity("Faro long", chile, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 1), status="under way")
        make_activity("Faro year", chile, starts_on=date(2026, 1, 1), ends_on=None, precision="year")
        make_activity("CANARY-DESK", chile, audience="staff", status="idea")
        make_activity("CANARY-JAM", jamaica)
        make_activity("CANARY-october", chile, starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 31))
        make_activity("CANARY-february", chile, starts_on=date(2027, 2, 1), ends_on=None)


def make_calendar(state=None, **facts):
    dates = {"first_on": date(2026, 11, 1), "last_on": date(2027, 1, 31)}
    with scope(PROGRAMME):
        return Run.objects.create(
            **{"kind": KIND, "state": state, "slot": SLOT, "languages": ["en"], "as_of": SLOT, **dates, **facts}
        )


def report_of(run, language="en"):
    return worded(facts_of(run), language)


def titles_of(report):
    return {part.name: [entry.title for entry in part.entries] for part in report.months}


def told_in(report):
    return text_of(pdf(report)) + "".join(str(cell.value) for cell in cells_of(xlsx(report)))


def reread(person):
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("month", "2026-12-01", "2026-12-31"),
        ("next month", "2027-01-01", "2027-01-31"),
        ("last month", "2026-11-01", "2026-11-30"),
        ("3 months", "2026-12-01", "2027-02-28"),
        ("12 months", "2026-12-01", "2027-11-30"),
        ("year", "2026-01-01", "2026-12-31"),
    ],
)
def test_its_months_count_from_the_day_it_is_due(period, first, last):
    assert months_of(period, date(2026, 12, 31)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_it_is_grouped_by_month_and_what_goes_on_stands_in_the_first(planned, chile):
    report = report_of(make_calendar(chile))

    assert titles_of(report) == {
        "November 2026": ["Faro year", "Faro long", "Faro course"],
        "December 2026": ["Faro closed"],
    }
    assert report.lead == "4 activities: Planned 3, Under way 1."
    assert (report.area, report.period) == ("Chile", "November 2026 to January 2027")


def test_an_entry_says_what_when_where_and_for_whom(planned, chile):
    entry = report_of(make_calendar(chile)).months[0].entries[2]

    assert (entry.kind, entry.point, entry.status) == ("Course", "Cyber security training", "Planned")
    assert (entry.place, entry.states) == ("Santiago", ("Chile",))
    assert entry.hours == "09:00 to 16:00, Santiago time"


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_formats_say_the_same_and_bear_the_label(planned, chile, language):
    report = report_of(make_calendar(chile), language)
    made = pdf(report)
    pages, book = PdfReader(BytesIO(made)).pages, load_workbook(BytesIO(xlsx(report)))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))

    assert [row[7] for row in rows] == ["Faro year", "Faro long", "Faro course", "Faro closed"]
    text = " ".join(text_of(made).split())
    for row in rows:
        assert row[7] in text
        assert " ".join(row[1].split()) in text
    with translation.override(language):
        assert str(chile.name) in text
    assert "Faro report, Faro press, 2026" in text
    for page in pages:
        assert page.extract_text().count(report.label) >= 2
    for sheet in book:
        assert sheet.oddHeader.right.text == report.label
    assert "CANARY" not in told_in(report) + repr(report)


def test_the_pdf_is_tagged_titled_and_numbered(planned, chile):
    reader = PdfReader(BytesIO(pdf(report_of(make_calendar(chile), "pt-br"))))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pt-BR"
    assert "Chile" in reader.metadata.title
    assert "1" in reader.pages[0].extract_text()


def test_cells_are_typed_and_hold_no_formula(planned, chile):
    with scope(PROGRAMME):
        make_activity("=HYPERLINK(1)", chile, starts_on=date(2026, 12, 3), ends_on=None, place="+1")
    cells = cells_of(xlsx(report_of(make_calendar(chile))))

    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert datetime(2026, 11, 9) in [cell.value for cell in cells if cell.data_type == "d"]
    assert not [cell for cell in cells if str(cell.value).startswith(("=", "+")) or cell.hyperlink]


def test_of_all_states_it_holds_what_the_programme_knows(planned):
    report = report_of(make_calendar())

    named = {entry.title for part in report.months for entry in part.entries}
    assert {"CANARY-DESK", "CANARY-JAM", "Faro course"} <= named
    assert report.label == "TLP:AMBER+STRICT"
    assert report.audience.startswith("For the programme’s staff.")


def test_a_sub_region_is_that_of_the_states_that_take_part_or_of_the_place(planned, chile, jamaica):
    with scope(PROGRAMME):
        make_activity("Faro in Kingston", chile, host_state=jamaica)
    report = report_of(make_calendar(sub_region="Caribbean"))

    assert titles_of(report) == {"November 2026": ["CANARY-JAM", "Faro in Kingston"]}
    assert report.area == "Caribbean"


@pytest.mark.parametrize(
    ("audience", "label"), [("public", "TLP:CLEAR"), ("states", "TLP:GREEN"), ("participants", "TLP:AMBER+STRICT")]
)
def test_the_label_is_that_of_the_narrowest_activity(chile, audience, label):
    with scope(PROGRAMME):
        make_activity("Faro", chile, audience=audience)
        make_activity("Faro for all", chile, audience="public")

    assert report_of(make_calendar(chile)).label == label


def test_other_states_that_take_part_are_named_as_far_as_the_reader_knows_of_them(chile, jamaica):
    with scope(PROGRAMME):
        make_activity("Faro shared", chile, jamaica, audience="states")
        make_activity("Faro closed", chile, jamaica)

    entries = {entry.title: entry.states for entry in report_of(make_calendar(chile)).months[0].entries}

    assert entries == {"Faro shared": ("Chile", "Jamaica"), "Faro closed": ("Chile",)}


def test_months_without_any_say_so(chile):
    report = report_of(make_calendar(chile))

    assert "No activity is known in these months." in text_of(pdf(report))
    assert "No activity is known in these months." in told_in(report)


def test_more_activities_cost_no_more_questions(planned, chile, django_assert_num_queries):
    run = make_calendar(chile)
    with django_assert_num_queries(6):
        facts_of(run)
    with scope(PROGRAMME):
        for number in range(30):
            make_activity(f"Course {number}", chile)
    with django_assert_num_queries(6):
        assert len(facts_of(run).activities) == 34


def test_it_is_made_once_for_each_slot_and_sent(planned, manager, chile, lead_chl, lead_jam):
    schedule = make_schedule(
        manager, chile, people=[manager], **MONTHLY, to_liaisons=True, since=datetime(2026, 10, 20, tzinfo=UTC)
    )
    with time_machine.travel(SLOT, tick=False):
        assert (queue_due(), queue_due()) == (1, 0)
        with scope(PROGRAMME):
            run = Run.objects.get(schedule=schedule)
        work(Run, run.pk)
        with scope(PROGRAMME):
            assert set(Delivery.objects.values_list("person", flat=True)) == {manager.pk, lead_chl.pk}
            mail = Mail.objects.get(kind="calendar ready", person=lead_chl)
        work(Mail, mail.pk)

    assert (run.first_on, run.last_on, run.state) == (date(2026, 11, 1), date(2027, 1, 31), chile)
    assert "Chile, November 2026 to January 2027" in outbox.outbox[-1].subject


def test_its_months_follow_the_clock_of_the_schedule(manager, chile):
    since = datetime(2026, 12, 30, tzinfo=UTC)
    make_schedule(
        manager, people=[manager], **{**MONTHLY, "period": "month"}, time_zone="Pacific/Auckland", since=since
    )
    with time_machine.travel(datetime(2026, 12, 31, 20, tzinfo=UTC), tick=False):  # 1 January there
        queue_due()

    with scope(PROGRAMME):
        assert Run.objects.get().first_on == date(2027, 1, 1)


def test_one_slot_has_one_calendar(manager, chile):
    schedule = make_schedule(manager, people=[manager], **MONTHLY, to_liaisons=False)
    make_calendar(schedule=schedule)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_calendar(schedule=schedule)


def test_a_calendar_without_months_and_a_brief_with_them_are_refused(chile):
    for facts in ({"first_on": None}, {"kind": "country brief"}, {"sub_region": "Caribbean"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_calendar(chile, **facts)


def test_who_may_read_which(planned, manager, observer, chile, lead_chl, lead_jam, rep_chl, outsider, sign_in):
    of_all, of_chile = make_calendar(asked_by=manager), make_calendar(chile, asked_by=manager)
    for run in (of_all, of_chile):
        work(Run, run.pk)
    readers = {manager: {of_all, of_chile}, observer: {of_all, of_chile}, lead_chl: {of_chile}}

    for person in (manager, observer, lead_chl, lead_jam, rep_chl, outsider):
        client, person = sign_in(person), reread(person)
        for model in (Run, RunFile, Delivery):
            with scope(PROGRAMME):
                by_queryset = set(model.objects.visible_to(person).values_list("pk", flat=True))
            with scope(reach_of(person)):
                assert set(model.objects.values_list("pk", flat=True)) == by_queryset, (person, model)
        for run in (of_all, of_chile):
            expected = 200 if run in readers.get(person, set()) else 404
            assert client.get(run.get_absolute_url()).status_code == expected, person
            file = client.get(f"{run.get_absolute_url()}en.pdf")
            assert not file.streaming or b"".join(file.streaming_content).startswith(b"%PDF-")
            assert file.status_code == expected, person


FORM = {
    "kind": "activities-calendar",
    "area": "chile",
    "period": "3 months",
    "every": "month",
    "day": "1",
    "at": "08:00",
    "time_zone": "America/New_York",
    "languages": ["en", "es"],
    "to_liaisons": "on",
    "step": "save",
}


def test_staff_schedule_it_change_it_and_read_it_in_plain_words(sign_in, manager, chile, lead_chl):
    client = sign_in(manager)

    assert client.post("/reports/schedules/new/", FORM).status_code == 302
    with scope(PROGRAMME):
        schedule = Schedule.objects.get()
    assert (schedule.period, schedule.sub_region, list(schedule.states.all())) == ("3 months", "", [chile])
    words = "Activities calendar, Chile, in English and Spanish: three months, from the one it is made in."
    assert words in client.get("/reports/").text
    page = client.get(schedule.get_absolute_url()).text
    assert '<option value="chile" selected>' in page

    changed = {**FORM, "area": "Caribbean", "recipients": [manager.pk]}
    del changed["to_liaisons"]
    assert client.post(schedule.get_absolute_url(), changed).status_code == 302
    schedule.refresh_from_db()
    assert (schedule.sub_region, list(schedule.states.all())) == ("Caribbean", [])
    assert '<option value="Caribbean" selected>' in client.get(schedule.get_absolute_url()).text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"area": "all"}, "Liaisons get the calendar of their own state"),
        ({"area": "atlantis"}, "Choose all member states"),
        ({"area": ""}, "Choose all member states"),
        ({"period": "a while"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_explained(sign_in, manager, chile, given, sentence):
    answer = sign_in(manager).post("/reports/schedules/new/", {**FORM, **given})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Schedule.objects.exists()


def test_staff_make_one_now_by_either_form(sign_in, manager, chile):
    client = sign_in(manager)
    with time_machine.travel("2026-11-20T12:00Z", tick=False):
        made = client.post("/reports/make/", FORM)
        again = client.post("/reports/make/", FORM)
        client.post("/reports/make/", {**FORM, "area": "Caribbean", "period": "year"})

    assert made.status_code == again.status_code == 302
    with scope(PROGRAMME):
        runs = list(Run.objects.order_by("pk"))
    assert [(run.state, run.sub_region, run.first_on, run.last_on) for run in runs] == [
        (chile, "", date(2026, 11, 1), date(2027, 1, 31)),
        (None, "Caribbean", date(2026, 1, 1), date(2026, 12, 31)),
    ]


def test_a_ready_made_one_is_switched_on(sign_in, manager):
    sign_in(manager).post("/reports/schedules/new/", {"ready": "calendar-monthly"})

    with scope(PROGRAMME):
        schedule = Schedule.objects.get()
    assert (schedule.kind, schedule.period, schedule.to_liaisons) == (KIND, "3 months", False)


def test_archive_and_files_say_whose_it_is(planned, sign_in, manager, chile):
    run = make_calendar(chile, asked_by=manager)
    work(Run, run.pk)
    client = sign_in(manager)

    assert "Activities calendar, Chile, November 2026 to January 2027" in client.get("/reports/archive/").text
    file = client.get(f"{run.get_absolute_url()}en.xlsx")
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert "activities-calendar-chile-2026-11-" in file["Content-Disposition"]
