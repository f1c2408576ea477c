"""Would anybody notice a slip in the wall of alerts? Each is put into the database, and what everybody sees looked at.

The tests of small faults (tests/mutation) change Python alone; the conditions of the wall are SQL, which stands in the
database. A slip is noticed when somebody of the cast reads, or may change, more or fewer alerts with it than without.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import psycopg2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection

from accounts.models import User
from common.scope import Reach, reach_of, scope
from common.tlp import Tlp
from common.walls import RowWall
from csirt_network.actions.audiences import make_audience
from csirt_network.models import Alert, Team
from csirt_network.models.labelled import READ, STAFF_READ, STAFF_WRITE, WRITE
from tests.access.visits import undone
from tests.conftest import OWNER
from tests.factories.alerts import make_alert, to_person, to_programme, to_team
from tests.factories.csirt_network import make_member

pytestmark = pytest.mark.django_db(transaction=True)
DRAFT = {"published_at": None, "year": None, "number": None, "version": 0}
# What of a condition may slip, and what stands there then.
SLIPS = (
    (r"\bAND\b", "OR"),
    (r"\bOR\b", "AND"),
    (r"<>", "="),
    (r"IS NOT NULL", "IS NULL"),
    (r"IS NULL", "IS NOT NULL"),
    (r"'[A-Z+]+'", "'none'"),
    (r"\{community\}", "true"),
    (r"\{teams\}", "{patrons}"),
    (r"\{patrons\}", "{teams}"),
    (r"\{person\}", "0"),
    (r"\bwith_programme\b", "NOT with_programme"),
)
COMMANDS = {"read": "SELECT", "write": "UPDATE"}
# Whoever is of a team is of the community as well, and so are the constituents of one: GREEN is theirs either way.
SAME = {
    ("read", "tlp IN ('none', 'AMBER', 'AMBER+STRICT')"),
    ("read", "tlp IN ('none', 'AMBER')"),
}


def slips(condition: str) -> Iterator[tuple[str, str]]:
    """(what it was and became, the condition with it)"""
    for pattern, other in SLIPS:
        for found in re.finditer(pattern, condition):
            slipped = condition[: found.start()] + other + condition[found.end() :]
            around = " ".join(slipped[max(0, found.start() - 50) : found.start() + 50].split())
            yield f"{found[0]} → {other} in …{around}…", slipped


@contextmanager
def in_the_database(role: str, which: str, condition: str) -> Iterator[None]:
    """The wall of alerts with another condition for one role, as its owner would have made it."""
    name = f'"alert_wall_{role}_{COMMANDS[which].lower()}"'
    right = {"oas_app": {"read": READ, "write": WRITE}, "oas_all": {"read": STAFF_READ, "write": STAFF_WRITE}}
    given = {**OWNER, "NAME": connection.settings_dict["NAME"]}
    owner = psycopg2.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"], password=given["PASSWORD"],
        dbname=given["NAME"],
    )  # fmt: skip
    owner.autocommit = True
    with owner.cursor() as cursor:
        try:
            cursor.execute(f"ALTER POLICY {name} ON csirt_network_alert USING ({in_sql(condition)})")
            yield
        finally:
            cursor.execute(f"ALTER POLICY {name} ON csirt_network_alert USING ({in_sql(right[role][which])})")
            owner.close()


def in_sql(condition: str) -> str:
    """As the wall tells it to the database."""
    wall = RowWall(name="x", read=condition)
    sql = wall.create_sql(Alert, SimpleNamespace(quote_name=lambda name: name))  # type: ignore[arg-type]
    return re.search(r"FOR SELECT TO oas_app USING \((.*?)\); CREATE", sql, re.DOTALL)[1]  # type: ignore[index]


@pytest.fixture
def people(officer, observer, lead_chl, rep_chl, analyst_chl, rep_banks, rep_jam, csirt_jam, outsider):
    colleague = make_member("Andy Another", csirt_jam, "representative")
    return [officer, observer, lead_chl, rep_chl, analyst_chl, rep_banks, rep_jam, colleague, outsider, None]


@pytest.fixture
def alerts(people, csirt_chl, csirt_jam, officer, rep_jam, lead_chl, outsider):
    """Under each label: the programme's and a team's, out and drafts, given to the programme or not, to all kinds."""
    chile, named = to_team(csirt_chl), [to_person(lead_chl), to_person(outsider)]
    for tlp in Tlp.values:
        to = named if tlp == Tlp.RED else [chile]
        for by, origin in ((officer, None), (rep_jam, csirt_jam)):
            make_alert(tlp, *to, by=by, origin=origin)
            make_alert(tlp, *to, by=by, origin=origin, **DRAFT)
        make_alert(tlp, *named, by=rep_jam, origin=csirt_jam)
        make_alert(tlp, *to, by=rep_jam, origin=csirt_jam, is_hidden=True)
        make_alert(tlp, *to, by=rep_jam, origin=csirt_jam, is_hidden=True, **DRAFT)
        if tlp != Tlp.RED:
            make_alert(tlp, chile, to_programme(), by=rep_jam, origin=csirt_jam)
    make_alert(Tlp.RED, to_person(officer), by=rep_jam, origin=csirt_jam, is_hidden=True)
    with scope(Reach(staff=True, person=officer.pk)):  # as it is written: its readers are worked out when it goes out
        audience = make_audience(origin=None, chosen=[to_person(lead_chl)], by=officer)
        Alert.objects.create(tlp=Tlp.RED, audience=audience, author=officer, with_programme=True, kind="warning")


def afresh(person):
    return User.objects.get(pk=person.pk) if person else AnonymousUser()


def reads(person):
    with scope(reach_of(afresh(person))):
        return set(Alert._base_manager.values_list("pk", flat=True))


def changes(person):
    """How many alerts the person could change, or that the database refuses what the wall lets through."""
    with scope(reach_of(afresh(person))), undone():
        try:
            return Alert._base_manager.update(closing="x")
        except DatabaseError as error:
            return str(error)


LOOKED_AT = {"read": reads, "write": changes}


def seen(people, which):
    return [LOOKED_AT[which](person) for person in people]


def let_through(people):
    """By the other wall, which stands in Python and does not slip here."""
    teams = tuple(Team.objects.values_list("pk", flat=True))
    found = []
    for person in people:
        of_person = set()
        for pk in {one.pk for one in people if one}:  # whose RED the database shows
            with scope(Reach(teams=teams, patrons=teams, community=True, staff=True, person=pk)):
                of_person |= set(Alert.objects.visible_to(afresh(person)).values_list("pk", flat=True))
        found.append(of_person)
    return found


@pytest.mark.parametrize(
    ("role", "which", "fixed", "condition"),
    [
        ("oas_app", "read", "", READ),
        ("oas_app", "write", "", WRITE),
        ("oas_all", "read", READ, STAFF_READ.removeprefix(READ)),
        ("oas_all", "write", "", STAFF_WRITE),
    ],
    ids=["read", "write", "staff read", "staff write"],
)
def test_every_slip_is_noticed(people, alerts, role, which, fixed, condition):
    """`fixed` is what was tried already."""
    before = seen(people, which)
    if which == "read":
        assert before == let_through(people)

    unnoticed = []
    for what, slipped in slips(condition):
        with in_the_database(role, which, fixed + slipped):
            if seen(people, which) == before:
                unnoticed.append(what)

    same = [what for what in unnoticed if any(kind == which and words in what for kind, words in SAME)]
    assert [what for what in unnoticed if what not in same] == []
