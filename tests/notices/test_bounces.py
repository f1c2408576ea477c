"""What mail servers send back about a mail is seen by staff: told once, of our own mails, and of what is for good."""

import io
import sys
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import mail as outgoing
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from common.scope import PROGRAMME, scope
from notices import bounces
from notices.bounces import CAME_BACK, MAILBOX_FULL, NO_SUCH_ADDRESS, TURNED_AWAY, Outcome, take
from notices.models import Mail
from notices.work import retry, work
from tests.notices.conftest import change

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parent / "bounces"


def now_of(mail):
    with scope(PROGRAMME):
        return Mail.objects.get(pk=mail.pk)


@pytest.fixture
def sent(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    work(Mail, mail.pk)
    return now_of(mail)


def bounce_of(shape, **other):
    """As the server of this name sends back the last mail that went out."""
    letter = message_from_bytes(outgoing.outbox[-1].message().as_bytes())
    headers = {"to": letter["To"], "date": letter["Date"], "message_id": letter["Message-ID"]} | other
    text = (SHAPES / f"{shape}.eml").read_text()
    for name, value in headers.items():
        text = text.replace(f"{{{name}}}", value)
    return text.encode()


def taken(monkeypatch, content):
    """By the command, from standard input."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    call_command("take_bounces", stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    ("shape", "why"), [("postfix", NO_SUCH_ADDRESS), ("exchange", NO_SUCH_ADDRESS), ("gmail", MAILBOX_FULL)]
)
def test_a_mail_that_came_back_is_told_to_staff_once(shape, why, sent, officer, sign_in, monkeypatch):
    bounce = bounce_of(shape)

    assert taken(monkeypatch, bounce).startswith("marked: 1, known before: 0")
    first = now_of(sent)
    assert taken(monkeypatch, bounce).startswith("marked: 0, known before: 1")

    assert (first.status, first.reason, first.sent_at) == ("failed", why, None)
    assert now_of(sent).finished_at == first.finished_at
    page = sign_in(officer).get("/mail/undelivered/").content.decode()
    assert sent.person.email in page
    assert why in page


def test_what_a_server_still_tries_marks_nothing(sent):
    assert take(bounce_of("postfix_delayed")) == Outcome.SOFT
    assert take(bounce_of("postfix").replace(b"Action: failed", b"Action: relayed")) == Outcome.SOFT

    assert now_of(sent).sent_at == sent.sent_at


@pytest.mark.parametrize(("code", "why"), [(b"4.4.1", CAME_BACK), (b"4.2.2", MAILBOX_FULL)])
def test_what_a_server_has_given_up_after_days_is_told_too(sent, code, why):
    given_up = bounce_of("postfix").replace(b"Status: 5.1.1", b"Status: " + code)

    assert take(given_up) == Outcome.MARKED
    assert now_of(sent).reason == why


def test_a_mail_that_was_tried_again_is_not_marked_by_what_came_back_before(sent):
    old = bounce_of("postfix")
    take(old)
    with scope(PROGRAMME):
        assert retry(now_of(sent))
    assert take(old) == Outcome.KNOWN, "it waits"
    change(sent, not_before=timezone.now() + timedelta(seconds=5), status="done", sent_at=timezone.now())

    assert take(old) == Outcome.KNOWN
    assert now_of(sent).status == "done"

    later = (timezone.now() + timedelta(seconds=6)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    assert take(bounce_of("postfix", date=later)) == Outcome.MARKED


@pytest.mark.parametrize(
    "other",
    [
        {"message_id": "<mail-999999999@localhost>"},
        {"message_id": "<mail-1@portal.example.net>"},
        {"message_id": "<CAF1@mail.example.net>"},
        {"message_id": "<mailbox-1@localhost>"},
        {"to": "somebody.else@example.org"},
        {"date": "yesterday"},
        {"date": ""},
    ],
)
def test_what_is_about_no_mail_of_ours_is_passed_over(sent, other):
    assert take(bounce_of("postfix", **other)) == Outcome.PASSED
    assert now_of(sent).status == "done"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\xff\xfe",
        b"Subject: Out of office\nIn-Reply-To: <mail-1@localhost>\n\nI am away.\n",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno parts\n",
        b'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n\n--b--\n',
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)),
    ],
)
def test_what_is_broken_or_no_notification_is_passed_over(sent, content):
    assert take(content) == Outcome.PASSED


def test_half_a_notification_marks_nothing(sent):
    whole = bounce_of("exchange")

    assert {take(whole[:end]) for end in range(0, whole.index(b"Subject: Your update is due\nFrom"), 97)} == {
        Outcome.PASSED
    }
    assert take(whole) == Outcome.MARKED


@pytest.mark.parametrize(
    ("code", "why"), [(b"5.7.1", TURNED_AWAY), (b"5.4.1", CAME_BACK), (b"5.1.8", CAME_BACK), (b"5.0.0", CAME_BACK)]
)
def test_the_code_decides_what_staff_read(sent, code, why):
    take(bounce_of("postfix").replace(b"Status: 5.1.1", b"Status: " + code))

    assert now_of(sent).reason == why


def test_all_of_a_maildir_or_a_folder_is_taken_and_left_as_it_is(sent, tmp_path, capsys):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "cur" / "1.host:2,S").write_bytes(b"Subject: Thank you\n\nThank you.\n")
    (tmp_path / "new" / "2.host").write_bytes(bounce_of("gmail"))
    (tmp_path / "tmp" / "3.host").write_bytes(bounce_of("postfix"))
    said = io.StringIO()

    call_command("take_bounces", str(tmp_path), stdout=said)
    call_command("take_bounces", str(tmp_path / "new"), stdout=said)

    assert said.getvalue().splitlines() == [
        "marked: 1, known before: 0, not given up as permanent: 0, passed over: 1",
        "marked: 0, known before: 1, not given up as permanent: 0, passed over: 0",
    ]
    assert len(list(tmp_path.rglob("*.host*"))) == 3
    with pytest.raises(CommandError, match="is no folder"):
        call_command("take_bounces", str(tmp_path / "nothing"))


def test_a_mail_server_keeps_the_message_while_the_database_is_away(sent, monkeypatch):
    bounce = bounce_of("postfix")

    def away(_reach, **_page):
        raise OperationalError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr(bounces, "scope", away)
        with pytest.raises(CommandError) as refused:
            taken(broken, bounce)

    assert refused.value.returncode == 75
    assert take(bounce) == Outcome.MARKED
