"""Mail of the trial: one .eml file each, in a folder that staff can read on a page."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


class EmlFolderBackend(BaseEmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}.eml"
            unfinished = self.folder / f"{name}.unfinished"  # so that no half mail is shown, should this process die
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(self.folder / name)
        return len(email_messages)


@dataclass(frozen=True)
class Letter:
    """One mail of the trial as it is shown: plain text, never the HTML part."""

    name: str
    at: datetime | None
    to: str
    subject: str
    text: str


def letters(most: int = 100) -> list[Letter]:
    """The latest mails of the trial, newest first."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)[:most]
    return [_read(file) for file in files]


def letter(name: str) -> Letter | None:
    if not NAME.fullmatch(name):
        return None
    file = Path(settings.EMAIL_FILE_PATH) / f"{name}.eml"
    return _read(file) if file.is_file() else None


def _read(file: Path) -> Letter:
    message = message_from_bytes(file.read_bytes(), policy=default)
    plain = message.get_body(("plain",))
    return Letter(
        name=file.stem,
        at=_moment(message["date"]),
        to=str(message["to"]),
        subject=str(message["subject"]),
        text=plain.get_content() if plain else "",
    )


def _moment(date: Any) -> datetime | None:
    """A date without a zone ("-0000", as Django writes) is in UTC (RFC 5322, 3.3)."""
    if date is None:
        return None
    return date.datetime if date.datetime.tzinfo else date.datetime.replace(tzinfo=UTC)
