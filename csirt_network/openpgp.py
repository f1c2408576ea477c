"""Public OpenPGP keys of teams, read by Sequoia: whose they are, and how long they hold."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from pysequoia import ArmorKind, Cert, armor
from pysequoia.packet import Packet, PacketPile, Tag

MOST_CHARACTERS = 200_000
MOST_USER_IDS = 50
SOON = timedelta(days=30)
BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
BEGIN_SECRET = BEGIN.replace("PUBLIC", "PRIVATE")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
SECRET = (Tag.SecretKey, Tag.SecretSubkey)


class State(models.TextChoices):
    CURRENT = "current", _("Current")
    ENDS_SOON = "ends-soon", _("Ends soon")
    ENDED = "ended", _("Ended")
    REVOKED = "revoked", _("Revoked")


class Holding(Protocol):
    """A key as read here, or a row that keeps it."""

    @property
    def expires(self) -> datetime | None: ...
    @property
    def is_revoked(self) -> bool: ...


@dataclass(frozen=True)
class Key:
    """`fingerprint` in capitals without spaces: 40 characters, 64 for keys of version 6 (RFC 9580).

    `armoured` is the key written anew, with nothing but its public parts: this is what to keep and to publish.
    """

    fingerprint: str
    user_ids: tuple[str, ...]
    algorithm: str
    created: datetime
    expires: datetime | None
    is_revoked: bool
    armoured: str


def parse(text: str) -> Key:
    """Raises ValidationError with a sentence for whatever is not exactly one armoured public key."""
    _look_over(text)
    try:
        written = text.encode(errors="replace")
        keys = Cert.split_bytes(written)
        primary, packets = _packets(written) if keys else (None, [])
        if len(keys) == 1 and primary is not None and not any(packet.tag in SECRET for packet in packets):
            return _key(keys[0], primary)
    except RuntimeError as error:  # Sequoia's own word for all it cannot read
        raise ValidationError(_("This is no OpenPGP key that can be read. Export the public key anew.")) from error
    if len(keys) > 1:
        raise ValidationError(_("This holds several keys. Give one at a time."))
    if keys:
        raise _secret()
    raise ValidationError(_("This holds no OpenPGP key."))


def _look_over(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(_("This key is too large. Export it without the signatures of others, in minimal form."))
    if BEGIN_SECRET in text:
        raise _secret()
    if BEGIN not in text:
        raise ValidationError(
            _("Paste the public key with its first line, %(line)s, and its last one."), params={"line": BEGIN}
        )
    if text.count(BEGIN) > 1:
        raise ValidationError(_("This holds several keys. Give one at a time."))


def _secret() -> ValidationError:
    return ValidationError(
        _(
            "This is a secret key. It was not kept, but never send it to anybody: treat it as known to others, revoke"
            " it and make a new one. What is needed here is the public key."
        )
    )


def _packets(armoured: bytes) -> tuple[Packet | None, list[Packet]]:
    """The primary key and all packets. Only for what Sequoia has read as a key: compressed packets are none."""
    packets = list(PacketPile.from_bytes(armoured))
    return next((packet for packet in packets if packet.key_algorithm is not None), None), packets


def _key(cert: Cert, primary: Packet) -> Key:
    user_ids = tuple(UNPRINTABLE.sub("\ufffd", str(user_id)) for user_id in cert.user_ids[:MOST_USER_IDS])
    if not user_ids and not cert.is_revoked:
        raise ValidationError(_("This key says not whose it is, or says so by signatures that are no longer safe."))
    created = primary.key_created
    assert created is not None  # noqa: S101 - every key packet has it
    return Key(
        fingerprint=cert.fingerprint.upper(),
        user_ids=user_ids,
        algorithm=_algorithm(primary),
        created=created,
        expires=cert.expiration,
        is_revoked=cert.is_revoked,
        armoured=armor(bytes(cert), ArmorKind.PublicKey),
    )


def _algorithm(primary: Packet) -> str:
    """RSA with its length, which is what people ask for; the others by name."""
    name = str(primary.key_algorithm).rpartition(".")[2]
    if name.startswith("RSA"):
        return f"RSA {int.from_bytes(_first_number(primary.body))}"
    return {"EdDSA": "Ed25519"}.get(name, name)


def _first_number(body: bytes) -> bytes:
    """The length in bits of the first number of a key packet (RFC 9580, sections 3.2 and 5.5.2)."""
    start = 10 if body[0] >= 6 else 6
    return body[start : start + 2]


def state_of(key: Holding, on: date) -> State:
    """A key ends soon when it does within thirty days. The day it ends on is its last one."""
    if key.is_revoked:
        return State.REVOKED
    if key.expires is None:
        return State.CURRENT
    last = key.expires.astimezone(UTC).date()
    if last < on:
        return State.ENDED
    return State.ENDS_SOON if last <= on + SOON else State.CURRENT


def spaced(fingerprint: str) -> str:
    """In groups of four, as people compare them."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
