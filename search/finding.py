"""From words to what somebody may read of them.

Both walls stand twice: the entry must be in the reader's reach, and so must the thing itself, through `visible_to`, at
this moment. What is counted is what can be opened.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise

from member_states.models import MemberState
from search.kinds import Kind, kinds
from search.models import Entry, Word
from search.snippets import Part, marked
from search.spelling import spelt_alike
from search.words import forms_of, words_of

MOST_WORDS = 8
FEW, MANY = 5, 20
MOST_LOOKED_THROUGH = 200  # of what is in no index
UP_TO = 100  # counted; more are "more than 100"
Forms = list[frozenset[str]]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; `before` is the record the last page ended with."""

    text: str
    kind: str = ""
    state: MemberState | None = None
    before: int | None = None


@dataclass(frozen=True)
class Result:
    pk: int
    title: list[Part]
    url: str
    state: MemberState | None
    text: list[Part]


@dataclass(frozen=True)
class Group:
    code: str
    name: str | Promise
    count: int
    results: list[Result]
    before: int | None  # where the next page begins, if there is one

    @property
    def is_more(self) -> bool:
        """There are more than were counted."""
        return self.count >= UP_TO


@dataclass(frozen=True)
class Found:
    """`alike`: words that were looked for instead, because nothing holds those that were typed."""

    groups: list[Group] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    has_words: bool = True


def find(user: Any, asked: Asked) -> Found:
    forms = forms_of(words_of(asked.text)[:MOST_WORDS])
    if not forms:
        return Found(has_words=False)
    exact = list(forms.values())
    hits = hits_of(user, exact, asked)
    return Found(groups_of(user, exact, asked, hits)) if hits else _forgiven(user, list(forms), asked)


def _forgiven(user: Any, words: list[str], asked: Asked) -> Found:
    """By words that are spelt alike, if there are such for every word."""

    def is_there(word: str) -> bool:
        looked_for = list(forms_of([word]).values())
        return [word] != words and is_indexed(user, looked_for) and bool(hits_of(user, looked_for, asked))

    alike = spelt_alike(user, words, is_there)
    forms: Forms = [frozenset[str]().union(*forms_of(others).values()) for others in alike]
    hits = hits_of(user, forms, asked) if forms else {}
    if not hits:
        return Found()
    return Found(
        groups_of(user, forms, asked, hits), [word for others in alike for word in others if word not in words]
    )


def is_indexed(user: Any, forms: Forms) -> bool:
    """Cheaper than looking, and enough to say no."""
    return Word.objects.visible_to(user).filter(word__in=sorted(frozenset().union(*forms))).exists()


def entries_of(kind: Kind[Any], user: Any, forms: Forms, asked: Asked) -> QuerySet[Entry]:
    """Of one kind, those that hold every word, newest first."""
    found = Entry.objects.visible_to(user).filter(kind=kind.code)
    for form in forms:
        found = found.filter(Exists(Word.objects.filter(entry=OuterRef("pk"), word__in=sorted(form))))
    if asked.state:
        found = found.filter(state=asked.state)
    return found.order_by("-object_id")


def readable(kind: Kind[Any], user: Any, forms: Forms, asked: Asked, ids: list[int]) -> list[int]:
    """Of these things those that `user` may read now. While some are not, more are looked at, up to a full count."""
    kept: list[int] = []
    while ids:
        open_to_user = set(kind.rows(user).filter(pk__in=ids).values_list("pk", flat=True))
        kept += [pk for pk in ids if pk in open_to_user]
        is_last = len(ids) < UP_TO or len(kept) >= UP_TO
        ids = [] if is_last else _further(kind, user, forms, asked, ids[-1])
    return kept[:UP_TO]


def _further(kind: Kind[Any], user: Any, forms: Forms, asked: Asked, before: int) -> list[int]:
    rest = entries_of(kind, user, forms, asked).filter(object_id__lt=before)
    ids = [*rest.values_list("object_id", flat=True)[:UP_TO], *looked_through(kind, user, forms, asked)]
    return sorted((pk for pk in ids if pk < before), reverse=True)[:UP_TO]


def looked_through(kind: Kind[Any], user: Any, forms: Forms, asked: Asked) -> list[int]:
    """Of what is in no index, those that hold every word, each read as the index reads it."""
    rows = kind.unindexed(user)
    if rows is None or asked.state:
        return []
    some = rows[:MOST_LOOKED_THROUGH]
    texts = {row.pk: {word for text in kind.words(row) for word in words_of(text)} for row in some}
    known = forms_of(set[str]().union(*texts.values()))
    there = {pk: frozenset[str]().union(*(known.get(word, ()) for word in words)) for pk, words in texts.items()}
    return [pk for pk in there if all(form & there[pk] for form in forms)]


def hits_of(user: Any, forms: Forms, asked: Asked) -> dict[str, list[int]]:
    """By kind, the first of them. The index is asked in one query for all kinds, then each kind that has some."""
    arms = [
        entries_of(kind, user, forms, asked).values_list("kind", "object_id")[:UP_TO]
        for kind in kinds().values()
        if asked.kind in ("", kind.code)
    ]
    found: dict[str, list[int]] = {}
    for code, pk in arms[0].union(*arms[1:], all=True) if arms else ():
        found.setdefault(code, []).append(pk)
    for code, kind in kinds().items():
        if asked.kind in ("", code) and (ids := looked_through(kind, user, forms, asked)):
            found[code] = [*found.get(code, []), *ids]
    in_order = {code: sorted(found[code], reverse=True)[:UP_TO] for code in kinds() if code in found}
    hits = {code: readable(kinds()[code], user, forms, asked, ids) for code, ids in in_order.items()}
    return {code: ids for code, ids in hits.items() if ids}


def groups_of(user: Any, forms: Forms, asked: Asked, hits: dict[str, list[int]]) -> list[Group]:
    return [_group(kinds()[code], user, forms, asked, ids) for code, ids in hits.items()]


def _group(kind: Kind[Any], user: Any, forms: Forms, asked: Asked, hits: list[int]) -> Group:
    size = MANY if asked.kind else FEW
    ids = hits[: size + 1]
    if asked.before is not None:
        rest = _further(kind, user, forms, asked, asked.before)
        ids = readable(kind, user, forms, asked, rest)[: size + 1]
    rows = {row.pk: row for row in kind.rows(user).filter(pk__in=ids[:size])}
    shown = [_result(kind, rows[pk], user, forms) for pk in ids[:size] if pk in rows]
    return Group(kind.code, kind.name, len(hits), shown, ids[size - 1] if len(ids) > size else None)


def _result(kind: Kind[Any], row: Any, user: Any, forms: Forms) -> Result:
    title, text = marked(kind.title(row), forms), marked(kind.text(row), forms, cut=True)
    return Result(row.pk, title, kind.url(row, user), kind.state(row), text)
