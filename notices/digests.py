"""What stands in a digest: made when it is sent, of what its reader may still read and still wants."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from notices import kinds, sending
from notices.gathering import DIGEST
from notices.paces import Pace, paces_of


@dataclass(frozen=True)
class Entry:
    """One of the mails: its subject, and where it leads."""

    subject: str
    link: str
    matter: kinds.Matter


@dataclass(frozen=True)
class Digest:
    entries: list[Entry]

    @property
    def matters(self) -> list[kinds.Matter]:
        return list({entry.matter.name: entry.matter for entry in self.entries}.values())


def register() -> None:
    kinds.mail_kind(DIGEST, find=digest_of, template="emails/mail_digest", link=lambda _digest: reverse("landing"))


def digest_of(person: Any, day: int) -> Digest | None:
    """In the reach and the language of the person."""
    paces = paces_of(person)
    mails = person.mails.visible_to(person).filter(digest__kind=DIGEST, digest__object_id=day, digest__person=person)
    entries = [_entry(mail, person, paces) for mail in mails.order_by("queued_at", "pk")]
    found = [entry for entry in entries if entry]
    return Digest(found) if found else None


def _entry(mail: Any, person: Any, paces: dict[str, str]) -> Entry | None:
    kind = kinds.known(mail.kind)
    if kind.matter is None or paces.get(kind.matter.name) == Pace.NEVER:
        return None
    found = kind.find(person, mail.object_id)
    if found is None:
        return None
    known = sending.known(mail, kind, found)
    return Entry(sending.subject(kind, known), known["link"], kind.matter)
