import os
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from common.scope import reach_of, scope
from documents.actions import keep_file
from tests.conftest import as_owner
from tests.documents import corpus
from tests.documents.corpus import upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def path(chile, lead_chl):
    """Where Chile's unsent file lies."""
    with scope(reach_of(lead_chl)):
        file = keep_file(upload=upload("a.pdf", corpus.pdf()), state=chile, by=lead_chl)
    return Path(default_storage.path(file.content.name))


def check(**options):
    with as_owner():
        call_command("check_files", **options)


def test_rows_files_and_hashes_agree(path, capsys):
    check()

    assert capsys.readouterr().out == "1 files, each as its row says.\n"


def test_whom_rows_are_hidden_from_is_told_so(path):
    with pytest.raises(CommandError, match="owner"):
        call_command("check_files")


def test_a_changed_file_is_found(path, capsys):
    path.write_bytes(corpus.pdf().replace(b"Catalog", b"Catalox"))

    with pytest.raises(CommandError, match="1 rows and 0 files"):
        check()

    assert "has changed" in capsys.readouterr().err


def test_a_missing_file_is_found(path, capsys):
    path.unlink()

    with pytest.raises(CommandError):
        check()

    assert "missing" in capsys.readouterr().err


def test_a_file_without_a_row_is_found_and_removed_when_it_is_old(path):
    stranger = path.parent / "left.unfinished"
    stranger.write_bytes(b"half")

    with pytest.raises(CommandError, match="0 rows and 1 files"):
        check(remove=True)
    yesterday = time.time() - 25 * 3600
    os.utime(stranger, (yesterday, yesterday))
    check(remove=True)

    assert not stranger.exists()
    assert path.exists()
