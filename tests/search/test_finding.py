"""What is found is what may be read: in the index, by the walls, at this moment."""

from typing import Any

import pytest
from django.conf import settings as of_portal
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capability.models import Answer, Update
from common.scope import PROGRAMME, reach_of, scope
from documents.models import Source
from search.finding import Found
from search.indexing import build, sweep
from search.kinds import kinds
from search.models import Entry, Stale, Word
from tests.access.visits import undone
from tests.factories.capability import make_accepted, make_draft, make_submitted
from tests.search.asking import counts, reader, search, text_of

pytestmark = pytest.mark.django_db


# At once ------------------------------------------------------------------------------------------------------------


def test_sharing_less_hides_at_once_before_anything_is_indexed_anew(update_chl, lead_chl, lead_jam, officer):
    make_accepted(update_chl, by=lead_chl, audience="public")
    build()
    assert counts(search(None, "chile"))["answer"] == 23

    with scope(PROGRAMME):
        Answer.objects.filter(update=update_chl).update(audience="programme")

    for nobody in (None, lead_jam):
        assert "answer" not in counts(search(nobody, "chile"))
    assert counts(search(officer, "chile"))["answer"] == 23
    sweep()
    assert "answer" not in counts(search(lead_jam, "chile"))
    assert counts(search(lead_chl, "chile"))["answer"] == 23


def test_a_word_nobody_may_read_any_more_is_not_suggested(update_chl, lead_chl, lead_jam):
    with_word(update_chl, lead_chl, "A telecommunications observatory", audience="public")
    build()
    assert search(lead_jam, "observatury").alike == ["observatory"]

    with scope(PROGRAMME):
        Answer.objects.update(audience="programme")

    assert search(lead_jam, "observatury") == Found()


def with_word(update: Any, by: Any, text: str, **facts: Any) -> None:
    make_submitted(update, by=by, text=text)
    with scope(PROGRAMME):
        Answer.objects.filter(update=update).update(is_accepted=True, is_current=True, **facts)


def test_an_update_taken_back_is_found_no_more(update_chl, lead_chl, officer):
    make_submitted(update_chl, by=lead_chl, text="A telecommunications observatory")
    build()
    assert search(officer, "observatory").groups

    with scope(PROGRAMME):
        Update.objects.filter(pk=update_chl.pk).update(status="draft")

    assert not search(officer, "observatory").groups
    assert not search(lead_chl, "observatory").groups
    sweep()
    with scope(PROGRAMME):
        assert not Entry.objects.filter(kind="answer").exists()


def test_raw_sql_is_noticed(db, chile):
    build()
    with scope(PROGRAMME), connection.cursor() as cursor:
        cursor.execute("UPDATE member_states_memberstate SET name_fr = 'Araucanie' WHERE slug = 'chile'")
    assert not search(None, "Araucanie").groups

    assert sweep() == 1

    assert search(None, "araucanie").groups
    assert sweep() == 0


def test_what_is_deleted_leaves_the_index(db):
    source = Source.objects.create(key="a", title="Observatory of Telecommunications")
    sweep()
    assert search(None, "observatory").groups

    source.delete()

    assert not search(None, "observatory").groups
    sweep()
    with scope(PROGRAMME):
        assert not Entry.objects.exists()


def test_a_draft_leaves_no_note(update_chl, lead_chl):
    sweep()
    make_draft(update_chl, "D1.1", by=lead_chl, text="CANARY draft")

    with scope(PROGRAMME):
        assert not Stale.objects.exists()


def test_every_table_of_a_kind_is_watched(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname LIKE 'stale_%%'")
        watched = {(table, bytes(args).split(b"\0")[0].decode()) for table, args in cursor.fetchall()}

    assert {(kind.model._meta.db_table, code) for code, kind in kinds().items()} <= watched


def test_the_index_is_written_by_the_programme_alone(update_chl, lead_chl):
    build()
    with scope(reach_of(reader(lead_chl))):
        assert Word.objects.update(word="x") == 0
        assert Entry.objects.all()._raw_delete("default") == 0
        assert not Stale.objects.exists()


# Words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("estrategias nacionales", "Estrategia Nacional de Ciberseguridad"),
        ("ESTRATEGIA", "Estrategia Nacional de Ciberseguridad"),
        ("ciberseguirdad", "Estrategia Nacional de Ciberseguridad"),
        ("cibersegur", "Estrategia Nacional de Ciberseguridad"),
        ("strategie securite", "Stratégies de la sécurité numérique"),
        ("securitée", "Stratégies de la sécurité numérique"),
        ("stratejies", "Stratégies de la sécurité numérique"),
        ("seguranca", "Política de segurança da informação"),
        ("informaçoes", "Política de segurança da informação"),
        ("seguransa", "Política de segurança da informação"),
        ("strategies threat", "The strategy against threats"),
        ("threts", "The strategy against threats"),
    ],
)
def test_accents_endings_and_typing_errors_are_forgiven(db, typed, title):
    for n, other in enumerate(sorted(TITLES)):
        Source.objects.create(key=f"s{n}", title=other)
    sweep()

    assert title in [text_of(result.title) for group in search(None, typed).groups for result in group.results]


@pytest.mark.parametrize(
    ("one", "many"),
    [("ação", "ações"), ("organização", "organizações"), ("missão", "missões"), ("nível", "níveis"),
     ("fácil", "fáceis"), ("alemão", "alemães"), ("regional", "regionais"), ("jovem", "jovens"),
     ("boletim", "boletins")],
)  # fmt: skip
def test_plurals_of_portuguese_find_what_stands_for_one_and_the_other_way_round(db, one, many):
    Source.objects.create(key="one", title=f"Uma {one} no país")
    Source.objects.create(key="many", title=f"Duas {many} no país")
    sweep()

    for typed in (one, many):
        assert search(None, typed).alike == []
        assert counts(search(None, typed)) == {"source": 2}, typed


def test_a_typing_error_among_many_words_leaves_none_out(db):
    for key, title in enumerate(("alpha bravo charlie delta echo", "alpha bravo charlie delta foxtrot")):
        Source.objects.create(key=f"s{key}", title=title)
    sweep()

    assert search(None, "alpha bravvo charlie delta echo").groups[0].results[0].row.key == "s0"
    assert counts(search(None, "alpha bravvo charlie delta echo")) == {"source": 1}
    assert search(None, "alpha bravvo charlie delta golf") == Found()


def test_words_that_are_too_many_are_named(client, db):
    Source.objects.create(key="one", title="alpha bravo charlie delta echo foxtrot golf hotel")
    sweep()
    asked = "the alpha bravo charlie delta echo foxtrot golf hotel india juliet"

    assert search(None, asked).left_out == ["india", "juliet"]
    assert "these were not looked for: india, juliet" in client.get("/search/", {"q": asked}).content.decode()


def test_no_two_kinds_are_called_the_same(db):
    for language, _name in of_portal.LANGUAGES:
        with translation.override(language):
            names = [str(kind.name) for kind in kinds().values()]
        assert len(set(names)) == len(names) > 20, language


TITLES = {
    "Estrategia Nacional de Ciberseguridad",
    "Stratégies de la sécurité numérique",
    "Política de segurança da informação",
    "The strategy against threats",
}


def test_all_words_must_be_there(db, chile, jamaica):
    sweep()

    assert counts(search(None, "chile")) == {"state": 1}
    assert search(None, "chile jamaica") == Found()


def test_what_was_found_is_marked_and_nothing_is_lost(db):
    Source.objects.create(key="a", title="A <script>alert(1)</script> estrategia & más")
    sweep()
    title = search(None, "estrategias").groups[0].results[0].title

    assert text_of(title) == "A <script>alert(1)</script> estrategia & más"
    assert [part.text for part in title if part.is_found] == ["estrategia"]


# Pages of one kind --------------------------------------------------------------------------------------------------


def test_one_kind_is_read_page_by_page_and_each_thing_once(db):
    Source.objects.bulk_create(Source(key=f"s{n}", title=f"Observatory {n}") for n in range(45))
    sweep()
    seen: list[int] = []
    before = None
    while True:
        group = search(None, "observatory", kind="source", before=before).groups[0]
        seen += [result.pk for result in group.results]
        before = group.before
        if before is None:
            break

    assert group.count == 45
    assert len(seen) == len(set(seen)) == 45
    assert seen == sorted(seen, reverse=True)


def test_a_state_narrows(update_chl, update_jam, lead_chl, lead_jam, officer, chile):
    make_submitted(update_chl, by=lead_chl, text="observatory")
    make_submitted(update_jam, by=lead_jam, text="observatory")
    build()

    assert counts(search(officer, "observatory")) == {"answer": 46}
    assert counts(search(officer, "observatory", state=chile)) == {"answer": 23}


# Cost ---------------------------------------------------------------------------------------------------------------


def asked_of_database(person: Any, text: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        search(person, text)
    return len(asked)


def test_ten_times_the_rows_ask_no_more(update_chl, lead_chl, lead_jam, officer):
    make_accepted(update_chl, by=lead_chl, audience="public")
    Source.objects.create(key="a", title="Chile")
    build()
    people = {"anon": None, "own": lead_chl, "other": lead_jam, "officer": officer}
    few = {role: asked_of_database(person, "chile") for role, person in people.items()}
    Source.objects.bulk_create(Source(key=f"s{n}", title=f"Chile {n}") for n in range(45))
    sweep()

    assert {role: asked_of_database(person, "chile") for role, person in people.items()} == few


# Worlds -------------------------------------------------------------------------------------------------------------


@given(
    audiences=st.lists(st.sampled_from(["programme", "states", "public"]), min_size=2, max_size=2),
    later=st.lists(st.sampled_from(["programme", "states", "public"]), min_size=2, max_size=2),
    sweeps=st.booleans(),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_shared_when_the_count_is_true(
    update_chl, update_jam, lead_chl, lead_jam, officer, audiences, later, sweeps
):
    updates, leads = (update_chl, update_jam), (lead_chl, lead_jam)
    with undone():
        for update, lead, audience in zip(updates, leads, audiences, strict=True):
            make_accepted(update, by=lead, audience=audience)
        build()
        for update, audience in zip(updates, later, strict=True):
            with scope(PROGRAMME):
                Answer.objects.filter(update=update).update(audience=audience)
        if sweeps:
            sweep()
        for person in (None, lead_chl, lead_jam, officer):
            user = reader(person)
            with scope(reach_of(user)):
                wanted = Answer.objects.visible_to(user).exclude(text="").filter(text__contains="D1.1").count()
            found = counts(search(person, "D1 factor")).get("answer", 0)
            readable = wanted * 4  # four factors in the first dimension

            assert found == readable if sweeps else found <= readable
