"""The pages of reports and schedules: who opens them, what they say, what their forms refuse."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from common.scope import PROGRAMME, scope
from notices.work import claim, work
from reporting.models import Run, Schedule
from tests.factories.accounts import make_person
from tests.factories.reporting import make_run, make_schedule
from tests.reporting.queries import questions_of

FILE = {"language": "en", "format": "pdf"}


@pytest.fixture
def done(told_chl, chile, officer):
    run = make_run(chile, asked_by=officer)
    work(Run, run.pk)
    return run


@pytest.fixture
def failed(chile):
    return make_run(chile, status="failed", reason="There is no room for files at the moment.")


def page(run):
    return reverse("run-detail", args=[run.pk])


def file_of(run, language="en", extension="pdf"):
    return reverse("run-file", args=[run.pk, language, extension])


def filled(**changes):
    given = {
        "every": "week",
        "weekday": "0",
        "day": "",
        "at": "08:00",
        "time_zone": "America/New_York",
        "languages": ["en", "es"],
        "to_liaisons": "on",
    }
    return given | changes


# Finished reports -----------------------------------------------------------------------------------------------------


def test_staff_and_the_states_own_liaisons_open_a_finished_report(done, sign_in, observer, lead_chl):
    for person in (observer, lead_chl):
        client = sign_in(person)
        assert client.get(page(done)).status_code == 200
        assert b"".join(client.get(file_of(done)).streaming_content).startswith(b"%PDF")


def test_for_liaisons_of_other_states_the_report_does_not_exist(done, sign_in, lead_jam, outsider, admin):
    for person in (lead_jam, outsider, admin):
        client = sign_in(person)
        assert client.get(page(done)).status_code == 404
        assert client.get(file_of(done)).status_code == 404


def test_a_state_does_not_see_what_is_not_done(failed, sign_in, lead_chl):
    assert sign_in(lead_chl).get(page(failed)).status_code == 404


def test_a_file_is_saved_never_shown_and_its_reading_recorded(done, sign_in, lead_chl):
    response = sign_in(lead_chl).get(file_of(done, extension="xlsx"))
    assert b"".join(response.streaming_content).startswith(b"PK")

    assert response["Content-Disposition"].startswith('attachment; filename="')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    with scope(PROGRAMME):
        entry = AuditEntry.objects.get(verb="R", model="reporting.runfile")
    assert (entry.by_id, entry.state_id) == (lead_chl.pk, done.state_id)


def test_a_language_that_was_not_made_is_not_found(done, sign_in, officer):
    assert sign_in(officer).get(file_of(done, "fr")).status_code == 404
    assert sign_in(officer).get(file_of(done, "en", "docx")).status_code == 404


def test_the_list_of_all_is_the_staffs(done, sign_in, officer, lead_chl, admin):
    assert sign_in(officer).get(reverse("run-list")).status_code == 200
    assert "Schedule a report" not in sign_in(lead_chl).get(reverse("run-list")).content.decode()
    assert sign_in(admin).get(reverse("run-list")).status_code == 403


def test_the_list_shows_what_is_ready_being_made_and_failed_with_its_reason(done, failed, jamaica, sign_in, officer):
    running = make_run(jamaica)
    claim(Run, running.pk).step(1, 2)

    words = sign_in(officer).get(reverse("run-list")).content.decode()

    assert "Being made, 1 of 2 files" in words
    assert "There is no room for files at the moment." in words
    assert file_of(done) in words
    assert 'hx-trigger="every 2s"' in words


def test_the_part_that_asks_for_itself_stops_when_nothing_is_being_made(done, jamaica, sign_in, officer):
    client = sign_in(officer)
    running = make_run(jamaica, asked_by=officer)
    fragment = client.get(reverse("run-list"), HTTP_HX_REQUEST="true").content.decode()
    assert "hx-trigger" in fragment
    assert "<html" not in fragment

    work(Run, running.pk)

    assert "hx-trigger" not in client.get(reverse("run-list"), HTTP_HX_REQUEST="true").content.decode()
    assert "hx-trigger" not in client.get(page(running), HTTP_HX_REQUEST="true").content.decode()


def test_reports_are_read_page_by_page_without_losing_any(chile, jamaica, sign_in, officer):
    runs = [make_run(state, status="done", finished_at=timezone.now()) for state in [chile, jamaica] * 15]
    client = sign_in(officer)

    first = client.get(reverse("run-list"))
    second = client.get(reverse("run-list") + first.context["next_url"].split("#")[0])

    shown = [run.pk for response in (first, second) for run, _files in response.context["ready"]]
    assert shown == sorted((run.pk for run in runs), reverse=True)
    assert second.context["next_url"] == ""


def test_reports_of_one_state(chile, jamaica, sign_in, officer):
    for state in (chile, jamaica):
        make_run(state, status="done", finished_at=timezone.now())

    response = sign_in(officer).get(reverse("run-list"), {"state": "chile"})

    assert [run.state for run, _files in response.context["ready"]] == [chile]


@pytest.mark.parametrize("role", ["manager", "officer", "observer"])
def test_the_list_asks_the_same_for_one_row_and_for_thirty(role, request, chile, jamaica, sign_in, manager):
    client = sign_in(request.getfixturevalue(role))
    make_run(chile, status="done", finished_at=timezone.now())
    make_schedule(manager, chile, people=[manager])
    few = len(questions_of(client, reverse("run-list")))
    for _ in range(15):
        make_run(chile, status="done", finished_at=timezone.now())
        make_run(jamaica, status="done", finished_at=timezone.now())
        make_schedule(manager, chile, jamaica, people=[manager])

    assert len(questions_of(client, reverse("run-list"))) == few <= 15


# Making and trying again ----------------------------------------------------------------------------------------------


def test_the_button_on_a_states_page_makes_its_brief_in_all_languages(chile, sign_in, officer):
    response = sign_in(officer).post(reverse("run-make"), {"state": "chile"})

    with scope(PROGRAMME):
        run = Run.objects.get()
    assert response.url == page(run)
    assert (run.state_id, run.asked_by_id, run.schedule_id) == (chile.pk, officer.pk, None)
    assert run.languages == ["en", "es", "fr", "pt-br"]


def test_pressed_twice_it_is_made_once(chile, sign_in, officer):
    client = sign_in(officer)
    assert [client.post(reverse("run-make"), {"state": "chile"}).url for _ in range(3)]

    with scope(PROGRAMME):
        assert Run.objects.count() == 1


def test_several_states_are_chosen_on_a_form(chile, jamaica, sign_in, officer):
    client = sign_in(officer)
    refused = client.post(reverse("run-make"), {"languages": ["en"]})
    assert refused.status_code == 422
    assert "Choose at least one state." in refused.content.decode()

    made = client.post(reverse("run-make"), {"states": [chile.pk, jamaica.pk], "languages": ["fr"]})

    assert made.url == reverse("run-list")
    with scope(PROGRAMME):
        assert Run.objects.filter(languages=["fr"]).count() == 2


def test_only_officers_make_retry_and_change(chile, failed, sign_in, observer, lead_chl, manager):
    schedule = make_schedule(manager, chile)
    for person, seen in ((observer, 403), (lead_chl, 404)):
        client = sign_in(person)
        assert client.post(reverse("run-make"), {"state": "chile"}).status_code == 403
        assert client.post(reverse("run-retry", args=[failed.pk])).status_code == seen
        assert client.post(reverse("schedule-new"), {"ready": "weekly"}).status_code == 403
        assert client.post(reverse("schedule-pause", args=[schedule.pk])).status_code == seen
        assert client.post(reverse("schedule-detail", args=[schedule.pk]), filled()).status_code == seen
    assert sign_in(observer).get(reverse("schedule-detail", args=[schedule.pk])).status_code == 200


def test_a_failed_report_is_tried_again_from_its_page(failed, sign_in, officer):
    client = sign_in(officer)
    assert reverse("run-retry", args=[failed.pk]) in client.get(page(failed)).content.decode()

    client.post(reverse("run-retry", args=[failed.pk]))

    with scope(PROGRAMME):
        assert Run.objects.get(pk=failed.pk).status == "queued"
    again = client.post(reverse("run-retry", args=[failed.pk]), follow=True)
    assert "has not failed" in again.content.decode()


# Schedules ------------------------------------------------------------------------------------------------------------


def test_a_schedule_reads_back_in_plain_words(chile, jamaica, officer, sign_in):
    client = sign_in(officer)
    given = filled(states=[chile.pk, jamaica.pk], recipients=[officer.pk])
    response = client.post(reverse("schedule-new"), given, follow=True)

    words = response.content.decode()
    assert "Country briefs of 2 states in English and Spanish." in words
    assert "Made every Monday at 08:00 (America/New York)." in words
    assert "Goes to the liaisons of each state and to Ana Ejemplo." in words
    assert "Next: " in words
    assert Schedule.objects.get().made_by == officer


def test_the_preview_speaks_and_saves_nothing(chile, sign_in, officer):
    response = sign_in(officer).post(
        reverse("schedule-new"), filled(states=[chile.pk], step="preview"), HTTP_HX_REQUEST="true"
    )

    assert "Country brief of Chile in English and Spanish." in response.content.decode()
    assert "These states have no liaison today, so nobody there is told: Chile." in response.content.decode()
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"states": []}, "Choose at least one state."),
        ({"languages": []}, "Choose at least one language."),
        ({"weekday": ""}, "Choose the day of the week."),
        ({"every": "month", "day": ""}, "Enter the day of the month, from 1 to 31. 31 means the last day."),
        ({"every": "quarter", "day": "32"}, "Enter the day of the month, from 1 to 31. 31 means the last day."),
        ({"to_liaisons": ""}, "Choose who gets it: the liaisons, or at least one person."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(chile, sign_in, officer, changes, sentence):
    response = sign_in(officer).post(reverse("schedule-new"), filled(states=[chile.pk]) | changes)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Schedule.objects.exists()


def test_whoever_may_not_read_every_brief_is_no_recipient(chile, lead_jam, sign_in, officer):
    stranger = make_person("Stella Stranger")
    for person in (lead_jam, stranger):
        given = filled(states=[chile.pk], recipients=[person.pk])
        response = sign_in(officer).post(reverse("schedule-new"), given)
        assert response.status_code == 422
        assert "may not read the brief of every state" in response.content.decode()


def test_a_change_of_timing_makes_what_was_due_and_counts_from_now(chile, sign_in, officer, manager):
    earlier = timezone.now() - timedelta(days=1, hours=2)
    schedule = make_schedule(manager, chile, since=earlier, every="day", at="00:00", time_zone="UTC")

    sign_in(officer).post(reverse("schedule-detail", args=[schedule.pk]), filled(states=[chile.pk], every="day"))

    schedule.refresh_from_db()
    assert schedule.since > timezone.now() - timedelta(minutes=1)
    with scope(PROGRAMME):
        assert Run.objects.filter(schedule=schedule).exists()


def test_pause_and_going_on(chile, sign_in, officer, manager):
    schedule = make_schedule(manager, chile)
    client = sign_in(officer)
    client.post(reverse("schedule-pause", args=[schedule.pk]), {"do": "pause"})
    assert not Schedule.objects.get().is_active
    assert "Next: " not in client.get(reverse("schedule-list")).content.decode()

    client.post(reverse("schedule-pause", args=[schedule.pk]), {"do": "resume"})
    assert Schedule.objects.get().is_active


def test_without_rights_the_empty_list_says_who_makes_schedules(sign_in, observer):
    words = sign_in(observer).get(reverse("schedule-list")).content.decode()

    assert "A programme officer makes schedules." in words
    assert "Switch on" not in words


# What could not be made waits for those who may try again -------------------------------------------------------------


def waiting(client):
    groups = client.get("/my-turn/").context["turn"].groups
    return [
        (duty.what, duty.link, duty.state, str(duty.note))
        for g in groups
        if g.kind.name == "report failed"
        for duty in g.duties
    ]


def test_a_report_that_could_not_be_made_waits_for_officers(chile, sign_in, officer, manager, observer, lead_chl):
    run = make_run(
        chile, status="failed", reason="There is no room for files at the moment.", finished_at=timezone.now()
    )
    why = "There is no room for files at the moment."

    for person in (officer, manager):
        assert waiting(sign_in(person)) == [("Country brief, Chile", page(run), chile, why)]
    for person in (observer, lead_chl):
        assert waiting(sign_in(person)) == []

    sign_in(officer).post(reverse("run-retry", args=[run.pk]))
    assert waiting(sign_in(officer)) == []


def test_what_failed_long_ago_waits_no_more(chile, sign_in, officer):
    make_run(chile, status="failed", finished_at=timezone.now() - timedelta(days=31))

    assert waiting(sign_in(officer)) == []


# What no database takes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("run-list", ["state", "before", "kind"]),
        ("run-table-csv", ["state"]),
        ("run-archive", ["state", "kind", "recipient", "first", "last", "before"]),
        ("schedule-new", ["kind"]),
        ("run-make", ["kind", "again"]),
    ],
)
def test_a_nul_byte_in_an_address_is_no_error(done, sign_in, officer, route, words):
    client = sign_in(officer)

    for word in words:
        for value in ("\0", "chi\0le"):
            assert client.get(reverse(route), {word: value}).status_code < 500, word
