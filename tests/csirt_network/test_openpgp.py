"""Public keys of teams."""

import zlib
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from pysequoia import Cert, CipherSuite, Profile, Tsk

from csirt_network.openpgp import BEGIN, State, parse, spaced, state_of

DAY = 24 * 60 * 60


@pytest.fixture(scope="module")
def secret():
    return Tsk.generate(user_ids=["CSIRT de ejemplo <csirt@example.cl>", "Respuesta <24x7@example.cl>"])


def test_it_says_whose_it_is(secret):
    public = secret.extract_certificate()
    key = parse(str(public))
    assert key.fingerprint == public.fingerprint.upper()
    assert len(key.fingerprint) == 40
    assert key.user_ids == ("CSIRT de ejemplo <csirt@example.cl>", "Respuesta <24x7@example.cl>")
    assert key.algorithm == "Ed25519"
    assert datetime.now(UTC) - key.created < timedelta(minutes=5)
    assert (key.expires, key.is_revoked) == (None, False)
    assert parse(key.armoured) == key


def test_it_says_when_it_ends():
    key = parse(str(Tsk.generate("x <x@example.cl>", validity_seconds=100 * DAY).extract_certificate()))
    assert key.expires == key.created + timedelta(days=100)


def test_it_says_that_it_is_revoked(secret):
    public = secret.extract_certificate()
    revoked = Cert.from_bytes(bytes(public) + bytes(public.revoke(secret.certifier())))
    assert parse(str(revoked)).is_revoked


@pytest.mark.parametrize(
    ("suite", "algorithm"),
    [(CipherSuite.RSA2k, "RSA 2048"), (CipherSuite.P256, "ECDSA"), (CipherSuite.Cv25519, "Ed25519")],
)
def test_it_says_how_it_is_made(suite, algorithm):
    assert parse(str(Tsk.generate("x <x@example.cl>", cipher_suite=suite).extract_certificate())).algorithm == algorithm


def test_keys_of_the_newest_version_have_longer_fingerprints():
    key = parse(str(Tsk.generate("x <x@example.cl>", profile=Profile.RFC9580).extract_certificate()))
    assert (len(key.fingerprint), key.algorithm) == (64, "Ed25519")
    rsa = Tsk.generate("x <x@example.cl>", profile=Profile.RFC9580, cipher_suite=CipherSuite.RSA2k)
    assert parse(str(rsa.extract_certificate())).algorithm == "RSA 2048"


def test_what_stands_around_it_is_not_kept(secret):
    public = str(secret.extract_certificate())
    key = parse(f"Dear colleagues,\n\n{public}\n\nregards")
    assert "colleagues" not in key.armoured
    assert key.armoured.startswith(BEGIN)


def armoured(data: bytes) -> str:
    body = b64encode(data).decode()
    lines = "\n".join(body[at : at + 64] for at in range(0, len(body), 64))
    return f"{BEGIN}\n\n{lines}\n-----END PGP PUBLIC KEY BLOCK-----\n"


def test_secret_keys_are_refused_under_either_name(secret):
    for text in (str(secret), armoured(bytes(secret))):
        with pytest.raises(ValidationError, match="secret key"):
            parse(text)


def test_several_keys_are_refused_together_or_one_after_the_other(secret):
    one, two = (bytes(Tsk.generate("x <x@example.cl>").extract_certificate()) for _time in range(2))
    for text in (armoured(one + two), armoured(one) + armoured(two), armoured(one) + str(secret)):
        with pytest.raises(ValidationError, match=r"several keys|secret key"):
            parse(text)


def test_a_key_of_nobody_is_refused():
    with pytest.raises(ValidationError, match="whose"):
        parse(str(Tsk.generate().extract_certificate()))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        BEGIN,
        f"{BEGIN}\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----",
        f"{BEGIN}\n\nñandú\n-----END PGP PUBLIC KEY BLOCK-----",
        f"{BEGIN}\n\n\x00\ud800\n-----END PGP PUBLIC KEY BLOCK-----",
        "https://example.cl/key.asc",
        "6C34 ED78 0382 5B15 8911  7753 BBE7 DB3A 3B51 41C9",
    ],
)
def test_nonsense_gets_a_sentence(text):
    with pytest.raises(ValidationError) as error:
        parse(text)
    assert error.value.messages[0].endswith(".")
    assert "backtrace" not in error.value.messages[0]


def test_half_a_key_gets_a_sentence(secret):
    whole = bytes(secret.extract_certificate())
    for length in (1, 10, 60, len(whole) // 2):
        with pytest.raises(ValidationError):
            parse(armoured(whole[:length]))


def test_a_huge_one_is_not_even_read(secret):
    with pytest.raises(ValidationError, match="too large"):
        parse(str(secret.extract_certificate()) + "x" * 200_000)


def test_a_packed_bomb_is_no_key(secret):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"\x01" + packer.compress(b"\xcb" + bytes(50_000_000)) + packer.flush()
    packet = b"\xc8\xff" + len(body).to_bytes(4) + body
    for data in (packet, bytes(secret.extract_certificate()) + packet):
        with pytest.raises(ValidationError):
            parse(armoured(data))


def test_names_hold_nothing_that_a_screen_or_a_database_trips_over():
    key = parse(str(Tsk.generate("A\x00\x1b[31m\u202eB <x@example.cl>").extract_certificate()))
    assert key.user_ids == ("A\ufffd\ufffd[31m\ufffdB <x@example.cl>",)
    assert "\x00" not in key.armoured


@pytest.mark.parametrize(
    ("expires", "is_revoked", "state"),
    [
        (None, False, State.CURRENT),
        (datetime(2027, 1, 1, tzinfo=UTC), False, State.CURRENT),
        (datetime(2026, 12, 22, 23, tzinfo=UTC), False, State.ENDS_SOON),
        (datetime(2026, 12, 23, tzinfo=UTC), False, State.CURRENT),
        (datetime(2026, 11, 22, tzinfo=UTC), False, State.ENDS_SOON),
        (datetime(2026, 11, 21, 23, tzinfo=UTC), False, State.ENDED),
        (datetime(2026, 11, 21, tzinfo=UTC), True, State.REVOKED),
        (None, True, State.REVOKED),
    ],
)
def test_its_state_is_read_on_a_day(expires, is_revoked, state):
    assert state_of(SimpleNamespace(expires=expires, is_revoked=is_revoked), date(2026, 11, 22)) == state


def test_people_compare_it_in_groups_of_four():
    assert spaced("6C34ED780382") == "6C34 ED78 0382"
