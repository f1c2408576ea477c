"""Texts as words, and words as what is compared: lower case, no accents, stems of four languages, three letters."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import chain

from django.db import connection

WORD = re.compile(r"[^\W_]+")
SHORTEST, LONGEST = 2, 40
# Plurals of Portuguese that no stemmer takes to their singular once accents are set aside: ações, níveis, boletins.
SINGULARS = (("oes", "ao"), ("aes", "ao"), ("eis", "el"), ("eis", "il"), ("ens", "em"), ("ins", "im"))
STEMS = """
SELECT word, ts_lexize('english_stem', word), ts_lexize('spanish_stem', word),
       ts_lexize('french_stem', word), ts_lexize('portuguese_stem', word)
  FROM unnest(%s::text[]) AS given (word)
"""


def plain(text: str) -> str:
    """Lower case, accents set aside."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("ß", "ss")


def words_of(text: str) -> list[str]:
    """The words of a text as they are spelt there, in lower case."""
    found = WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return [word for word in found if len(word) >= SHORTEST and len(plain(word)) <= LONGEST and len(word) <= LONGEST]


def forms_of(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """What each word is found by: itself and its stems. Nothing for a word too common to be looked for."""
    bare = {word: plain(word) for word in words}
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [sorted(set(bare.values()))])
        # A stop word of any of the languages: its stemmer answers with nothing.
        stems = {word: frozenset(chain([word], _singulars(word), *found)) for word, *found in cursor if [] not in found}
    return {word: stems[bare[word]] for word in bare if bare[word] in stems}


def _singulars(word: str) -> list[str]:
    return [word.removesuffix(plural) + singular for plural, singular in SINGULARS if word.endswith(plural)]


def grams(word: str) -> frozenset[str]:
    """Every three letters in a row, the beginning weighing more, as PostgreSQL's trigrams."""
    padded = f"  {plain(word)} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, plain(one), plain(other)).ratio()
