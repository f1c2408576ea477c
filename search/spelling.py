"""Typing errors: words of the index, in the reader's reach, that share most of their letters with what was typed."""

from collections.abc import Callable, Collection, Iterable
from heapq import nlargest
from typing import Any

from django.db import connection

from search.querysets import shelves_of
from search.words import grams, likeness

MOST_FORGIVEN = 4  # words of one question
CLOSE, ENOUGH, BEST = 40, 0.7, 3
SHORTEST = 4
COMMON = 400  # words of one audience with the same three letters: those letters say little

# Of each three letters the words that hold them, read no further than COMMON. Lists that are longer are set aside,
# unless no other is left.
NEAR = """
WITH given (gram) AS (SELECT unnest(%(grams)s::text[])),
lists (gram, words) AS MATERIALIZED (
  SELECT gram, ARRAY(
      SELECT word FROM search_spelling s
       WHERE s.gram = given.gram AND s.audience = shelf.audience AND s.state_id IS NULL LIMIT %(common)s)
    FROM given CROSS JOIN unnest(%(whole)s::text[]) AS shelf (audience)
   UNION ALL
  SELECT gram, ARRAY(
      SELECT word FROM search_spelling s
       WHERE s.gram = given.gram AND s.audience = shelf.audience AND s.state_id = shelf.state_id LIMIT %(common)s)
    FROM given CROSS JOIN unnest(%(states)s::bigint[], %(audiences)s::text[]) AS shelf (state_id, audience)),
telling AS (SELECT * FROM lists WHERE cardinality(words) BETWEEN 1 AND %(common)s - 1)
SELECT word
  FROM (SELECT * FROM telling UNION ALL SELECT * FROM lists WHERE NOT EXISTS (SELECT FROM telling)) AS used
 CROSS JOIN unnest(words) AS word
 GROUP BY word ORDER BY count(DISTINCT gram) DESC, word LIMIT %(close)s
"""


def spelt_alike(
    user: Any, words: list[str], beside: Collection[str], is_there: Callable[[str], bool]
) -> list[list[str]]:
    """For each word those that stand for it, itself among them if it is there; nothing if one has none. Of many words
    the last ones stand for themselves.

    `is_there` says whether the reader finds anything by a word: nothing else is ever suggested. `beside` are words of
    what the reader may read and is in no index.
    """
    found = [_alike(user, word, beside, is_there) for word in words[:MOST_FORGIVEN]]
    return [*found, *([word] for word in words[MOST_FORGIVEN:])] if all(found) else []


def _alike(user: Any, word: str, beside: Collection[str], is_there: Callable[[str], bool]) -> list[str]:
    if is_there(word):
        return [word]
    others = {*near(user, word), *_nearest(word, beside)}
    ranked = sorted((-_closeness(word, other), other) for other in others)
    best = [other for closeness, other in ranked if -closeness >= ENOUGH][:BEST]
    return [other for other in best if is_there(other)]


def _nearest(word: str, others: Iterable[str]) -> list[str]:
    letters = grams(word)
    shared = ((len(letters & grams(other)), other) for other in others if len(other) >= SHORTEST)
    return [other for number, other in nlargest(CLOSE, shared) if number > 1]


def near(user: Any, word: str) -> list[str]:
    """Those that share letters with it; most of them first."""
    whole, of_states = shelves_of(user)
    given: dict[str, Any] = {
        "grams": sorted(grams(word)),
        "whole": whole,
        "states": [state for state, _audience in of_states],
        "audiences": [audience for _state, audience in of_states],
        "common": COMMON,
        "close": CLOSE,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAR, given)
        return [other for (other,) in cursor]


def _closeness(word: str, other: str) -> float:
    """A beginning is as good as the whole word."""
    return max(likeness(word, other), 0.9 if len(word) > 3 and other.startswith(word) else 0)
