"""From words to what somebody may read of them.

Both walls stand twice: the entry must be in the reader's reach, and so must the thing itself, through `visible_to`, at
this moment. What is counted is what can be opened.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise

from member_states.models import MemberState
from search.hits import NOTHING, Asked, Search, holds_any
from search.kinds import Kind, kinds
from search.lookup import UP_TO, Forms, Looked
from search.snippets import Part, marked
from search.spelling import spelt_alike
from search.words import forms_of, words_of

MOST_WORDS = 8
FEW, MANY = 5, 20


@dataclass(frozen=True)
class Result:
    pk: int
    title: list[Part]
    url: str
    state: MemberState | None
    text: list[Part]
    row: Any


@dataclass(frozen=True)
class Group:
    code: str
    name: str | Promise
    count: int
    results: list[Result]
    before: int | None  # where the next page begins, if there is one
    is_so_far: bool = False  # counted as far back as was looked, and there may be more
    is_short: bool = False  # this page too ends where nobody looked further

    @property
    def is_more(self) -> bool:
        """There are more than were counted."""
        return self.count >= UP_TO


@dataclass(frozen=True)
class Found:
    """`alike`: words that were looked for instead, because nothing holds those that were typed. `left_out`: those that
    were too many to be looked for.
    """

    groups: list[Group] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    has_words: bool = True
    left_out: list[str] = field(default_factory=list)


def find(user: Any, asked: Asked) -> Found:
    forms = forms_of(words_of(asked.text))
    if not forms:
        return Found(has_words=False)
    words, left_out = list(forms)[:MOST_WORDS], list(forms)[MOST_WORDS:]
    search, exact = Search(user, asked), [forms[word] for word in words]
    hits = search.hits(exact)
    found = Found() if holds_any(hits) else _forgiven(search, words)
    return replace(found if found.groups else Found(_groups(search, exact, hits)), left_out=left_out)


def _forgiven(search: Search, words: list[str]) -> Found:
    """By words that are spelt alike, if there are such for every word."""

    def is_there(word: str) -> bool:
        return [word] != words and search.has(list(forms_of([word]).values()))

    alike = spelt_alike(search.user, words, search.beside.words, is_there)
    is_new = any(others != [word] for others, word in zip(alike, words, strict=False))
    forms: Forms = [frozenset[str]().union(*forms_of(others).values()) for others in alike]
    hits = search.hits(forms) if is_new else {}
    if not holds_any(hits):
        return Found()
    return Found(_groups(search, forms, hits), [word for others in alike for word in others if word not in words])


def _groups(search: Search, forms: Forms, hits: dict[str, Looked]) -> list[Group]:
    """As they are counted from the first; with `before`, those shown are of a further page."""
    before = search.asked.before
    shown = hits if before is None else search.hits(forms, before)
    return [_group(search, kinds()[code], forms, hits[code], shown.get(code, NOTHING)) for code in hits]


def _group(search: Search, kind: Kind[Any], forms: Forms, counted: Looked, shown: Looked) -> Group:
    size = MANY if search.asked.kind else FEW
    ids, further = shown
    rows = {row.pk: row for row in kind.rows(search.user).filter(pk__in=ids[:size])}
    results = [_result(kind, rows[pk], search.user, forms) for pk in ids[:size] if pk in rows]
    is_short = len(ids) <= size and further is not None
    before = ids[size - 1] if len(ids) > size else further
    return Group(kind.code, kind.name, len(counted.ids), results, before, counted.further is not None, is_short)


def _result(kind: Kind[Any], row: Any, user: Any, forms: Forms) -> Result:
    title, text = marked(kind.title(row), forms), marked(kind.text(row), forms, cut=True)
    return Result(row.pk, title, kind.url(row, user), kind.state(row), text, row)
