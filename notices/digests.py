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
    """`left_out`: of the mails that hang on it those that it does not hold, with the reason."""

    entries: list[Entry]
    left_out: dict[int, str]

    @property
    def is_empty(self) -> bool:
        return not self.entries

    @property
    def matters(self) -> list[kinds.Matter]:
        return list({entry.matter.name: entry.matter for entry in self.entries}.values())


def register() -> None:
    kinds.mail_kind(
        DIGEST, find=digest_of, template="emails/mail_digest", link=lambda _digest: reverse("landing"), settle=settle
    )


def settle(mail: Any, digest: Digest) -> None:
    """What was left out was not sent, and the ledger says why."""
    for reason in set(digest.left_out.values()):
        those = [pk for pk, why in digest.left_out.items() if why == reason]
        mail.gathered.filter(pk__in=those).update(digest=None, reason=reason)


def digest_of(person: Any, day: int) -> Digest:
    """In the reach and the language of the person."""
    return digest_on(person, DIGEST, day)


def digest_on(person: Any, kind: str, object_id: int) -> Digest:
    """What hangs on this mail of the person."""
    paces = paces_of(person)
    mails = person.mails.visible_to(person).filter(
        digest__kind=kind, digest__object_id=object_id, digest__person=person
    )
    found = {mail.pk: _entry(mail, person, paces) for mail in mails.order_by("queued_at", "pk")}
    left_out = {pk: entry for pk, entry in found.items() if isinstance(entry, str)}
    return Digest([entry for entry in found.values() if isinstance(entry, Entry)], left_out)


def _entry(mail: Any, person: Any, paces: dict[str, str]) -> Entry | str:
    """Or the reason why it is left out."""
    kind = kinds.known(mail.kind)
    if kind.matter is None or paces.get(kind.matter.name) == Pace.NEVER:
        return sending.UNWANTED
    found = kind.find(person, mail.object_id)
    if found is None:
        return sending.NO_CONCERN
    known = sending.known(mail, kind, found)
    return Entry(sending.subject(kind, known), known["link"], kind.matter)
