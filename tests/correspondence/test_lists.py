"""What the lists of notes and points of contact narrow to, asked of the querysets themselves behind no other wall."""

from datetime import timedelta
from typing import Any

import pytest

from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from correspondence.models import Note, NoteScan, NoteSerial, PointOfContact
from tests.factories.correspondence import make_contact, make_note

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SCAN = {"name": "x", "size": 1, "sha256": "0", "content": "x"}


@pytest.fixture
def notes(chile: Any, jamaica: Any, officer: Any) -> dict[str, Any]:
    """Of Chile one of each status, called by it; one of Jamaica."""
    statuses = ("draft", "issued", "sent", "answered", "cancelled")
    made = {status: make_note(chile, officer, status=status) for status in statuses}
    return made | {"jamaica's": make_note(jamaica, officer, status="sent")}


def names(rows: Any, known: dict[str, Any]) -> set[str]:
    called = {thing.pk: name for name, thing in known.items()}
    found = [called[row.pk] for row in rows]
    assert len(found) == len(set(found))
    return set(found)


def test_a_note_is_read_by_its_state_once_it_is_issued(
    notes: dict[str, Any], lead_chl: Any, lead_jam: Any, rep_chl: Any, observer: Any
) -> None:
    people = (lead_chl, lead_jam, rep_chl, observer)
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        seen = [names(Note.objects.visible_to(person), notes) for person in people]

    assert seen == [{"issued", "sent", "answered", "cancelled"}, {"jamaica's"}, set(), set(notes)]


def test_the_last_numbers_are_read_by_staff_alone(notes: dict[str, Any], lead_chl: Any, observer: Any) -> None:
    reach_of(lead_chl), reach_of(observer)
    with scope(PROGRAMME):
        NoteSerial.objects.get_or_create(year=2026)

        assert NoteSerial.objects.visible_to(observer).exists()
        assert not NoteSerial.objects.visible_to(lead_chl).exists()


def test_notes_are_told_apart_by_where_they_are(notes: dict[str, Any]) -> None:
    with scope(PROGRAMME):
        Note.objects.filter(pk=notes["sent"].pk).update(sent_on=today())

        assert names(Note.objects.drafts(), notes) == {"draft"}
        assert names(Note.objects.with_clock(), notes) == {"issued", "sent", "jamaica's"}
        assert not Note.objects.overdue()


def test_a_note_without_a_day_for_its_reply_has_no_clock(chile: Any, officer: Any) -> None:
    note = make_note(chile, officer, status="issued", days=0)

    with scope(PROGRAMME):
        assert note.reply_due_on is None
        assert not Note.objects.with_clock()


@pytest.mark.parametrize(("days", "is_overdue"), [(-1, False), (0, False), (1, True)])
def test_a_reply_is_overdue_when_its_last_day_is_over(
    chile: Any, officer: Any, days: int, is_overdue: bool, monkeypatch: Any
) -> None:
    note = make_note(chile, officer, status="sent")
    monkeypatch.setattr("correspondence.querysets.notes.today", lambda: note.reply_due_on + days * DAY)

    with scope(PROGRAMME):
        assert Note.objects.overdue().exists() is is_overdue


def test_notes_are_found_by_number_and_year(notes: dict[str, Any]) -> None:
    sent, issued = notes["sent"], notes["issued"]
    with scope(PROGRAMME):
        found = Note.objects.issued_as([(sent.number, sent.year), (issued.number, issued.year)])

        assert names(found, notes) == {"sent", "issued"}
        assert not Note.objects.issued_as([(sent.number, sent.year + 1)])
        assert not Note.objects.issued_as([])


def test_what_came_back_on_paper_is_to_be_recorded_while_the_clock_runs(notes: dict[str, Any], officer: Any) -> None:
    with scope(PROGRAMME):
        for status in ("sent", "answered", "cancelled"):
            NoteScan.objects.create(
                note=notes[status], state=notes[status].state, matched="page", brought_by=officer, **SCAN
            )
        came = {"sent", "answered", "cancelled"}

        assert names(Note.objects.to_record(), notes) == {"sent"}
        assert names(Note.objects.without_reply(), notes) == set(notes) - came
        assert names(Note.objects.with_reply_brought().filter(has_scan=True), notes) == came


def test_scans_are_read_by_the_state_they_are_of_and_by_staff(
    notes: dict[str, Any], lead_chl: Any, lead_jam: Any, observer: Any, officer: Any
) -> None:
    note = notes["sent"]
    people = (lead_chl, lead_jam, observer)
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        matched = NoteScan.objects.create(note=note, state=note.state, matched="page", brought_by=officer, **SCAN)
        waiting = NoteScan.objects.create(brought_by=officer, **SCAN)

        seen = [set(NoteScan.objects.visible_to(person)) for person in people]
        assert seen == [{matched}, set(), {matched, waiting}]
        assert set(NoteScan.objects.unmatched()) == {waiting}


# Points of contact


def test_points_of_contact_are_read_by_their_state_and_by_staff(
    chile: Any, jamaica: Any, lead_chl: Any, rep_chl: Any, observer: Any, officer: Any
) -> None:
    own, other = make_contact(chile, officer), make_contact(jamaica, officer)
    people = (lead_chl, rep_chl, observer)
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        seen = [set(PointOfContact.objects.visible_to(person)) for person in people]

    assert seen == [{own}, set(), {own, other}]


def test_points_of_contact_are_told_apart_by_their_days(chile: Any, officer: Any) -> None:
    """Both days count; a year after it was confirmed nobody knows any more."""
    day = today()
    days = {
        "over": {"ends_on": day - DAY},
        "last day": {"ends_on": day},
        "for now": {"ends_on": day + DAY},
        "first day": {"starts_on": day},
        "to come": {"starts_on": day + DAY},
        "a year": {"starts_on": day - 400 * DAY, "confirmed_on": day - 365 * DAY},
        "stale": {"starts_on": day - 400 * DAY, "confirmed_on": day - 366 * DAY},
        "stale and over": {"starts_on": day - 400 * DAY, "confirmed_on": day - 366 * DAY, "ends_on": day - DAY},
    }
    made = {}
    for number, (name, facts) in enumerate(days.items()):
        if "ends_on" in facts:
            facts = facts | {"ended_reference": "NV 8/2026", "ended_by": officer}
        made[name] = make_contact(chile, officer, email=f"{number}@example.org", **facts)

    with scope(PROGRAMME):
        assert names(PointOfContact.objects.former(), made) == {"over", "stale and over"}
        assert names(PointOfContact.objects.current(), made) == set(made) - {"over", "stale and over", "to come"}
        assert names(PointOfContact.objects.stale(), made) == {"stale"}
