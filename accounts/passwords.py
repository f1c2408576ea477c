"""Which passwords are refused: short ones, those on the list of common ones, and what anybody would try first.

No rules about kinds of characters, and no question to anybody outside: a password leaves this process only as a hash.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 256  # characters: more is no password, and hashing it is work for nothing
FEWEST_OF_ITS_OWN = 8
OF_A_LEAKED_WORD = 2  # letters, whatever its length: four of them, chosen by chance, are a passphrase
SHORTEST_LEAKED, LONGEST_LEAKED = 5, 32
REFERENCE = Path(__file__).parent / "reference"


class ObviousPasswordValidator:
    """What is left without the person's name and address, words of the house, leaked ones, rows and repetitions."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > MOST:
            raise ValidationError(_("This password is too long: 256 characters are enough."), code="too_long")
        if letters_of_its_own(password, user) < FEWEST_OF_ITS_OWN:
            raise ValidationError(
                _(
                    "This is easy to guess: names, words of the portal, rows of keys and well-known phrases do not "
                    "count, and words that are often used as passwords count little. Choose another."
                ),
                code="obvious",
            )

    def get_help_text(self) -> str:
        return _("Names, words of the portal, rows of keys or numbers and well-known phrases do not count.")


def letters_of_its_own(password: str, person: Any) -> int:
    left = _without_phrases(plain(password)[:MOST])  # one letter may have been many
    for word in sorted(obvious_words() | _words_of(person), key=len, reverse=True):
        left = left.replace(word, " ")
    left, leaked = _without_leaked(joined(left))
    left = re.sub(r"(19|20)\d\d", "", left)
    left = re.sub(r"(.+?)\1+", r"\1", left)  # what is only repeated counts once
    return len(_without_rows(joined(left))) + OF_A_LEAKED_WORD * sum(word.isalpha() for word in leaked)


def plain(text: str) -> str:
    """Small letters without accents; wide and ligated ones as they are usually typed."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def joined(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@cache
def obvious_words() -> frozenset[str]:
    words = plain((REFERENCE / "obvious_words.txt").read_text()).split()
    return frozenset(word for word in words if len(word) > 2)


@cache
def known_phrases() -> tuple[str, ...]:
    """Joined, the longest first: what is part of a longer one goes with it."""
    lines = (REFERENCE / "known_phrases.txt").read_text().splitlines()
    return tuple(sorted({joined(plain(line)) for line in lines if not line.startswith("#")}, key=len, reverse=True))


@cache
def leaked_words() -> frozenset[str]:
    """Of Django's list of some 20,000 passwords that leaked, those that are long enough to be meant."""
    words = {joined(plain(word)) for word in CommonPasswordValidator().passwords}
    return frozenset(word for word in words if SHORTEST_LEAKED <= len(word) <= LONGEST_LEAKED)


def _without_phrases(text: str) -> str:
    """However they are written: with blanks, points or nothing between the words."""
    together = joined(text)
    found = [phrase for phrase in known_phrases() if phrase in together]
    for phrase in found:
        together = together.replace(phrase, " ")
    return together if found else text


def _without_leaked(text: str) -> tuple[str, set[str]]:
    """What is left when it is read as leaked words so that the least counts, and these words.

    Each place is looked up once for each length of a word: some thousands of times at most.
    """
    words = leaked_words()
    least = [(0, "")]  # up to each place: how much counts, and what ends there
    for end in range(1, len(text) + 1):
        ways = [(least[end - 1][0] + 1, text[end - 1])]
        for start in range(max(0, end - LONGEST_LEAKED), end - SHORTEST_LEAKED + 1):
            if (word := text[start:end]) in words:
                ways.append((least[start][0] + OF_A_LEAKED_WORD * word.isalpha(), word))
        least.append(min(ways))
    left, found, end = "", set(), len(text)
    while end:
        part = least[end][1]
        left = (part if len(part) == 1 else " ") + left
        found |= {part} if len(part) > 1 else set()
        end -= len(part)
    return left, found


def _words_of(person: Any) -> set[str]:
    told = plain(f"{getattr(person, 'name', '')} {getattr(person, 'email', '')}")
    return {word for word in re.split(r"[\W_]+", told) if len(word) > 2}


def _without_rows(text: str) -> str:
    """Rows like abcdef and 987654 count as one letter each."""
    kept = text[:1]
    for before, letter in pairwise(text):
        if abs(ord(letter) - ord(before)) != 1:
            kept += letter
    return kept
