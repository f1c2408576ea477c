import time

import pytest

from documents.checks import ACCEPT, check_upload
from documents.names import clean_name
from documents.refusal import Refused
from tests.documents import corpus
from tests.documents.corpus import upload
from tests.documents.refused import REFUSED

GOOD = {
    "strategy.pdf": corpus.pdf(),
    "Stratégie nationale.docx": corpus.docx(),
    "figures.xlsx": corpus.xlsx(),
    "plan.odt": corpus.odt(),
    "utf-16.docx": corpus.docx(**{"word/settings.xml": "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16")}),
    "with BOM.docx": corpus.docx(**{"word/settings.xml": "\ufeff<!-- one --><?mso x?><a/>"}),
    "latin.docx": corpus.docx(**{"word/a.xml": "<?xml version='1.0' encoding='iso-8859-1'?><é/>".encode("latin-1")}),
    "font.docx": corpus.docx(
        **{"word/fonts/font1.odttf": b"<!\x00\x01 not XML", "word/a.xml": "", "[trash]/0": bytes(5000)}
    ),
    "photo.png": corpus.png(),
    "photo.JPG": corpus.jpeg(),
    "photo.jpeg": corpus.jpeg(),
    "photo.webp": corpus.webp(),
}

BAD = {name: (content, sentence) for sentence, files in REFUSED.items() for name, content in files.items()}


@pytest.mark.parametrize("name", GOOD)
def test_what_a_state_sends_passes(name):
    checked = check_upload(upload(name, GOOD[name]))

    assert checked.clean_name == name
    assert checked.size == len(GOOD[name])
    assert len(checked.sha256) == 64


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_refused_with_a_sentence(name):
    content, sentence = BAD[name]

    with pytest.raises(Refused) as refusal:
        check_upload(upload(name, content))

    assert refusal.value.messages == [sentence]


def test_no_bad_file_is_named_twice():
    assert len(BAD) == sum(map(len, REFUSED.values()))


@pytest.mark.parametrize("name", BAD)
def test_whatever_it_claims_it_is_refused_at_once(name):
    assert min(seconds_to_refuse(upload(name, BAD[name][0])) for _try in range(3)) < 0.05


def seconds_to_refuse(sent):
    """Of this process; what else runs on the machine is not counted, and the best of three is what it costs."""
    start = time.process_time()
    with pytest.raises(Refused):
        check_upload(sent)
    return time.process_time() - start


def test_a_file_too_large_is_refused_with_the_limit(settings):
    settings.EVIDENCE_MAX_BYTES = 1024

    with pytest.raises(Refused, match=r"1\.0"):
        check_upload(upload("large.pdf", corpus.pdf(b"x" * 2000)))


def test_the_file_is_left_at_its_beginning():
    sent = upload("strategy.pdf", corpus.pdf())

    check_upload(sent)

    assert sent.read() == corpus.pdf()


def test_the_browser_is_told_the_same_types():
    assert ".pdf" in ACCEPT
    assert ".svg" not in ACCEPT


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("plan\u202efdp.exe.pdf", "planfdp.exe.pdf"),
        ('a"b;c\r\nd.pdf', "a_b_c d.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file"),
        ("plan\x00.pdf", "plan.pdf"),
        ("\u2066plan\u2069.pdf", "plan.pdf"),
        ("x" * 300 + ".exe.pdf", "x" * 116 + ".pdf"),
        ("año São 日本.pdf", "año São 日本.pdf"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert clean_name(given) == kept
