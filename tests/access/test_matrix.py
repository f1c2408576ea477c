"""Every route, method and role, as matrix.txt declares it: the code, the canaries, and that refusing changes nothing.

Three things hold for every cell: the answer is the one declared; no canary is heard out of its reach, in headers, body,
files or mails; and nothing changed unless an action was done. A GET writes to no table but those that are named in
common/middleware.py, and changes there nothing but the record that somebody read something. Where an officer reads
what a state said in an update and keeps from others, that record must be there.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.middleware import WRITTEN_AFTER_READING
from tests.access.canaries import words_of
from tests.access.payloads import PAYLOADS
from tests.access.routes import ADMINISTRATION, ARGUMENT, routes
from tests.access.tables import ROLES, rows
from tests.access.visits import leaks_of, visit

pytestmark = pytest.mark.django_db
MATRIX = [row for row in rows("matrix.txt") if not row.first.startswith(ADMINISTRATION)]
GETS = [row for row in MATRIX if row.second == "GET"]
POSTS = [row for row in MATRIX if row.second == "POST"]
ALLAUTH = ("sign-in/", "sign-out/", "password/")
# Other sides of a page, to be looked at as well.
QUERIES = {
    "states/<slug:state>/updates/<slug:round>/<slug:section>/": ("?open=D1.1",),
    "states/<slug:state>/updates/<slug:round>/history/": ("?question=D1.1", "?before=999999"),
    "states/<slug:slug>/maturity/": ("?round=2024-1", "?round=2026-2"),
    # Not by a canary itself: it would be marked, and so be heard no more.
    "search/": ("?q=chile", "?q=jamaica", "?q=jamaica&kind=answer", "?q=jamaika", "?q=phishing&state=chile"),
    "states/": ("?q=CANARY",),
    "agreements/": ("?q=CANARY", "?show=linked&status=in+force&partner_kind=private&point=3&objective=5", "?after=x"),
    "home/": ("?state=chile", "?state=jamaica"),
    "updates/": ("?status=in-progress", "?status=not-started", "?status=returned", "?status=accepted"),
    "region/": ("?open=all", "?edition=2021"),
    "reports/": ("?state=chile",),
    "alerts/": ("?tlp=AMBER", "?q=refund", "?before=9999-1", "?kind=warning&year=2026&rsit=fraud&origin=programme"),
    "alerts/<int:pk>/": ("?in=es", "?version=1"),
}
# What a state said in an update, and did not tell everybody.
ANSWERED = re.compile(r"CANARY-\w+-(SENT|STATES)-(answer-|(evidence|need|request|picture|strategy|threats?|version)\.)")
VALUE = re.compile(r"'(?:[^']|'')*'|\bx?[0-9]+\b|\b[0-9a-f]{32}\b|\bs[0-9]+_x[0-9]+\b")
NONCE = re.compile(rb'nonce="[^"]+"|nonce-[^\';]+|csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"')


def url_of(world, row, arguments=None):
    given = world.arguments(row.third) if arguments is None else arguments
    return "/" + ARGUMENT.sub(lambda found: str(given[found[1]]), row.first)


def named(rows_):
    return [pytest.param(row, id=row.name) for row in rows_]


def test_every_route_is_declared_and_every_row_is_live():
    live, declared = routes(), {(row.first, row.second) for row in MATRIX}
    unsaid = sorted(route for route, method in live if method == "*")

    assert not unsaid, f"say which methods these views take (require_safe, require_POST ...): {unsaid}"
    assert sorted(live - declared) == [], "declare these in matrix.txt"
    assert sorted(declared - live) == [], "these rows of matrix.txt are no pages any more"


def test_every_post_has_a_valid_body():
    assert {row.first for row in POSTS} == set(PAYLOADS)


@pytest.mark.parametrize("row", named(GETS))
def test_reading(world, row):
    faults = []
    for role, wanted in row.wanted().items():
        for query in ("", *QUERIES.get(row.first, ())):
            seen = visit(world, role, "GET", url_of(world, row) + query)
            faults += faults_of(role + query, seen, wanted)
            if role == "officer" and ANSWERED.search(words_of(seen.body)) and "accounts_auditentry" not in seen.written:
                faults.append("an officer reads what a state said, and it is not recorded")
            if beyond := seen.changed | (seen.written - set(WRITTEN_AFTER_READING)):
                faults.append(f"{role}: reading changed {sorted(beyond)}")

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("row", named(POSTS))
def test_acting(world, row):
    faults = []
    for role, wanted in row.wanted().items():
        body = PAYLOADS[row.first](world)
        seen = visit(world, role, "POST", url_of(world, row), body, compares_what_is_done=False)
        faults += faults_of(role, seen, wanted)
        if seen.code != "." and seen.changed:
            faults.append(f"{role}: refused, and yet it changed {sorted(seen.changed)}")

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("row", named(POSTS))
def test_acting_with_an_empty_form(world, row):
    """Whoever may not is told so before anything that was sent is looked at; one who may hears what is missing."""
    faults, cells = [], row.wanted()
    served = [role for role, code in cells.items() if code == "."]
    for role, wanted in cells.items():
        if role in served[1:]:
            continue
        seen = visit(world, role, "POST", url_of(world, row), {})
        also = wanted if wanted in "LFN" or seen.code not in ".M" else seen.code
        faults += faults_of(role, seen, also)
        if seen.code != "." and seen.changed:
            faults.append(f"{role}: refused, and yet it changed {sorted(seen.changed)}")

    assert not faults, "\n".join(faults)


def faults_of(role, seen, wanted):
    found = [] if seen.code == wanted else [f"{role}: {seen.code} instead of {wanted} {seen.error}"]
    return found + ([f"{role}: heard {sorted(seen.leaked)}"] if seen.leaked else [])


@pytest.mark.parametrize("row", named(row for row in MATRIX if "N" in row.cells and "<" in row.first))
def test_what_is_foreign_looks_like_what_is_absent(world, row):
    """The same status, the same bytes and the same questions to the database: nobody learns whether it exists, from the
    time it takes neither."""
    body = PAYLOADS[row.first](world) if row.second == "POST" else None
    for role in ("own", "other"):
        if row.wanted()[role] != "N":
            continue
        foreign, absent = url_of(world, row), url_of(world, row, world.absent(row.third))
        with CaptureQueriesContext(connection) as of_foreign:
            there = visit(world, role, row.second, foreign, body)
        with CaptureQueriesContext(connection) as of_absent:
            nowhere = visit(world, role, row.second, absent, body)

        assert (there.status, plain(there, foreign)) == (nowhere.status, plain(nowhere, absent)), role
        if role == "other":  # what is not there for `own` may be a part that their own thing lacks
            assert shapes(of_foreign) == shapes(of_absent), role


def shapes(queries):
    return [VALUE.sub("?", query["sql"]) for query in queries]


def plain(seen, url):
    return NONCE.sub(b"", seen.body).replace(url.encode(), b"")


@pytest.mark.parametrize("row", named({row.first: row for row in MATRIX}.values()))
def test_other_methods_are_refused(world, row):
    """Nothing answers to a method that is not declared, but for allauth's views, whose PUT is their POST."""
    declared = {other.second for other in MATRIX if other.first == row.first}
    for method in {"POST", "PUT", "PATCH", "DELETE"} - declared:
        for role in ("own", "manager"):
            seen = visit(world, role, method, url_of(world, row))

            assert seen.code in "LFNM" or row.first.startswith(ALLAUTH), f"{role} {method}: {seen.code} {seen.error}"
            assert not seen.changed | seen.leaked


def test_mails_say_nothing_out_of_reach(world):
    for mail in world.mails():
        assert not leaks_of(world, mail)


CONTROLS = (
    ("own", "states/<slug:state>/updates/<slug:round>/<slug:section>/", "update:draft", "CHL-DRAFT"),
    ("deputy", "files/<uuid:token>/", "file:unsent", "CHL-DRAFT"),
    ("own", "states/<slug:state>/updates/<slug:round>/<slug:section>/", "update:returned", "CHL-SENT"),
    ("officer", "states/<slug:state>/updates/<slug:round>/review/", "update:objected", "CHL-HELD"),
    ("observer", "states/<slug:state>/updates/<slug:round>/review/", "update:objected", "CHL-SENT"),
    ("observer", "states/<slug:state>/updates/<slug:round>/review/", "update:objected", "CHL-DESK"),
    ("officer", "mail/<slug:name>/", "mail", "CHL-SENT"),
    ("own", "search/", "", "CHL-SENT"),
    ("anon", "alerts/", "", "CHL-PUBLIC"),
    ("sector", "alerts.csv", "", "CHL-CONSTITUENTS"),
    ("analyst", "alerts/<int:pk>/", "alert:team", "CHL-TEAM"),
    ("team", "alerts/<int:pk>/", "alert:named", "CHL-NAMED"),
    ("observer", "alerts/<int:pk>/answers/", "alert:constituents", "CHL-ANSWERED"),
    ("anon", "search/", "", "JAM-PUBLIC"),
    ("own", "training/<slug:slug>/", "course", "CHL-SENT"),
    ("observer", "training/<slug:slug>/selection/", "course", "JAM-SENT"),
    ("observer", "training/<slug:slug>/evaluation/", "course", "CHL-DESK"),
    ("other", "training/<slug:slug>/", "course", "CHL-STATES"),
)


@pytest.mark.parametrize(("role", "route", "thing", "heard"), CONTROLS)
def test_the_canaries_do_sing(world, role, route, thing, heard):
    """A sweep that hears nothing proves nothing."""
    row = next(row for row in GETS if (row.first, row.third) == (route, thing))
    seen = [visit(world, role, "GET", url_of(world, row) + query) for query in ("", *QUERIES.get(route, ()))]

    assert any(heard in one.heard for one in seen)


def test_roles_and_readers_are_the_same(world):
    assert set(world.clients) == set(ROLES)
