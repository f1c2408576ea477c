"""What comes back on paper is matched by the number or the code on it; what is not, waits."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import StaffRole
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from correspondence.actions import scans as actions
from correspondence.matching import note_of, numbers_in, text_of
from correspondence.models import Note, NoteScan
from correspondence.paper import as_pdf
from correspondence.reminders import BROUGHT
from notices.models import Mail
from review.actions import Refused
from tests.documents import corpus
from tests.factories.correspondence import make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(officer: Any, chile: Any) -> Note:
    return make_note(chile, officer, status="sent")


def a_pdf(name: str = "reply.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or corpus.pdf(), "application/pdf")


@pytest.mark.parametrize(
    "words",
    [
        "NV-12/26", "OAS/CYBER/NV-12/26", "nv 12/2026", "re: your note NV-12-26-7KQ4.", "NV_12_26", "NV – 12 / 26",
        "NV-012/26", "oas/cyber/nv-12/26 of 3 May",
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(words: str) -> None:
    assert [(one.number, one.year) for one in numbers_in(words)] == [(12, 2026)]


@pytest.mark.parametrize("words", ["", "NV", "INV-12/26", "NV-12", "12/26", "NV-12/1", "ENV 12/26", "NV-1234567/26"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert numbers_in(words) == []


def test_letters_that_are_read_as_digits_are_the_code_too(note: Note, officer: Any) -> None:
    with scope(reach_of(officer)):
        seen = Note.objects.visible_to(officer)
        read = note.mark[:-4] + note.code.replace("0", "O").replace("1", "l")
        assert note_of(seen, numbers_in(read)) == note
        assert note_of(seen, numbers_in(note.spelled + " from the mission")) == note


def test_a_wrong_code_matches_nothing(note: Note, officer: Any) -> None:
    wrong = note.mark[:-1] + ("X" if note.code[-1] != "X" else "Y")
    with scope(reach_of(officer)):
        assert note_of(Note.objects.visible_to(officer), numbers_in(wrong)) is None


def test_a_draft_and_an_unknown_number_match_nothing(officer: Any, chile: Any) -> None:
    make_note(chile, officer)
    with scope(reach_of(officer)):
        assert note_of(Note.objects.visible_to(officer), numbers_in("NV-1/26, NV-999999/26")) is None


def test_two_notes_on_one_paper_are_for_somebody_to_tell_apart(note: Note, officer: Any, jamaica: Any) -> None:
    other = make_note(jamaica, officer, status="sent")
    with scope(reach_of(officer)):
        seen = Note.objects.visible_to(officer)
        assert note_of(seen, numbers_in(f"{note.spelled} and {other.spelled}")) is None
        assert note_of(seen, numbers_in(f"{note.mark}, and before {other.spelled}")) == note


@pytest.mark.parametrize("how", ["typed", "name", "text"])
def test_a_scan_finds_its_note(sign_in: Any, officer: Any, note: Note, how: str) -> None:
    typed = note.mark if how == "typed" else ""
    file = a_pdf(f"{note.mark}.pdf" if how == "name" else "reply.pdf", as_pdf(note) if how == "text" else None)

    answer = sign_in(officer).post(reverse("note-scans"), {"file": file, "typed": typed})

    assert answer.headers["Location"] == note.get_absolute_url()
    with scope(PROGRAMME):
        scan = NoteScan.objects.get()
    assert (scan.note_id, scan.state_id, scan.matched) == (note.pk, note.state_id, how)


def test_what_was_typed_is_not_overruled_by_the_file(sign_in: Any, officer: Any, note: Note) -> None:
    sign_in(officer).post(reverse("note-scans"), {"file": a_pdf(f"{note.mark}.pdf"), "typed": "NV-999/26"})

    with scope(PROGRAMME):
        scan = NoteScan.objects.get()
    assert scan.note is None
    assert scan.found == "NV-999/26"


def test_a_scan_without_a_number_waits_and_is_matched_by_hand(
    sign_in: Any, officer: Any, lead_chl: Any, note: Note
) -> None:
    client = sign_in(officer)
    client.post(reverse("note-scans"), {"file": a_pdf()})
    with scope(PROGRAMME):
        scan = NoteScan.objects.get()
    with scope(reach_of(lead_chl)):
        assert not NoteScan.objects.exists()  # no state knows of what belongs to none yet

    client.post(reverse("note-scan-match", args=[scan.pk]), {"number": note.spelled})

    with scope(reach_of(lead_chl)):
        assert NoteScan.objects.get().note_id == note.pk
    with scope(reach_of(officer)), pytest.raises(Refused):
        actions.put_aside(scan=scan, why="x", by=officer)


def test_what_was_matched_to_a_wrong_note_is_moved_and_its_state_reads_it_no_more(
    sign_in: Any, officer: Any, lead_chl: Any, lead_jam: Any, jamaica: Any, note: Note
) -> None:
    theirs = make_note(jamaica, officer, status="sent")
    client = sign_in(officer)
    client.post(reverse("note-scans"), {"file": a_pdf(), "typed": theirs.spelled})  # a slip of the pen
    with scope(reach_of(lead_jam)):
        scan = NoteScan.objects.get()

    address = reverse("note-scan-match", args=[scan.pk])
    assert address in client.get(theirs.get_absolute_url()).text
    assert client.post(address, {"number": note.spelled}).headers["Location"] == note.get_absolute_url()

    with scope(reach_of(lead_jam)):
        assert not NoteScan.objects.exists()
    with scope(reach_of(lead_chl)):
        assert NoteScan.objects.get().note_id == note.pk
    with scope(reach_of(officer)), pytest.raises(Refused):
        actions.match_by_hand(scan=scan, note=theirs, by=officer)  # as it stood before


@pytest.mark.parametrize(("status", "said"), [("answered", "press “Correct the reply”"), ("cancelled", "is cancelled")])
def test_a_scan_that_comes_after_the_end_is_kept_with_its_note(
    sign_in: Any, officer: Any, chile: Any, status: str, said: str
) -> None:
    over, client = make_note(chile, officer, status=status), sign_in(officer)

    brought = client.post(reverse("note-scans"), {"file": a_pdf(), "typed": over.spelled}, follow=True).text
    client.post(reverse("note-scans"), {"file": a_pdf()})
    with scope(PROGRAMME):
        waiting = NoteScan.objects.get(note=None)
    by_hand = client.post(reverse("note-scan-match", args=[waiting.pk]), {"number": over.spelled}, follow=True).text

    for text in (brought, by_hand):
        assert said in text
        assert "Read it and record it" not in text
    with scope(PROGRAMME):
        assert NoteScan.objects.filter(note=over).count() == 2


def test_a_wrong_upload_is_put_aside_from_its_note_which_waits_again(
    sign_in: Any, officer: Any, lead_chl: Any, note: Note
) -> None:
    sign_in(lead_chl).post(reverse("note-scan", args=[note.pk]), {"file": a_pdf()})
    client = sign_in(officer)
    with scope(PROGRAMME):
        scan = NoteScan.objects.get()
        assert not Note.objects.without_reply()
    address = reverse("note-scan-aside", args=[scan.pk])

    assert address in client.get(note.get_absolute_url()).text
    answer = client.post(address, {"why": "A menu"})

    assert answer.headers["Location"] == note.get_absolute_url()
    with scope(PROGRAMME):
        kept = NoteScan.objects.get()
        assert (kept.note, kept.state, kept.matched, kept.why_put_aside) == (None, None, "", "A menu")
        assert Note.objects.without_reply().get() == note
        assert not NoteScan.objects.unmatched()
    with scope(reach_of(lead_chl)):
        assert not NoteScan.objects.exists()
    for seen in (scan, kept):  # as it stood before, and what is put aside already
        with scope(reach_of(officer)), pytest.raises(Refused):
            actions.put_aside(scan=seen, why="x", by=officer)


def test_a_scan_of_the_own_state_is_put_aside_by_a_colleague(
    sign_in: Any, officer: Any, lead_chl: Any, note: Note
) -> None:
    sign_in(officer).post(reverse("note-scan", args=[note.pk]), {"file": a_pdf()})
    with scope(PROGRAMME):
        scan = NoteScan.objects.get()
        StaffRole.objects.create(person=lead_chl, role="officer", starts_on=today())

    assert sign_in(lead_chl).post(reverse("note-scan-aside", args=[scan.pk]), {"why": "x"}).status_code == 403


def test_a_picture_holds_no_text_and_the_form_says_so(sign_in: Any, officer: Any) -> None:
    said = "A picture or a plain scan holds no text: type the number then."
    assert said in sign_in(officer).get(reverse("note-scans")).text


def test_a_scan_of_the_own_state_is_moved_by_a_colleague(
    sign_in: Any, officer: Any, chile: Any, lead_chl: Any, jamaica: Any, note: Note
) -> None:
    other = make_note(jamaica, officer, status="sent")
    sign_in(officer).post(reverse("note-scan", args=[note.pk]), {"file": a_pdf()})
    with scope(PROGRAMME):
        scan = NoteScan.objects.get()
        StaffRole.objects.create(person=lead_chl, role="officer", starts_on=today())

    answer = sign_in(lead_chl).post(reverse("note-scan-match", args=[scan.pk]), {"number": other.spelled})

    assert answer.status_code == 403


def test_a_liaison_brings_the_reply_and_officers_are_told(
    sign_in: Any, lead_chl: Any, officer: Any, note: Note
) -> None:
    client = sign_in(lead_chl)

    answer = client.post(reverse("note-scan", args=[note.pk]), {"file": a_pdf()})

    assert answer.status_code == 302
    with scope(PROGRAMME):
        assert Mail.objects.filter(kind=BROUGHT, object_id=note.pk, person=officer).count() == 1
        assert Note.objects.get(pk=note.pk).status == "sent"  # whoever reads it says what it answers
    with scope(reach_of(lead_chl)):
        scan = NoteScan.objects.get()
    answer = client.get(scan.get_absolute_url())
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_a_liaison_brings_nothing_to_another_states_note(sign_in: Any, lead_jam: Any, note: Note) -> None:
    assert sign_in(lead_jam).post(reverse("note-scan", args=[note.pk]), {"file": a_pdf()}).status_code == 404
    with scope(reach_of(lead_jam)), pytest.raises(DatabaseError), transaction.atomic():
        NoteScan.objects.create(
            note=note,
            state_id=lead_jam.liaisons.get().state_id,
            matched="page",
            brought_by=lead_jam,
            name="x",
            content="x",
        )


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken\n%%EOF\n", b"\x89PNG\r\n\x1a\n"])
def test_a_file_without_a_text_has_none(content: bytes) -> None:
    assert text_of(a_pdf(content=content or b"x")) == ""


def test_what_is_no_paper_is_refused_with_a_sentence(sign_in: Any, officer: Any, note: Note) -> None:
    word = SimpleUploadedFile("reply.docx", corpus.docx(), "application/octet-stream")
    answer = sign_in(officer).post(reverse("note-scan", args=[note.pk]), {"file": word})
    assert answer.status_code == 422
    assert "as a PDF or as a picture" in answer.text
