"""Reports are found by whoever may read them, and by what they are about."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import connection

from common.scope import PROGRAMME, reach_of, scope
from partnerships.models import Agreement, Party
from reporting.models import Run
from search.indexing import build, sweep
from search.models import Entry, Word
from tests.factories.capability import make_round
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.factories.reporting import make_run
from tests.search.asking import reader, search, text_of

pytestmark = pytest.mark.django_db
SLOT = datetime(2026, 10, 5, 12, tzinfo=UTC)
READERS = {
    "region": {"observer", "lead_chl", "lead_jam"},
    "bulletin": {"observer", "rep_chl", "rep_jam"},
    "agreement": {"observer"},
    "progress": {"observer"},
    "calendar": {"observer"},
    "calendar of chile": {"observer", "lead_chl"},
    "brief": {"observer", "lead_chl"},
    "brief that failed": set(),
}


@pytest.fixture
def microsoft(db):
    with scope(PROGRAMME):
        return make_partner("Microsoft")


@pytest.fixture
def agreement(microsoft):
    with scope(PROGRAMME):
        return make_agreement("Help with incidents", microsoft, name_es="Ayuda con incidentes")


@pytest.fixture
def runs(chile, edition, manager, agreement):
    """By name; all are due in 2026, so that this word is in each of them."""
    months = {"kind": "activities calendar", "first_on": date(2026, 10, 1), "last_on": date(2026, 12, 31)}
    about = {
        "region": {"kind": "region at a glance"},
        "bulletin": {"kind": "network bulletin"},
        "agreement": {"kind": "agreement report", "agreement": agreement},
        "progress": {"kind": "round progress", "round": make_round(edition, by=manager, year=2027, number=1)},
        "calendar": {**months, "sub_region": "Caribbean"},
        "calendar of chile": {**months, "state": chile},
        "brief": {"state": chile},
        "brief that failed": {"state": chile, "status": "failed"},
    }
    made = {"state": None, "status": "done", "slot": SLOT}
    runs = {name: make_run(**{**made, **facts}) for name, facts in about.items()}
    build()
    return runs


@pytest.fixture
def people(observer, lead_chl, lead_jam, rep_chl, rep_jam, outsider, microsoft):
    return {
        "observer": observer, "lead_chl": lead_chl, "lead_jam": lead_jam, "rep_chl": rep_chl, "rep_jam": rep_jam,
        "partner": make_contact("Paula Partner", microsoft), "outsider": outsider, "visitor": None,
    }  # fmt: skip


def finds(person, words):
    """The reports, by their keys."""
    groups = search(person, words, kind="report").groups
    return {result.pk for group in groups for result in group.results}


def test_who_finds_which_report(runs, people):
    found = {name: finds(person, "2026") for name, person in people.items()}

    assert {kind: {name for name in people if run.pk in found[name]} for kind, run in runs.items()} == READERS


def test_each_finds_all_that_may_be_read_by_both_walls_and_no_more(runs, people):
    ready = [run.pk for name, run in runs.items() if name != "brief that failed"]
    for name, person in people.items():
        user = reader(person)
        with scope(PROGRAMME):
            by_queryset = set(Run.objects.visible_to(user).filter(pk__in=ready).values_list("pk", flat=True))
        with scope(reach_of(user)):
            by_wall = set(Run._base_manager.filter(pk__in=ready).values_list("pk", flat=True))
        assert finds(person, "2026") == by_queryset == by_wall, name


def test_the_index_itself_tells_of_a_report_only_those_who_read_it(runs, people):
    for name, person in people.items():
        with scope(reach_of(reader(person))):
            told = set(Entry.objects.filter(kind="report").values_list("object_id", flat=True))
        assert told == {run.pk for kind, run in runs.items() if name in READERS[kind]}, name


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("microsoft", {"agreement"}),
        ("ayuda incidentes", {"agreement"}),
        ("progress 2027", {"progress"}),
        ("caribbean", {"calendar"}),
        ("caribe", {"calendar"}),
        ("calendar december", {"calendar", "calendar of chile"}),
        ("region september", {"region"}),
        ("setembro", {"region", "bulletin"}),
        ("chile", {"calendar of chile", "brief"}),
    ],
)
def test_a_report_is_found_by_what_it_is_about(runs, observer, typed, names):
    assert finds(observer, typed) == {runs[name].pk for name in names}


def test_reports_of_one_kind_read_differently(runs, lead_chl):
    (group,) = search(lead_chl, "2026", kind="report").groups

    assert [text_of(result.title) for result in group.results] == [
        "Country brief, Chile",
        "Activities calendar, Chile, October 2026 to December 2026",
        "Region at a glance, July 2026 to September 2026",
    ]


def test_what_an_agreement_is_called_now_leads_to_its_report(runs, observer, agreement):
    with scope(PROGRAMME):
        Agreement.objects.filter(pk=agreement.pk).update(name_fr="Réponse aux incidents")
        Party.objects.create(agreement=agreement, partner=make_partner("Europol"))
    assert finds(observer, "europol") == finds(observer, "réponse") == set()
    sweep()

    assert finds(observer, "europol") == finds(observer, "réponse") == {runs["agreement"].pk}


def test_those_made_before_are_indexed_anew(runs, lead_jam):
    with scope(PROGRAMME):
        Entry.objects.filter(kind="report").update(audience="programme")
        Word.objects.filter(kind="report").update(audience="programme")
    assert finds(lead_jam, "2026") == set()
    with scope(PROGRAMME), connection.cursor() as cursor:
        cursor.execute(import_module("search.migrations.0014_reports_for_their_readers").STALE)
    sweep()

    assert finds(lead_jam, "2026") == {runs["region"].pk}
