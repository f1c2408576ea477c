"""A page asks the database as often for thirty states as for two: for every page and each kind of reader it serves.

Where several people of one kind may open a page, they take turns, page by page.

Counted is every statement of a request: the four that ask who it is (session, person, memberships, roles) and those of
the page. What opens and closes transactions and savepoints and sets their scope is not counted, because tests nest
more of them than the portal does.
"""

from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from capability.models import Round
from common.scope import PROGRAMME, scope
from documents.models import Source
from invitations.models import Invitation
from member_states.models import MemberState
from reporting.models import Run, Schedule
from tests.access.canaries import CHILE
from tests.access.states import State
from tests.access.tables import ROLES
from tests.access.test_matrix import GETS, url_of
from tests.access.visits import undone
from tests.conftest import take_statistics
from tests.factories.member_states import make_liaison, make_state

pytestmark = pytest.mark.django_db
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config")
# The most that a page may ask; where a page is not named, MOST holds.
MOST = 20
PLAN_PAGES = (
    "",
    "plan.csv",
    "plan.xlsx",
    "offer/",
    "points/<int:point>/",
    *(f"versions/<int:number>/{p}" for p in ("", "sign/")),
)
LIMITS = {
    "region/": 28,
    "my-turn/": 48,  # a question or two for each kind of duty that may concern the person
    "states/": 12,
    # With the two that record who of the programme read it.
    "states/<slug:slug>/": 28,
    "states/<slug:state>/updates/<slug:round>/submissions/<int:number>/": 22,
    **{f"states/<slug:slug>/{page}/": 23 for page in ("csirt", "strategy", "threats", "requests", "needs")},
    "updates/": 10,
    "home/": 31,
    "states/<slug:slug>/compare/": 15,  # with the two that record who of the programme read it
    **{page: 38 for page in ("sources/", "sources.csv", "sources.xlsx")},
    "files/<uuid:token>/replace/": 24,
    "states/<slug:slug>/documents/": 22,
    "states/<slug:state>/sharing/": 24,
    "states/<slug:state>/updates/<slug:round>/": 25,
    "states/<slug:state>/updates/<slug:round>/<slug:section>/": 23,
    "states/<slug:state>/updates/<slug:round>/check/": 28,
    "states/<slug:state>/updates/<slug:round>/colleagues/<int:pk>/": 23,
    "states/<slug:state>/updates/<slug:round>/review/": 26,
    "states/<slug:state>/updates/<slug:round>/form.xlsx": 45,
    "alerts/<int:pk>/": 27,  # its parts, what teams answered, saw and said, and who opened it
    # A plan: its versions and steps, its text with the names of its needs, its activities, and what holds today.
    "plans/": 22,
    "states/<slug:slug>/plan/": 36,
    **{f"states/<slug:slug>/plan/<int:pk>/{page}": 36 for page in PLAN_PAGES},
    # An agreement: parties, people, instruments, activities, links, documents, amendments, moves, and its blocks.
    "agreements/<slug:slug>/": 45,
    "activities/<slug:slug>/": 26,  # with the record of each point that it may have, a question each
    "operations/<slug:slug>/": 32,  # log, evidence with custody, actions, people, alerts, figures, its life
    "health/ready/": 60,
}
KINDS = (
    ("own", "deputy", "other"),
    ("team", "analyst", "sector", "foreign"),
    ("officer", "manager"),
    ("observer",),
    ("admin",),
    ("partner",),
    ("anon", "ended", "disabled"),
)
Counts = dict[tuple[str, str], list[str]]


def test_thirty_states_ask_no_more_than_two(world: Any) -> None:
    few = counts(world)
    grow(world)
    take_statistics()
    many = counts(world)
    faults = [report(page, few[page], many[page]) for page in few if len(few[page]) != len(many[page])]

    faults += [f"{page}: {len(asked)} queries" for page, asked in many.items() if len(asked) > limit(page[1])]

    assert not faults, "\n".join(faults)


def limit(page: str) -> int:
    return LIMITS.get(page.split()[0] if page else "", MOST)


def counts(world: Any) -> Counts:
    """What is asked, by (person, route)."""
    found: Counts = {}
    for number, row in enumerate(PAGES):
        for role in readers(row, number):
            found[role, f"{row.first} {row.third}".strip()] = asked(world, role, url_of(world, row))
    return found


def readers(row: Any, number: int) -> list[str]:
    """One of each kind that the page serves."""
    served = [role for role, code in row.wanted().items() if code == "."]
    kinds = [[role for role in kind if role in served] for kind in KINDS]
    return [kind[number % len(kind)] for kind in kinds if kind]


def test_every_role_is_of_a_kind() -> None:
    assert {role for kind in KINDS for role in kind} == set(ROLES)


# Every page once, and those of an update in the two statuses that show most.
PAGES = list({(row.first, row.third in ("update:returned", "update:accepted")): row for row in GETS}.values())


def asked(world: Any, role: str, url: str) -> list[str]:
    client = world.clients[role]
    client.cookies = SimpleCookie(world.cookies[role])
    statements: list[str] = []

    def note(execute: Any, sql: Any, *rest: Any) -> Any:
        statements.append(str(sql))
        return execute(sql, *rest)

    with undone(), connection.execute_wrapper(note):
        try:
            response = client.get(url)
            b"".join(response.streaming_content) if response.streaming else response.content
        except Exception as error:
            raise AssertionError(f"{role} {url} fails: {error}") from error
    return [sql for sql in statements if not sql.startswith(CONTROL)]


def report(page: tuple[str, str], few: list[str], many: list[str]) -> str:
    """With the statement that is asked again and again."""
    starts = [sql[:120] for sql in many]
    most = max(set(starts), key=lambda sql: starts.count(sql) - [asked[:120] for asked in few].count(sql))
    return f"{page}: {len(few)}, then {len(many)}; most often {most}"


def grow(world: Any) -> None:
    """Twenty-eight states more with all that the first two have; for Chile more rounds; more of everything else."""
    for number in range(28):
        state = make_state(f"state-{number}")
        State(world, CHILE, state.slug, make_liaison(f"Liaison {number}", state))
    for number in range(3, 9):
        rounds = {f"more-{number}": a_round(world, number)}
        world.rounds |= rounds
    state = world.things["chile"]["state"]
    state.more_updates([f"more-{number}" for number in range(3, 9)])
    Source.objects.bulk_create(Source(key=f"source-{n}", title=f"Source {n}") for n in range(28))
    with scope(PROGRAMME):
        Invitation.objects.bulk_create(an_invitation(world, number) for number in range(20))
        schedules = Schedule.objects.bulk_create(
            Schedule(languages=["en"], every="month", day=1, at="09:00", made_by=world.people["officer"])
            for _ in range(10)
        )
        for schedule in schedules:
            schedule.states.set(world.state_ids)
            schedule.recipients.set([world.people["officer"], world.people["observer"]])
        Run.objects.bulk_create(
            Run(slot=timezone.now(), state=state.state, languages=["en"], status=status, schedule=schedules[0])
            for status in ("queued", "running", "failed")
        )


def an_invitation(world: Any, number: int) -> Invitation:
    """Half of them deputies of Chile, half officers."""
    of_chile = {"role": "deputy", "state": MemberState.objects.get(slug="chile")}
    what = of_chile if number % 2 else {"role": "officer"}
    until = timezone.now() + timedelta(hours=72)
    asked = {"invited_by": world.people["manager"], "language": "en", "expires_at": until}
    return Invitation(email=f"person-{number}@example.org", name=f"Person {number}", **what, **asked)


def a_round(world: Any, number: int) -> Round:
    today, now = timezone.localdate(), timezone.now()
    return Round.objects.create(
        year=2020,
        number=number,
        slug=f"2020-{number}",
        edition=world.edition,
        period_from=today - timedelta(days=300),
        period_to=today - timedelta(days=200),
        due_on=today - timedelta(days=190),
        opened_by=world.staff,
        opened_at=now - timedelta(days=250),
        closed_by=world.staff,
        closed_at=now - timedelta(days=150),
    )
