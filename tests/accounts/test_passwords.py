"""Long passwords without rules about characters; what anybody would try first is refused."""

from contextlib import suppress
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.passwords import LONGEST_LEAKED, MOST, ObviousPasswordValidator, leaked_words

CAMILA = User(name="Camila Muestra", email="camila.muestra@example.org")


class CountsLookups(frozenset[str]):
    times = 0

    def __contains__(self, word: object) -> bool:
        self.times += 1
        return super().__contains__(word)


@pytest.mark.parametrize(
    "password",
    [
        "seven grey herons at noon",
        "el río crece cuando llueve",
        "ñandú-y-ceibo-bajo-la-luna",
        "tr0ub4dor-und-zehn-enten",
        "p" + "heron on a grey noon " * 12,
        "vK7#mQ2x!pW9$tR4z",
        "xkqzjvwpfygbhdmtr",
        "新しい川は山から海へゆっくり流れる",
    ],
)
def test_long_and_ones_own_is_taken_as_it_is(password: str) -> None:
    validate_password(password, CAMILA)


@pytest.mark.parametrize(
    "password",
    [
        "outlet gizmo tartness juggle",  # four by dice
        "blubber-duckling-jailbird-oat",
        "untaken.overlap.frosting.mule",
        "orange silver monkey rocket",  # each of which leaked
        "dragon-purple-winter-guitar",
        "riverpurplebananacastle",
        "tortuga lámpara camino violeta",
        "ventana-pimienta-caballo-lunes",
        "ceniza trueno girasol botella",
        "parapluie vitrine cascade hibou",
        "tonnerre-coquille-jardin-lundi",
        "soleil biscuit dragon cerise",
        "tartaruga guarda-chuva janela limão",
        "cachoeira.vassoura.abacaxi.trovão",
        "estrela pipoca girafa martelo",
        "nut fog elm jar keg",
    ],
)
def test_four_words_chosen_by_chance_are_taken(password: str) -> None:
    validate_password(password, CAMILA)


@pytest.mark.parametrize(
    "password",
    [
        "correcthorsebatterystaple",
        "Correct-Horse-Battery-Staple!",
        "ilovemychemicalromance",
        "liverpoolfcliverpool",
        "Liverpool FC Liverpool",
        "teamomiamor12345",
        "superman12345678",
        "butterfly1234567",
        "changemechangeme",
        "unbelievable1234",
        "qazwsxedcrfvtgbyhnujm",
        "dragon monkey shadow",
        "To be, or not to be: that is the question",
        "te quiero mucho 2026",
        "Dios es mi pastor",
        "En un lugar de la Mancha",
        "liberté égalité fraternité",
        "Je t’aime pour toujours",
        "O Senhor é meu pastor",
        "minha senha é essa",
        "ｐａｓｓｗｏｒｄ１２３４５６７８",
    ],
)
def test_leaked_words_in_a_row_and_known_phrases_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, CAMILA)


@pytest.mark.parametrize(
    "piece", ["a", "ab", "passwor", "qazwsxedcrfvtg", "aaaaab", "te quiero ", "1234567 ", "ﷺ", "a\u0301"]
)
def test_a_check_costs_little_whatever_is_typed(piece: str) -> None:
    """Counted and not timed: a busy machine is no fault."""
    looked_up = CountsLookups(leaked_words())
    with patch("accounts.passwords.leaked_words", return_value=looked_up), suppress(ValidationError):
        ObviousPasswordValidator().validate((piece * MOST)[:MOST], CAMILA)

    assert looked_up.times <= MOST * LONGEST_LEAKED


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
