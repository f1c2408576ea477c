"""Typing errors: words of the index, in the reader's reach, that share most of their letters with what was typed."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count

from search.models import Spelling
from search.words import grams, likeness

MOST_FORGIVEN = 4  # words of one question
CLOSE, ENOUGH, BEST = 20, 0.7, 3
SHARED = 0.3  # of its letters, at the least


def spelt_alike(user: Any, words: list[str], is_there: Callable[[str], bool]) -> list[list[str]]:
    """For each word those that stand for it, itself among them if it is there; nothing if one has none.

    `is_there` says whether the reader finds anything by a word: nothing else is ever suggested.
    """
    found = [_alike(user, word, is_there) for word in words[:MOST_FORGIVEN]]
    return found if all(found) else []


def _alike(user: Any, word: str, is_there: Callable[[str], bool]) -> list[str]:
    if is_there(word):
        return [word]
    letters = grams(word)
    near = Spelling.objects.visible_to(user).filter(gram__in=sorted(letters))
    shared = near.values_list("word").annotate(shared=Count("gram", distinct=True))
    close = shared.filter(shared__gte=max(2, int(len(letters) * SHARED))).order_by("-shared", "word")[:CLOSE]
    ranked = sorted((-_closeness(word, other), other) for other, _n in close)
    best = [other for closeness, other in ranked if -closeness >= ENOUGH][:BEST]
    return [other for other in best if is_there(other)]


def _closeness(word: str, other: str) -> float:
    """A beginning is as good as the whole word."""
    return max(likeness(word, other), 0.9 if len(word) > 3 and other.startswith(word) else 0)
