"""Long passwords without rules about characters; what anybody would try first is refused."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

CAMILA = User(name="Camila Muestra", email="camila.muestra@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "seven grey herons at noon",
        "correct horse battery staple",
        "el río crece cuando llueve",
        "ñandú-y-ceibo-bajo-la-luna",
        "tr0ub4dor-und-zehn-enten",
        "p" + "aqzwsxedcrfvtgbyhnujm" * 6,
        "新しい川は山から海へゆっくり流れる",
    ],
)
def test_long_and_ones_own_is_taken_as_it_is(password: str) -> None:
    validate_password(password, CAMILA)


@pytest.mark.parametrize(
    "password",
    [
        "short herons",
        "aaaaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabcabc",
        "passwordpassword1234",
        "Contraseña2026Segura!",
        "qwertyuiopasdfghjkl",
        "123456789012345678901234567890",
        "abcdefghijklmnopqrstuvwxyz",
        "CyberSecurityOAS2026",
        "ciberseguridad-chile-2026",
        "CamilaMuestra2026!!",
        "camila.muestra@example.org",
        "Organization of American States",
        "x" * 257,
    ],
)
def test_what_anybody_would_try_is_refused_with_a_sentence(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, CAMILA)

    assert all(sentence.endswith(".") for sentence in refused.value.messages)


def test_argon2_hashes_what_is_new(db: None) -> None:
    person = User.objects.create_user(email="a@example.org", name="A", password="seven grey herons at noon")

    assert identify_hasher(person.password).algorithm == "argon2"


def test_a_long_password_counts_to_its_last_character(db: None) -> None:
    long = "seven grey herons at noon " * 9
    person = User.objects.create_user(email="a@example.org", name="A", password=long)

    assert person.check_password(long)
    assert not person.check_password(long[:-1])
