"""A file for which there is no room while it arrives takes nothing else with it."""

import errno

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from capability.models import DraftAnswer
from common.scope import reach_of, scope
from documents.models import File
from tests.capability.filling import url
from tests.documents import corpus

LARGE = corpus.pdf(b"0" * (3 << 20))  # more than is kept in memory
STEPS = ("new_file", "receive_data_chunk", "file_complete")


def fails_with(number):
    def _fail(*_arguments, **_known):
        raise OSError(number, "the disk")

    return _fail


def send(client, update):
    fields = {"D1-1-stage": "2", "D1-1-text": "A new law.", "D1-1-revision": "0", "do": "open:D1.1"}
    upload = corpus.upload("decree.pdf", LARGE)
    return client.post(url(update, "policy-and-strategy"), {**fields, "D1-1-file": upload})


@pytest.mark.parametrize("step", STEPS)
def test_without_room_the_words_are_saved_and_a_sentence_says_why_the_file_is_not(
    update_chl, lead_chl, sign_in, monkeypatch, step
):
    monkeypatch.setattr(TemporaryFileUploadHandler, step, fails_with(errno.ENOSPC))

    answer = send(sign_in(lead_chl), update_chl)

    assert answer.status_code == 422
    assert "There is no room for files at the moment" in answer.content.decode()
    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get().text == "A new law."
        assert not File.objects.exists()


def test_what_is_not_a_matter_of_room_is_still_a_fault(update_chl, lead_chl, sign_in, monkeypatch):
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", fails_with(errno.EIO))

    with pytest.raises(OSError, match="the disk"):
        send(sign_in(lead_chl), update_chl)


def test_a_large_file_arrives_whole(update_chl, lead_chl, sign_in):
    assert send(sign_in(lead_chl), update_chl).status_code == 302

    with scope(reach_of(lead_chl)):
        assert File.objects.get().size == len(LARGE)
