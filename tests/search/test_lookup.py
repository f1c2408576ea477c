"""The index is asked no further than a constant, and reading on reaches everything; for each only what is theirs."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.scope import PROGRAMME, reach_of, scope
from documents.models import Source
from search import lookup
from search.indexing import build, sweep
from search.lookup import look
from search.models import Entry, Word
from search.querysets import EACH
from tests.access.visits import undone
from tests.search.asking import counts, reader, search

pytestmark = pytest.mark.django_db


def seen(person, *words, state=None, before=None):
    user = reader(person)
    with scope(reach_of(user)):
        looked = look(user, [frozenset([word]) for word in words], ["x"], state, before).get("x")
        return looked and (looked.ids, looked.further)


def hold(number, words, state=None, audience="public"):
    entry = Entry.objects.create(kind="x", object_id=number, state=state, audience=audience)
    of = {"entry": entry, "kind": "x", "object_id": number, "state_id": entry.state_id, "audience": audience}
    Word.objects.bulk_create(Word(word=word, **of) for word in words)


def test_a_rare_word_finds_all_that_hold_it_beside_a_common_one(db, monkeypatch):
    monkeypatch.setattr(lookup, "MOST", 5)
    with scope(PROGRAMME):
        for number in range(20):
            hold(number, ["common"] + ["rare"] * (number in (0, 9)))

    assert seen(None, "common", "rare") == ([9, 0], None)


def test_of_two_common_words_the_rarer_one_leads(db, monkeypatch):
    monkeypatch.setattr(lookup, "MOST", 5)
    with scope(PROGRAMME):
        for number in range(48):
            hold(number, ["often"] + ["rarely"] * (number % 8 == 0))

    for words in (("often", "rarely"), ("rarely", "often")):
        assert seen(None, *words) == ([40, 32, 24, 16, 8], 8)


def test_two_common_words_are_found_part_by_part_to_the_end(db, monkeypatch):
    monkeypatch.setattr(lookup, "MOST", 5)
    with scope(PROGRAMME):
        for number in range(40):
            hold(number, ["one", "other"] if number in (1, 38) else [("one", "other")[number % 2]])
    ids, before, parts = [], None, 0
    while parts == 0 or before is not None:
        more, before = seen(None, "one", "other", before=before) or ([], None)
        ids, parts = ids + more, parts + 1

    assert ids == [38, 1]
    assert 3 < parts < 12


def test_the_page_says_that_it_looked_no_further_and_leads_on(client, monkeypatch):
    monkeypatch.setattr(lookup, "MOST", 5)
    titles = ["Lighthouse Harbour", *["Lighthouse", "Harbour"] * 10]
    Source.objects.bulk_create(Source(key=f"s{n}", title=title) for n, title in enumerate(titles))
    sweep()
    page = client.get("/search/?q=lighthouse+harbour").content.decode()
    assert "0 found so far" in page
    assert "Only the newest of these were looked at" in page

    address, pages = "?q=lighthouse+harbour&kind=source", 0
    while address and "Lighthouse</mark> <mark>Harbour" not in page:
        answer = client.get(f"/search/{address}")
        page, (group, _all, address) = answer.content.decode(), answer.context["groups"][0]
        pages += 1

    assert [result.pk for result in group.results] == [Source.objects.get(key="s0").pk]
    assert pages > 2


def test_what_may_not_be_read_any_more_does_not_hide_what_may(db, monkeypatch):
    Source.objects.bulk_create(Source(key=f"s{n}", title="Observatory") for n in range(150))
    build()
    Source.objects.filter(key__in=[f"s{n}" for n in range(20, 150)]).delete()

    assert counts(search(None, "observatory")) == {"source": 20}


ONE = st.tuples(st.sampled_from(["chile", "jamaica", None]), st.sampled_from(EACH), st.sets(st.sampled_from("ab")))


@given(rows=st.lists(ONE, max_size=12), words=st.sampled_from(["a", "ab"]), most=st.integers(1, 4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_looked_at_is_what_the_wall_shows(
    monkeypatch, chile, jamaica, lead_chl, rep_chl, officer, rows, words, most
):
    """The few places asked of, against all that the wall shows: the same, by parts of any size."""
    monkeypatch.setattr(lookup, "MOST", most)
    states = {"chile": chile, "jamaica": jamaica, None: None}
    with undone():
        with scope(PROGRAMME):
            for number, (state, audience, held) in enumerate(rows):
                hold(number, held, states[state], audience)
        for person in (None, lead_chl, rep_chl, officer):
            for state in (None, chile, jamaica):
                ids, before = seen(person, *words, state=state) or ([], None)
                while before is not None:
                    more, before = seen(person, *words, state=state, before=before) or ([], None)
                    ids = ids + more
                assert ids == shown(person, words, state), (person, state)


def shown(person, words, state):
    """By the second wall alone."""
    with scope(reach_of(reader(person))), connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id FROM search_word WHERE word = ANY (%s) AND (%s IS NULL OR state_id = %s) "
            "GROUP BY object_id HAVING count(*) = %s ORDER BY object_id DESC",
            [list(words), state and state.pk, state and state.pk, len(words)],
        )
        return [number for (number,) in cursor]
