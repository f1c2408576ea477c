"""Which passwords are refused: short ones, those on the list of common ones, and what anybody would try first.

No rules about kinds of characters, and no question to anybody outside: a password leaves this process only as a hash.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 256  # characters: more is no password, and hashing it is work for nothing
FEWEST_OF_ITS_OWN = 8
COMMON_PIECES = (Path(__file__).parent / "reference/obvious_words.txt").read_text().split()


class ObviousPasswordValidator:
    """What is left without the person's name and address, words of the house, rows of keys and repetitions."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > MOST:
            raise ValidationError(_("This password is too long: 256 characters are enough."), code="too_long")
        if len(own_part(password, user)) < FEWEST_OF_ITS_OWN:
            raise ValidationError(
                _("This is easy to guess: names, words of the portal and rows of keys do not count. Choose another."),
                code="obvious",
            )

    def get_help_text(self) -> str:
        return _("Names, words of the portal, and rows of keys or numbers do not count.")


def own_part(password: str, person: Any) -> str:
    left = password.lower()
    for word in sorted({*COMMON_PIECES, *_words_of(person)}, key=len, reverse=True):
        if len(word) > 2:
            left = left.replace(word, " ")
    left = re.sub(r"(19|20)\d\d", "", left)
    left = re.sub(r"(.+?)\1+", r"\1", left)  # what is only repeated counts once
    return _without_rows(re.sub(r"[\W_]+", "", left))


def _words_of(person: Any) -> set[str]:
    told = f"{getattr(person, 'name', '')} {getattr(person, 'email', '')}".lower()
    return {word for word in re.split(r"[\W_]+", told) if len(word) > 2}


def _without_rows(text: str) -> str:
    """Rows like abcdef and 987654 count as one letter each."""
    kept = text[:1]
    for before, letter in pairwise(text):
        if abs(ord(letter) - ord(before)) != 1:
            kept += letter
    return kept
