"""Alerts are found by whoever may read them at that moment, under each label; the strict ones are in no index."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Alert
from search.finding import Found, find
from search.hits import Asked
from search.indexing import build
from search.models import Word
from tests.factories.alerts import make_alert, to_person, to_team
from tests.search.asking import search

pytestmark = pytest.mark.django_db


def finds(person, **asked):
    person = person if not person.is_authenticated else User.objects.get(pk=person.pk)
    with scope(reach_of(person)):
        groups = find(person, Asked("zebra accounts", **asked)).groups
        return [result.pk for group in groups for result in group.results if group.code == "alert"]


@pytest.mark.parametrize("tlp", list(Tlp))
def test_finders_are_readers(csirt_chl, rep_chl, analyst_chl, rep_banks, rep_jam, manager, outsider, lead_chl, tlp):
    alert = make_alert(tlp, to_team(csirt_chl), to_person(rep_chl), by=manager, happening_en="Zebra took an account.")
    build()

    for person in (AnonymousUser(), rep_chl, analyst_chl, rep_banks, rep_jam, manager, outsider, lead_chl):
        person = person if not person.is_authenticated else User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            reads = Alert.objects.visible_to(person).exists()
        assert finds(person) == ([alert.pk] if reads else []), person


def test_who_is_named_without_being_of_the_community_finds_it(csirt_chl, manager, lead_chl):
    named = make_alert(Tlp.GREEN, to_team(csirt_chl), to_person(lead_chl), by=manager, happening_en="Zebra")
    make_alert(Tlp.GREEN, to_team(csirt_chl), by=manager, happening_en="Zebra")
    build()

    assert finds(lead_chl) == [named.pk]


@pytest.mark.parametrize(("tlp", "is_indexed"), [(label, label in (Tlp.CLEAR, Tlp.GREEN)) for label in Tlp])
def test_the_strict_ones_leave_no_word_in_the_index(csirt_chl, manager, tlp, is_indexed):
    make_alert(tlp, to_team(csirt_chl), by=manager, happening_en="Zebra")
    build()

    with scope(PROGRAMME):
        assert Word.objects.filter(word="zebra").exists() == is_indexed


def test_typing_errors_are_forgiven_in_the_strict_ones_for_who_reads_them(csirt_chl, rep_chl, rep_jam, manager):
    make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, happening_en="Zebras in telecommunications")
    build()

    for typed in ("telecomunicatons", "zebra telecommunicatoins"):
        assert search(rep_chl, typed).alike == ["telecommunications"]
        assert search(rep_jam, typed) == Found()


def test_pages_of_the_strict_ones_follow(csirt_chl, rep_chl, manager):
    made = [make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, products="Zebra").pk for _time in range(23)]
    first = finds(rep_chl, kind="alert")

    assert [*first, *finds(rep_chl, kind="alert", before=first[-1])] == made[::-1]


def test_what_stands_far_back_among_the_strict_ones_is_reached(
    csirt_chl, rep_chl, manager, monkeypatch, client, sign_in
):
    monkeypatch.setattr("search.beside.MOST_LOOKED_THROUGH", 3)
    made = [
        make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, products=("Zebra" if number in (1, 6) else "Lion"))
        for number in range(8)
    ]
    first, page = search(rep_chl, "zebra").groups[0], sign_in(rep_chl).get("/search/?q=zebra").content.decode()
    assert ([result.pk for result in first.results], first.is_so_far) == ([made[6].pk], True)
    assert "1 found so far" in page

    seen, before, pages = [], None, 0
    while pages == 0 or before is not None:
        groups = search(rep_chl, "zebra", kind="alert", before=before).groups
        group = groups[0]
        seen, before, pages = seen + [result.pk for result in group.results], group.before, pages + 1

    assert seen == [made[6].pk, made[1].pk]
    assert pages > 2


def test_a_typing_error_is_forgiven_where_not_all_was_looked_through(csirt_chl, rep_chl, manager, monkeypatch):
    monkeypatch.setattr("search.beside.MOST_LOOKED_THROUGH", 1)
    for products in ("Telecommunications", "Lion", "Telecommunications"):
        make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, products=products)

    assert search(rep_chl, "telecomunicatons").alike == ["telecommunications"]
    assert [group.count for group in search(rep_chl, "wxyzzy").groups] == [0]
