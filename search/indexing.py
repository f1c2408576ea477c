"""The index is written in the programme's scope, which sees no draft and no file that was not sent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

from common.scope import PROGRAMME, scope
from search.kinds import PUBLIC, STATES, Kind, kinds
from search.models import Entry, Spelling, Stale, Word
from search.spelling import SHORTEST
from search.words import forms_of, grams, words_of

ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext('search index'))"
BATCH = 500


def build() -> dict[str, int]:
    """All anew; how many entries there are of each kind."""
    with scope(PROGRAMME, page="search"):
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME.replace("try_", ""))
        for model in (Stale, Word, Spelling, Entry):
            model.objects.all()._raw_delete(model.objects.db)
        return {kind.code: _write_all(kind) for kind in kinds().values()}


def sweep() -> int:
    """What became stale since; how many notes were worked off. Two at once would wait for each other: the second goes.

    A change that is not committed yet has no note to be seen, so the note of what is read here is always gone last.
    """
    with scope(PROGRAMME, page="search"):
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME)
            if not cursor.fetchone()[0]:
                return 0
        notes = list(Stale.objects.order_by("pk")[:BATCH])
        Stale.objects.filter(pk__in=[note.pk for note in notes]).delete()
        for (code, key), ids in _together(notes).items():
            if code in kinds():
                _renew(kinds()[code], key, ids)
        return len(notes)


def _together(notes: Iterable[Stale]) -> dict[tuple[str, str], set[int]]:
    found = defaultdict(set)
    for note in notes:
        found[note.kind, note.key].add(note.object_id)
    return found


def _renew(kind: Kind[Any], key: str, ids: set[int]) -> None:
    rows = kind.model._base_manager.filter(**{f"{key}__in": ids})
    touched = ids if key == "pk" else set(rows.values_list("pk", flat=True))
    entries = Entry.objects.filter(kind=kind.code, object_id__in=touched)
    Word.objects.filter(entry__in=entries)._raw_delete(Word.objects.db)
    entries._raw_delete(Entry.objects.db)
    for some in _some(sorted(touched)):
        _write(kind, list(kind.all().filter(pk__in=some)))


def _write_all(kind: Kind[Any]) -> int:
    written = 0
    for some in _some(kind.all().order_by("pk").iterator(chunk_size=BATCH)):
        written += _write(kind, some)
    return written


def _some(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some


def _write(kind: Kind[Any], rows: list[Model]) -> int:
    words = {row.pk: {word for text in kind.words(row) for word in words_of(text)} for row in rows}
    forms = forms_of(set().union(*words.values()))
    entries = Entry.objects.bulk_create(_entry(kind, row) for row in rows)
    found = {entry.pk: {form for word in words[entry.object_id] for form in forms.get(word, ())} for entry in entries}
    Word.objects.bulk_create((_word(e, form) for e in entries for form in found[e.pk]), batch_size=5000)
    if kind.is_spelt:
        _spell({(word, e.state_id, e.audience) for e in entries for word in words[e.object_id]})
    return len(entries)


def _entry(kind: Kind[Any], row: Any) -> Entry:
    return Entry(kind=kind.code, object_id=row.pk, state=kind.state(row), audience=kind.audience_of(row))


def _word(entry: Entry, form: str) -> Word:
    of_entry = {name: getattr(entry, name) for name in ("kind", "object_id", "state_id", "audience")}
    return Word(entry=entry, word=form, **of_entry)


def _spell(words: set[tuple[str, int | None, str]]) -> None:
    """What nothing holds any more goes with the next `build`; until then it finds nothing and is not suggested."""
    long = [row for row in words if len(row[0]) >= SHORTEST and row[0].isalpha()]
    of_states = {row for row in long if row[2] not in (PUBLIC, STATES)}  # those all who are of a state are told of
    places = of_states | {(word, None, audience) for word, _state, audience in long}
    spellings = [
        Spelling(gram=gram, word=word, state_id=state, audience=audience)
        for word, state, audience in sorted(places, key=str)
        for gram in grams(word)
    ]
    Spelling.objects.bulk_create(spellings, ignore_conflicts=True, batch_size=5000)
