import errno
import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from accounts.models import AuditEntry
from common.scope import PROGRAMME, reach_of, scope
from documents import actions
from documents.actions import keep_file
from documents.forms import EvidenceField
from documents.models import File
from documents.refusal import Refused
from tests.documents import corpus
from tests.documents.corpus import upload


@pytest.fixture
def kept(chile, lead_chl):
    """A file of Chile's, not yet sent."""
    with scope(reach_of(lead_chl)):
        return keep_file(upload=upload("../Política «2026».pdf", corpus.pdf()), state=chile, by=lead_chl)


def sent(file, by):
    with scope(reach_of(by)):
        File.objects.filter(pk=file.pk).update(is_sent=True)


def on_the_disk():
    return [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


def download(client, file):
    return client.get(f"/files/{file.token}/")


def saved(response):
    return b"".join(response.streaming_content)


def test_a_file_is_kept_whole_under_a_name_that_tells_nothing(kept):
    assert kept.name == "Política _2026_.pdf"
    assert kept.content.name == f"{kept.token.hex[:2]}/{kept.token.hex}"
    assert [path.read_bytes() for path in on_the_disk()] == [corpus.pdf()]
    assert on_the_disk()[0].stat().st_mode & 0o077 == 0


def test_what_is_refused_leaves_nothing(chile, lead_chl):
    with scope(reach_of(lead_chl)), pytest.raises(Refused):
        keep_file(upload=upload("page.pdf", b"<html>"), state=chile, by=lead_chl)

    assert on_the_disk() == []


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "no room"), (errno.EIO, "could not be kept")])
def test_a_failing_disk_gives_a_sentence_and_no_half_file(chile, lead_chl, monkeypatch, number, words):
    def full(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(actions.os, "fsync", full)
    with scope(reach_of(lead_chl)), pytest.raises(Refused, match=words):
        keep_file(upload=upload("a.pdf", corpus.pdf()), state=chile, by=lead_chl)

    assert on_the_disk() == []


def test_a_row_the_wall_refuses_leaves_no_file(jamaica, lead_chl):
    with pytest.raises(Exception, match="row-level security"), scope(reach_of(lead_chl)):
        keep_file(upload=upload("a.pdf", corpus.pdf()), state=jamaica, by=lead_chl)

    assert on_the_disk() == []


def test_the_state_saves_its_own_file(kept, lead_chl, sign_in):
    response = download(sign_in(lead_chl), kept)

    assert saved(response) == corpus.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Pol%C3%ADtica")


def test_other_states_and_strangers_find_nothing(kept, lead_chl, lead_jam, outsider, client, sign_in):
    sent(kept, lead_chl)

    assert download(client, kept).status_code == 302
    assert download(sign_in(lead_jam), kept).status_code == 404
    assert download(sign_in(outsider), kept).status_code == 404


def test_staff_read_a_file_once_it_was_sent(kept, officer, lead_chl, sign_in):
    before = download(sign_in(officer), kept).status_code
    sent(kept, lead_chl)
    after = download(sign_in(officer), kept)

    assert (before, after.status_code) == (404, 200)
    assert saved(after) == corpus.pdf()


def test_a_download_is_in_the_audit_trail(kept, officer, lead_chl, sign_in):
    sent(kept, lead_chl)
    saved(download(sign_in(officer), kept))

    with scope(PROGRAMME):
        entry = AuditEntry.objects.get(verb="R")
    assert (entry.by_id, entry.object_id, entry.state_id) == (officer.pk, kept.pk, kept.state_id)
    assert entry.page == f"GET /files/{kept.token}/"


def test_reading_a_draft_stays_with_the_state(kept, lead_chl, sign_in):
    saved(download(sign_in(lead_chl), kept))

    with scope(PROGRAMME):
        assert not AuditEntry.objects.filter(verb="R").exists()
    with scope(reach_of(lead_chl)):
        assert AuditEntry.objects.filter(verb="R", is_private=True).count() == 1


def test_a_file_missing_on_the_disk_is_not_found(kept, lead_chl, sign_in):
    on_the_disk()[0].unlink()

    assert download(sign_in(lead_chl), kept).status_code == 404


def test_the_form_field_explains_what_it_refuses():
    with pytest.raises(Refused, match="Send a PDF"):
        EvidenceField().clean(upload("a.svg", b"<svg/>"))

    assert EvidenceField().clean(upload("a.pdf", corpus.pdf())).name == "a.pdf"
