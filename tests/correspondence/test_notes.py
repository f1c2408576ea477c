"""Notes verbales: composed from the record, issued under a number, handed over, answered."""

import threading
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.urls import reverse
from django.utils.formats import date_format
from pypdf import PdfReader

from accounts.models import AuditEntry
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from correspondence.actions import notes as actions
from correspondence.clock import clocks_of
from correspondence.composing import compose, formula, language_for
from correspondence.forms.notes import ComposeForm
from correspondence.models import Note, NoteScan
from correspondence.purposes import Purpose
from correspondence.reminders import OVERDUE, remind
from correspondence.wording import WORDINGS
from csirt_network.working_days import working_days_between
from member_states.models import Liaison, MemberState
from notices.models import Mail
from review.actions import Refused
from tests.factories.admission import make_application
from tests.factories.capability import make_round, make_submitted, make_update
from tests.factories.correspondence import make_note
from tests.factories.training import make_course

pytestmark = pytest.mark.django_db
OF_STATE = {"state", "of_state"}


def test_each_language_says_the_same_things_with_the_same_blanks() -> None:
    english = WORDINGS["en"].bodies
    for language, words in WORDINGS.items():
        assert words.bodies.keys() == english.keys(), language
        known = dict.fromkeys(blanks(" ".join(english.values())), "x") | {"state": "x", "of_state": "x"}
        for purpose, text in words.bodies.items():
            assert "{" not in text.format_map(known), (language, purpose)
        for purpose in ("round", "nominations", "plan", "removal"):
            assert blanks(words.bodies[purpose]) - OF_STATE == blanks(english[purpose]) - OF_STATE, (language, purpose)


def blanks(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}


@pytest.mark.parametrize(
    ("language", "alpha3", "name", "said"),
    [
        ("en", "USA", "United States of America", "the Permanent Mission of the United States of America"),
        ("en", "CHL", "Chile", "the Permanent Mission of Chile to"),
        ("es", "PER", "Perú", "la Misión Permanente del Perú ante"),
        ("fr", "HTI", "Haïti", "la Mission permanente d’Haïti près"),
        ("fr", "BRA", "Brésil", "la Mission permanente du Brésil près"),
        ("pt-br", "BRA", "Brasil", "a Missão Permanente do Brasil junto"),
    ],
)
def test_the_mission_is_named_as_the_language_names_it(language: str, alpha3: str, name: str, said: str) -> None:
    words = WORDINGS[language]
    assert said in words.opening.format(of_state=words.of_the_state(alpha3, name))


def test_a_note_goes_out_in_the_language_of_its_state() -> None:
    spoken = [("Guaraní; Spanish", "es"), ("French; Haitian Creole", "fr"), ("Dutch", "en"), ("Portuguese", "pt-br")]
    for languages, code in spoken:
        assert language_for(MemberState(official_languages=languages)) == code


def test_an_invitation_to_a_round_is_one_note_for_each_state(
    sign_in: Any, officer: Any, edition: Any, chile: Any, jamaica: Any
) -> None:
    round = make_round(edition, by=officer)
    make_update(round, chile), make_update(round, jamaica)
    data = {"record": round.pk, "states": [chile.pk, jamaica.pk], "language": "es", "reply_days": "2"}

    answer = sign_in(officer).post(reverse("note-new", args=["round"]), data)

    assert answer.status_code == 302
    with scope(PROGRAMME):
        notes = list(Note.objects.all())
    assert {note.state_id for note in notes} == {chile.pk, jamaica.pk}
    assert all("ronda de actualización" in note.text and note.number is None for note in notes)


def test_a_state_that_was_given_more_time_reads_its_own_day(
    officer: Any, edition: Any, chile: Any, jamaica: Any
) -> None:
    round = make_round(edition, by=officer)
    make_update(round, chile, extended_until=round.due_on + timedelta(days=30))
    make_update(round, jamaica)

    extended, other = (make_note(state, officer, purpose="round", record=round) for state in (chile, jamaica))

    assert f"received until {date_format(round.due_on + timedelta(days=30))}." in extended.text
    assert f"received until {date_format(round.due_on)}." in other.text


def test_a_state_that_was_not_invited_is_named_and_gets_no_note(
    sign_in: Any, officer: Any, edition: Any, chile: Any, jamaica: Any
) -> None:
    round = make_round(edition, by=officer)
    make_update(round, chile)
    data = {"record": round.pk, "states": [chile.pk, jamaica.pk], "language": "", "reply_days": "10"}

    answer = sign_in(officer).post(reverse("note-new", args=["round"]), data)

    assert answer.status_code == 422
    assert "Jamaica is not invited to this round." in answer.content.decode()
    with scope(PROGRAMME):
        assert not Note.objects.exists()


def test_those_are_ticked_that_a_round_invited_and_still_waits_for(
    sign_in: Any, officer: Any, lead_chl: Any, edition: Any, chile: Any, jamaica: Any
) -> None:
    round, older = make_round(edition, by=officer), make_round(edition, by=officer, number=1)
    make_submitted(make_update(round, chile), by=lead_chl)
    make_update(round, jamaica), make_update(older, chile)
    client = sign_in(officer)

    form = client.get(reverse("note-new", args=["round"])).context["form"]
    of_older = client.get(reverse("note-new", args=["round"]), {"record": older.pk}).context["form"]

    assert (form["record"].value(), form["states"].value()) == (round.pk, [jamaica.pk])
    assert (of_older["record"].value(), of_older["states"].value()) == (older.pk, [chile.pk])


def test_several_drafts_are_issued_together_each_under_its_own_number(
    sign_in: Any, officer: Any, chile: Any, jamaica: Any
) -> None:
    drafts = [make_note(state, officer) for state in (chile, jamaica)]

    sign_in(officer).post(reverse("note-drafts"), {"notes": [f"{note.pk}-0" for note in drafts]})

    with scope(PROGRAMME):
        assert sorted(Note.objects.values_list("number", flat=True)) == [1, 2]


def test_a_number_is_given_when_the_note_is_issued_and_none_is_missing(officer: Any, chile: Any) -> None:
    first, discarded, second = (make_note(chile, officer) for _each in range(3))
    with scope(reach_of(officer)):
        actions.issue(note=first, edited=0, by=officer)
        actions.discard(note=discarded)
        with transaction.atomic():
            actions.issue(note=second, edited=0, by=officer)
            transaction.set_rollback(True)  # what is undone takes no number
        actions.issue(note=second, edited=0, by=officer)
        issued = list(Note.objects.order_by("number"))

    assert [note.number for note in issued] == [1, 2]
    assert issued[1].spelled == f"OAS/CYBER/NV-2/{today().year % 100:02}"
    assert issued[1].mark == f"NV-2-{today().year % 100:02}-{issued[1].code}"


def test_nobody_issues_a_text_that_they_have_not_read(officer: Any, chile: Any) -> None:
    note = make_note(chile, officer)
    with scope(reach_of(officer)):
        actions.edit(note=note, text="Other words", reply_days=0, edited=0)
        with pytest.raises(Refused):
            actions.issue(note=note, edited=0, by=officer)
        with pytest.raises(Refused):
            actions.edit(note=note, text="Mine", reply_days=0, edited=0)


def test_what_was_issued_never_changes_and_is_never_deleted(officer: Any, chile: Any) -> None:
    note = make_note(chile, officer, status="issued")
    for change in (
        {"text": "Other"},
        {"number": 9},
        {"issued_on": date(2020, 1, 1)},
        {"content": "x"},
        {"code": "2222"},
    ):
        with scope(PROGRAMME), pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(**change)
    with scope(PROGRAMME), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).delete()
    with scope(reach_of(officer)), pytest.raises(Refused):
        actions.discard(note=note)


def test_the_paper_says_number_code_and_until_when(sign_in: Any, officer: Any, chile: Any) -> None:
    note = make_note(chile, officer, status="issued")

    answer = sign_in(officer).get(reverse("note-pdf", args=[note.pk]))
    content = b"".join(answer.streaming_content)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())

    assert note.spelled in text
    assert note.mark in text
    assert "Permanent Mission of Chile to the Organization of American States" in text
    assert PdfReader(BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_a_draft_is_not_the_states_to_read(sign_in: Any, lead_chl: Any, officer: Any, chile: Any) -> None:
    draft, issued = make_note(chile, officer), make_note(chile, officer, status="issued")
    client = sign_in(lead_chl)

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(issued.get_absolute_url()).status_code == 200


def test_the_clock_counts_working_days_and_stands_still_with_the_answer(officer: Any, chile: Any) -> None:
    note = make_note(chile, officer, status="sent", days=5)
    with scope(reach_of(officer)):
        clock = clocks_of([note])[note.pk]
        assert (clock.left, clock.is_overdue, clock.has_calendar) == (5, False, True)
        actions.record_reply(note=note, edited=0, on=today(), outcome="agreed", reference="", said="", by=officer)
        note.refresh_from_db()
        assert not clocks_of([note])[note.pk].runs


def test_a_mission_that_only_says_that_it_arrived_stops_no_clock(
    sign_in: Any, officer: Any, lead_chl: Any, chile: Any, monkeypatch: Any
) -> None:
    note = make_note(chile, officer, status="sent", days=5)
    client, page = sign_in(officer), reverse("note-reply", args=[note.pk])
    said = {"on": str(today()), "outcome": "noted", "said": "Passed on to the capital.", "clock_runs": "on"}

    refused = client.post(page, said | {"outcome": "agreed", "edited": "0"})
    client.post(page, said | {"edited": "0"})

    assert refused.status_code == 422
    assert "What only says that it arrived answers nothing" in refused.text
    with scope(PROGRAMME):
        note.refresh_from_db()
        assert (note.status, note.outcome) == ("sent", "noted")
        assert clocks_of([note])[note.pk].runs
        assert note in Note.objects.with_clock()
        with monkeypatch.context() as later:
            later.setattr("correspondence.clock.today", lambda: note.reply_due_on + timedelta(days=1))
            assert clocks_of([note])[note.pk].is_overdue
    read = sign_in(lead_chl).get(note.get_absolute_url()).text
    assert "Passed on to the capital." in read
    assert "The reply is still to come, and the clock runs." in read

    client = sign_in(officer)
    assert client.get(page).context["form"]["said"].value() == "Passed on to the capital."
    client.post(page, {"on": str(today()), "outcome": "agreed", "edited": "1"})

    with scope(PROGRAMME):
        note.refresh_from_db()
    assert (note.status, note.outcome) == ("answered", "agreed")


def test_what_was_recorded_of_an_acknowledgement_waits_no_more_and_what_comes_later_does(
    officer: Any, lead_chl: Any, chile: Any, monkeypatch: Any
) -> None:
    note = make_note(chile, officer, status="sent", days=1)
    brought_by_mission(note, officer)
    with scope(reach_of(officer)):
        assert Note.objects.to_record().get() == note
        said = {"on": today(), "outcome": "noted", "reference": "", "said": "Arrived", "clock_runs": True}
        actions.record_reply(note=note, edited=0, by=officer, **said)
        assert not Note.objects.to_record()
        assert Note.objects.without_reply().get() == note  # so that officers are told when it is overdue
    brought_by_mission(note, officer)
    with scope(reach_of(officer)):
        assert Note.objects.to_record().get() == note
        assert not Note.objects.without_reply()


def brought_by_mission(note: Note, by: Any) -> NoteScan:
    facts = {"state": note.state, "matched": "page", "brought_by": by, "matched_by": by}
    with scope(reach_of(by)):
        return NoteScan.objects.create(note=note, name="x", size=1, sha256="0", content="x", **facts)


def test_a_recorded_reply_is_corrected_as_it_stands(sign_in: Any, officer: Any, observer: Any, chile: Any) -> None:
    note = make_note(chile, officer, status="answered")
    client, page = sign_in(officer), reverse("note-reply-correct", args=[note.pk])

    assert page in client.get(note.get_absolute_url()).text
    form = client.get(page).context["form"]
    assert (form["on"].value(), form["outcome"].value()) == (today(), "agreed")
    data = {"on": str(today()), "outcome": "declined", "reference": "NV 8/2026", "said": "No.", "edited": "0"}
    assert client.post(page, data).headers["Location"] == note.get_absolute_url()
    late = client.post(page, data | {"said": "As I read it."})

    assert late.status_code == 422
    assert "This reply was corrected meanwhile" in late.text
    assert "As I read it." in late.text
    with scope(PROGRAMME):
        note.refresh_from_db()
        assert (note.status, note.outcome, note.reply_said) == ("answered", "declined", "No.")
        kept = AuditEntry.objects.filter(verb="U", model="correspondence.note", object_id=note.pk).latest("pk")
        assert (kept.by_id, kept.before["outcome"], kept.after["outcome"]) == (officer.pk, "agreed", "declined")
    assert page not in sign_in(observer).get(note.get_absolute_url()).text


def test_what_was_taken_for_a_reply_by_mistake_lets_the_clock_run_again(officer: Any, chile: Any) -> None:
    note, by_hand = make_note(chile, officer, status="answered"), make_note(chile, officer, status="issued")
    with scope(reach_of(officer)):
        said = {"on": today(), "outcome": "noted", "reference": "", "said": "Arrived", "clock_runs": True}
        actions.correct_reply(note=note, edited=0, by=officer, **said)
        note.refresh_from_db()
        assert (note.status, clocks_of([note])[note.pk].runs) == ("sent", True)
        with pytest.raises(Refused):
            actions.correct_reply(note=by_hand, edited=0, by=officer, **said)  # nothing was recorded of it
        actions.record_reply(note=by_hand, edited=0, by=officer, **said | {"clock_runs": False})
        actions.correct_reply(note=by_hand, edited=1, by=officer, **said)
        by_hand.refresh_from_db()
    assert by_hand.status == "issued"


def test_a_reply_is_not_asked_for_after_the_day_that_the_note_names(
    sign_in: Any, officer: Any, edition: Any, chile: Any, jamaica: Any
) -> None:
    round = make_round(edition, by=officer)
    make_update(round, chile), make_update(round, jamaica, extended_until=round.due_on + timedelta(days=60))
    client, page = sign_in(officer), reverse("note-new", args=["round"])
    most = working_days_between(today(), round.due_on, "CHL")

    assert client.get(page).context["form"]["reply_days"].value() == most
    data = {"record": round.pk, "states": [chile.pk, jamaica.pk], "language": "en", "reply_days": str(most + 1)}
    refused = client.post(page, data)
    assert refused.status_code == 422
    assert f"Chile would be asked to reply after {date_format(round.due_on)}" in refused.text
    assert f"Choose at most {most} working days." in refused.text
    assert client.post(page, data | {"states": [jamaica.pk]}).status_code == 302  # it was given more time

    draft = make_note(chile, officer, purpose="round", record=round, days=most)
    edit = {"text": "Other words", "reply_days": str(most + 1), "edited": "0"}
    answer = client.post(reverse("note-edit", args=[draft.pk]), edit)
    assert answer.status_code == 422
    assert "Other words" in answer.text
    assert client.post(reverse("note-edit", args=[draft.pk]), edit | {"reply_days": "0"}).status_code == 302


def test_who_takes_no_part_in_a_course_is_not_asked_for_names(
    sign_in: Any, officer: Any, chile: Any, jamaica: Any
) -> None:
    course = make_course(chile, title="Forensics", nominations_close_on=today() + timedelta(days=30))
    data = {"record": course.pk, "states": [chile.pk, jamaica.pk], "language": "", "reply_days": "5"}
    client, page = sign_in(officer), reverse("note-new", args=["nominations"])

    answer = client.post(page, data)

    assert answer.status_code == 422
    assert "Jamaica does not take part in this course." in answer.text
    assert client.post(page, data | {"states": [chile.pk]}).status_code == 302


def test_nominations_are_answered_before_they_close(sign_in: Any, officer: Any, chile: Any) -> None:
    course = make_course(chile, title="Forensics", audience="region", nominations_close_on=today() + timedelta(days=7))
    client, page = sign_in(officer), reverse("note-new", args=["nominations"])

    assert client.get(page, {"record": course.pk, "states": chile.pk}).context["form"]["reply_days"].value() <= 5
    assert client.get(page, {"record": "x", "states": "x"}).status_code == 200
    data = {"record": course.pk, "states": [chile.pk], "language": "", "reply_days": "20"}
    assert "Chile would be asked to reply after" in client.post(page, data).text


def test_a_draft_that_lay_asks_for_the_reply_by_the_day_that_it_names(
    officer: Any, edition: Any, chile: Any, monkeypatch: Any
) -> None:
    round = make_round(edition, by=officer)
    make_update(round, chile)
    draft, late = (make_note(chile, officer, purpose="round", record=round, days=5) for _each in range(2))
    for note, day in ((draft, round.due_on - timedelta(days=1)), (late, round.due_on + timedelta(days=1))):
        for place in ("correspondence.actions.notes", "correspondence.deadlines"):
            monkeypatch.setattr(f"{place}.today", lambda day=day: day)
        with scope(reach_of(officer)):
            actions.issue(note=note, edited=0, by=officer)
            note.refresh_from_db()

    assert draft.reply_due_on == round.due_on
    assert late.reply_due_on > round.due_on  # of a round that is over a note may still ask


def test_a_team_that_is_a_member_already_is_told_by_another_note(officer: Any, chile: Any) -> None:
    admitted = make_application(chile, officer, stands="meeting")
    make_application(chile, officer, stands="member")
    with scope(reach_of(officer)):
        form = ComposeForm(purpose=Purpose.ADMISSION, by=officer)
        assert list(form.fields["record"].queryset) == [admitted]  # type: ignore[attr-defined]


def test_a_due_date_on_a_friday_is_overdue_on_saturday(officer: Any, chile: Any, monkeypatch: Any) -> None:
    note = make_note(chile, officer, status="sent", days=5)
    note.reply_due_on = date(2026, 10, 30)
    monkeypatch.setattr("correspondence.clock.today", lambda: date(2026, 10, 31))
    with scope(reach_of(officer)):
        assert clocks_of([note])[note.pk].is_overdue


def test_officers_are_told_once_when_a_reply_is_overdue(
    officer: Any, manager: Any, lead_chl: Any, chile: Any, monkeypatch: Any
) -> None:
    make_note(chile, officer, status="sent", days=1)
    later = today() + timedelta(days=10)
    for place in ("correspondence.clock", "correspondence.querysets.notes"):
        monkeypatch.setattr(f"{place}.today", lambda: later)

    remind()
    remind()

    with scope(PROGRAMME):
        told = list(Mail.objects.filter(kind=OVERDUE).values_list("person", flat=True))
    assert sorted(told) == sorted([officer.pk, manager.pk])


def test_the_formula_stands_around_what_was_amended(officer: Any, chile: Any) -> None:
    note = make_note(chile, officer, text="First.\r\n\r\nSecond.")
    said = formula(note)

    assert said["paragraphs"] == ["First.", "Second."]
    assert "presents its compliments" in said["opening"]
    assert "avails itself" in said["closing"]


def test_words_of_a_record_are_never_a_template(officer: Any, chile: Any) -> None:
    chile.name_en = "{0.__class__}"
    note = Note(state=chile, purpose=Purpose.JOIN, language="en")
    assert "{0.__class__}" in compose(note)


def test_no_officer_writes_to_or_records_for_the_own_state(
    sign_in: Any, officer: Any, second_officer: Any, chile: Any
) -> None:
    note = make_note(chile, second_officer, status="sent")
    Liaison.objects.create(state=chile, person=officer, kind="lead", starts_on=date(2020, 1, 1))
    client = sign_in(officer)

    data = {"states": [chile.pk], "language": "", "reply_days": "5"}
    assert client.post(reverse("note-new", args=["join"]), data).status_code == 422
    assert client.get(reverse("note-reply", args=[note.pk])).status_code == 403
    with scope(Reach(staff=True, person=officer.pk, states=(chile.pk,))):
        assert not Note.objects.filter(pk=note.pk).update(status="cancelled", why_cancelled="x")


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_get_two_numbers(officer: Any, chile: Any) -> None:
    notes = [make_note(chile, officer) for _each in range(4)]
    start = threading.Barrier(4)

    def issue(note: Note) -> None:
        start.wait()
        with scope(reach_of(officer)):
            actions.issue(note=note, edited=0, by=officer)
        close_old_connections()
        connection.close()

    threads = [threading.Thread(target=issue, args=[note]) for note in notes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    with scope(PROGRAMME):
        assert sorted(Note.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
