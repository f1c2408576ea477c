"""A document may be replaced by a newer one and withdrawn; its name stays wherever it was sent."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from accounts.models import AuditEntry
from capability.actions.files import replace_file, withdraw_file
from capability.actions.saving import attach
from capability.actions.sending import submit_update
from capability.drafts import WorkingCopy
from capability.models import DraftEvidence, Evidence
from common.scope import PROGRAMME, reach_of, scope
from documents import erasing
from documents.actions import keep_file
from documents.management.commands import check_files
from documents.models import File
from documents.refusal import Refused as NotKept
from documents.tasks import erase
from review.actions import Refused
from tests.capability.filling import fill
from tests.documents import corpus
from tests.documents.corpus import upload
from tests.factories.capability import make_submitted

WHY = "It names people."


@pytest.fixture
def sent(update_chl, chile, lead_chl):
    """A file that proves the answer to D1.1 in an update that was sent."""
    submission = make_submitted(update_chl, by=lead_chl)
    with scope(reach_of(lead_chl)):
        file = keep_file(upload=upload("plan.pdf", corpus.pdf()), state=chile, by=lead_chl)
        answer = submission.answers.get(question="D1.1")
        Evidence.objects.create(
            answer=answer, state=chile, title="plan.pdf", file=file, added_by=lead_chl, added_at=file.uploaded_at
        )
        File.objects.filter(pk=file.pk).update(is_sent=True)
    return again(file, lead_chl)


@pytest.fixture
def in_draft(update_chl, chile, lead_chl):
    """A file that stands in the draft answer to D1.1."""
    with scope(reach_of(lead_chl)):
        file = keep_file(upload=upload("plan.pdf", corpus.pdf()), state=chile, by=lead_chl)
        attach(item=item(update_chl, lead_chl), by=lead_chl, title=file.name, file=file)
    return file


def item(update, by, question="D1.1"):
    return WorkingCopy(update, by).items[question]


def again(file, by):
    with scope(reach_of(by)):
        return File.objects.get(pk=file.pk)


def newer(name="plan 2.pdf"):
    return upload(name, corpus.pdf() + b"\n%%EOF\n")


def on_the_disk():
    return [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


def withdraw(file, by, commits):
    with commits(execute=True), scope(reach_of(by)):
        return withdraw_file(file=file, reason=WHY, by=by)


@pytest.fixture
def withdrawn(sent, lead_chl, django_capture_on_commit_callbacks):
    return withdraw(sent, lead_chl, django_capture_on_commit_callbacks)


# Withdrawal ---------------------------------------------------------------------------------------------------------


def test_the_content_goes_and_the_name_stays(withdrawn, officer, lead_chl, sign_in):
    assert on_the_disk() == []
    for person in (lead_chl, officer):
        page = sign_in(person).get(f"/files/{withdrawn.token}/")
        assert page.status_code == 410
        for words in ("plan.pdf", WHY, withdrawn.sha256, lead_chl.name):
            assert words in page.content.decode()


def test_what_was_sent_still_names_it(withdrawn, officer, lead_chl, sign_in):
    for path in ("/states/chile/updates/2026-2/submissions/1/", "/states/chile/documents/"):
        for person in (officer, lead_chl):
            page = sign_in(person).get(path).content.decode()
            assert "plan.pdf" in page
            assert "Withdrawn on " in page
            assert f'href="/files/{withdrawn.token}/"' not in page


def test_nothing_is_deleted_when_the_transaction_is_undone(sent, lead_chl, django_capture_on_commit_callbacks):
    def undone():
        with transaction.atomic():
            withdraw_file(file=sent, reason=WHY, by=lead_chl)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), scope(reach_of(lead_chl)), pytest.raises(ZeroDivisionError):
        undone()

    assert len(on_the_disk()) == 1
    assert not again(sent, lead_chl).is_withdrawn


def test_a_process_that_dies_leaves_the_deletion_to_the_sweeper(sent, lead_chl):
    with scope(reach_of(lead_chl)):
        withdraw_file(file=sent, reason=WHY, by=lead_chl)  # what follows a commit never runs in this test
    left = len(on_the_disk())
    erase()
    erase()

    assert (left, on_the_disk()) == (1, [])


def test_a_disk_that_refuses_is_asked_again(sent, lead_chl, monkeypatch, django_capture_on_commit_callbacks):
    def broken(name):
        raise OSError("read-only")

    with monkeypatch.context() as patched:
        patched.setattr(erasing.default_storage, "delete", broken)
        withdraw(sent, lead_chl, django_capture_on_commit_callbacks)
    left = len(on_the_disk())
    erase()

    assert (left, on_the_disk()) == (1, [])


def test_the_check_of_files_knows_what_was_withdrawn(withdrawn):
    assert list(check_files._faults(withdrawn)) == []


def test_only_the_lead_of_the_state_may(sent, deputy_chl, manager, lead_jam, sign_in):
    codes = [
        sign_in(person).post(f"/files/{sent.token}/withdraw/", {"reason": WHY}).status_code
        for person in (deputy_chl, manager, lead_jam)
    ]

    assert codes == [403, 403, 404]


def test_the_wall_lets_no_staff_withdraw(sent, manager):
    with scope(reach_of(manager)):
        assert File.objects.filter(pk=sent.pk).update(withdrawn_because=WHY) == 0


def test_a_reason_is_asked_for(sent, lead_chl, sign_in):
    page = sign_in(lead_chl).post(f"/files/{sent.token}/withdraw/", {"reason": "  "})

    assert page.status_code == 422
    assert "Say why it is withdrawn." in page.content.decode()
    with pytest.raises(DatabaseError, match="withdrawn_by_somebody"), scope(reach_of(lead_chl)):
        File.objects.filter(pk=sent.pk).update(withdrawn_at=sent.uploaded_at)


def test_it_is_withdrawn_once(withdrawn, lead_chl, sign_in):
    page = sign_in(lead_chl).post(f"/files/{withdrawn.token}/withdraw/", {"reason": "Another."})

    assert page.status_code == 409
    assert again(withdrawn, lead_chl).withdrawn_because == WHY


def test_what_was_not_sent_is_removed_and_not_withdrawn(in_draft, lead_chl):
    with scope(reach_of(lead_chl)), pytest.raises(Refused, match="Remove it"):
        withdraw_file(file=in_draft, reason=WHY, by=lead_chl)


def test_the_rest_of_a_file_stays_locked(sent, lead_chl):
    with pytest.raises(DatabaseError, match="written once"), scope(reach_of(lead_chl)):
        File.objects.filter(pk=sent.pk).update(name="another.pdf")


def test_the_trail_says_who_and_why(withdrawn, lead_chl):
    with scope(reach_of(lead_chl)):
        entry = AuditEntry.objects.filter(model="documents.file", object_id=withdrawn.pk, verb="U").latest("pk")

    assert entry.by_id == lead_chl.pk
    assert WHY in str(entry.after)


def test_a_draft_no_longer_leans_on_it(in_draft, update_chl, lead_chl, django_capture_on_commit_callbacks):
    with scope(reach_of(lead_chl)):
        File.objects.filter(pk=in_draft.pk).update(is_sent=True)
    withdraw(in_draft, lead_chl, django_capture_on_commit_callbacks)

    with scope(reach_of(lead_chl)):
        assert item(update_chl, lead_chl).evidence == []


# Versions -----------------------------------------------------------------------------------------------------------


def test_a_newer_version_takes_its_place_in_the_draft(in_draft, update_chl, lead_chl, sign_in):
    answer = sign_in(lead_chl).post(f"/files/{in_draft.token}/replace/", {"file": newer()})

    assert answer.status_code == 302
    with scope(reach_of(lead_chl)):
        (proof,) = DraftEvidence.objects.all()
        assert (proof.title, proof.file.replaces_id) == ("plan 2.pdf", in_draft.pk)
        assert File.objects.count() == 2


def test_what_was_sent_keeps_its_version(in_draft, update_chl, lead_chl, officer, sign_in):
    with scope(reach_of(lead_chl)):
        fill(update_chl, by=lead_chl)
        submit_update(update=update_chl, key="11111111-1111-1111-1111-111111111111", by=lead_chl)
        sent = Evidence.objects.get(file=in_draft)
        with pytest.raises(Refused, match="goes with an update"):
            replace_file(file=in_draft, upload=newer(), by=lead_chl)

        assert sent.file_id == in_draft.pk


def test_earlier_versions_are_listed_and_still_saved(in_draft, lead_chl, sign_in):
    client = sign_in(lead_chl)
    client.post(f"/files/{in_draft.token}/replace/", {"file": newer()})
    page = client.get("/states/chile/documents/").content.decode()

    assert "1 earlier version" in page
    assert f"/files/{in_draft.token}/" in page
    assert b"".join(client.get(f"/files/{in_draft.token}/").streaming_content) == corpus.pdf()


def test_the_same_content_is_recognised(in_draft, lead_chl, sign_in):
    page = sign_in(lead_chl).post(f"/files/{in_draft.token}/replace/", {"file": upload("other.pdf", corpus.pdf())})

    assert page.status_code == 422
    assert "This is the same content" in page.content.decode()
    assert len(on_the_disk()) == 1


def test_what_is_no_document_is_refused_with_a_sentence(in_draft, lead_chl, sign_in):
    client = sign_in(lead_chl)
    for sent in ({"file": upload("plan.pdf", b"<html>")}, {}):
        page = client.post(f"/files/{in_draft.token}/replace/", sent)
        assert page.status_code == 422
        assert "There is a problem" in page.content.decode()


def test_a_version_belongs_to_the_state_of_the_one_before(in_draft, jamaica, lead_jam):
    with pytest.raises((DatabaseError, NotKept)), scope(reach_of(lead_jam)):
        keep_file(upload=newer(), state=jamaica, by=lead_jam, replaces=in_draft)
    with scope(PROGRAMME):
        assert not File.objects.exclude(pk=in_draft.pk).exists()
