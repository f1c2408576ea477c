"""Exercises, experts, courses, certificates, notes verbales and working groups are found by whoever reads of them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from action_plan.models import Certificate, Expert
from common.days import today
from common.scope import PROGRAMME, scope
from csirt_network.models import WorkingGroup
from search.indexing import build, sweep
from search.models import Entry, Spelling
from tests.factories.correspondence import make_note
from tests.factories.exercises import make_exercise
from tests.factories.experts import make_expert
from tests.factories.training import make_course, make_nomination
from tests.search.asking import said, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(manager, officer, observer, lead_chl, lead_jam, rep_chl, analyst_chl, rep_jam, outsider):
    cast = {"manager": manager, "officer": officer, "observer": observer, "lead_chl": lead_chl, "lead_jam": lead_jam}
    cast |= {"rep_chl": rep_chl, "analyst_chl": analyst_chl, "rep_jam": rep_jam, "outsider": outsider}
    return cast | {"anon": AnonymousUser()}


STAFF = {"manager", "officer", "observer"}
OF_CHILE = {"lead_chl", "rep_chl", "analyst_chl"}


def finders(people, words, code):
    """Who finds one thing of the kind, and may open what they find."""
    asked = {name: search(person if person.is_authenticated else None, words) for name, person in people.items()}
    return {name for name, found in asked.items() if [group.code for group in found.groups] == [code]}


@pytest.mark.parametrize(
    ("status", "finds"), [("ready", STAFF | OF_CHILE), ("written", STAFF), ("ended", STAFF | OF_CHILE)]
)
def test_who_finds_an_exercise(people, officer, csirt_chl, status, finds):
    with scope(PROGRAMME):
        make_exercise(officer, csirt_chl, status=status, scenario="A zebra in the harbour.")
    build()

    assert finders(people, "zebras", "exercise") == finds
    assert finders(people, "Ceiba zebra", "exercise") == finds


def test_whoever_watches_finds_the_exercise_and_the_label_goes_with_it(people, officer, csirt_chl, outsider):
    with scope(PROGRAMME):
        make_exercise(officer, csirt_chl, status="written", scenario="A zebra.", observers=[outsider])
    build()

    assert finders(people, "zebra", "exercise") == STAFF | {"outsider"}
    assert "TLP:AMBER. A" in said(search(outsider, "zebra"))
    assert "TLP:AMBER. A" in said(search(officer, "zebra"))


def test_experts_are_found_by_staff_alone(people, officer, chile):
    with scope(PROGRAMME):
        make_expert("Zenobia Quark", officer, biography="Works on observatories.", country=chile)
    build()

    assert finders(people, "zenobia", "expert") == STAFF
    assert finders(people, "quark observatory chili", "expert") == STAFF


def test_whoever_leaves_the_roster_leaves_nothing_in_the_index(officer):
    with scope(PROGRAMME):
        expert = make_expert("Zenobia Quark", officer)
    build()
    with scope(PROGRAMME):
        assert not Spelling.objects.filter(word="zenobia").exists()
        Expert.objects.filter(pk=expert.pk).update(status="left", name="", email="", biography="")

    assert not search(officer, "zenobia").groups
    sweep()
    with scope(PROGRAMME):
        assert not Entry.objects.filter(kind="expert").exists()


@pytest.mark.parametrize(
    ("audience", "finds"),
    [
        ("staff", STAFF),
        ("participants", STAFF | {"lead_chl"}),
        ("states", STAFF | {"lead_chl", "lead_jam"}),
    ],
)
def test_who_finds_a_course(people, chile, audience, finds):
    make_course(chile, aims="To handle a zebra", audience=audience)
    build()

    assert finders(people, "zebras", "course") == finds


def test_certificates_are_found_by_their_state_and_staff(people, chile, lead_chl, officer):
    course = make_course(chile)
    nomination = make_nomination(course, chile, by=lead_chl)
    with scope(PROGRAMME):
        days = {"starts_on": today(), "ends_on": today(), "issued_on": today(), "hours": 6, "language": "es"}
        of = {"nomination": nomination, "course": course, "state": chile, "issued_by": officer}
        Certificate.objects.create(number="ABCDEFGHJKMNPQRSTVWX", name="Zenobia Quark", title="Incidents", **days, **of)
    build()

    for words in ("ABCDE-FGHJK-MNPQR-STVWX", "abcdefghjkmnpqrstvwx", "zenobia"):
        assert finders(people, words, "certificate") == STAFF | {"lead_chl"}


@pytest.mark.parametrize(("status", "finds"), [("issued", STAFF | {"lead_chl"}), ("draft", set())])
def test_a_note_is_found_once_it_was_issued(people, chile, officer, status, finds):
    note = make_note(chile, officer, status=status, text="The zebra has the honour.")
    build()

    assert finders(people, "zebra", "note") == finds
    if status == "issued":
        assert finders(people, note.spelled, "note") == finds
        assert finders(people, "zebra invitación red", "note") == finds


def test_a_note_that_is_issued_is_found_with_the_next_sweep(chile, officer, lead_chl):
    build()
    make_note(chile, officer, status="issued", text="The zebra has the honour.")
    sweep()

    assert [group.code for group in search(lead_chl, "zebra").groups] == ["note"]


def test_working_groups_are_found_in_the_network(people, manager):
    with scope(PROGRAMME):
        words = {"name_en": "Zebra watch", "name_es": "Vigilancia de cebras", "mandate_fr": "Observer les zèbres"}
        WorkingGroup.objects.create(slug="zebra", made_by=manager, **words)
    build()

    for asked in ("zebra watch", "cebra", "zebres observer"):
        assert finders(people, asked, "group") == STAFF | {"rep_chl", "analyst_chl", "rep_jam"}
