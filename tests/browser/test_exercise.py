"""A two-hour exercise of twelve teams at an accelerated clock, whose worker is killed and started again half way.

An inject is read when its minute has come, whatever runs; each is announced once by mail, whatever was stopped.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from action_plan.models import Exercise, Inject, InjectNotice
from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from member_states.models import MemberState
from tests.browser.portal import Portal, eventually
from tests.browser.visitor import Visitor
from tests.factories.accounts import make_staff
from tests.factories.csirt_network import make_member, make_team
from tests.factories.exercises import again, make_exercise, make_inject

TEAMS, MINUTES, EVERY = 12, 120, 10
SPEED = 360  # two hours in twenty seconds
Visit = Callable[..., Visitor]


class Exercised:
    """Twelve teams with a representative each, and an inject every ten minutes, the first at once."""

    def __init__(self) -> None:
        self.director = make_staff("Dora Directora", "officer")
        with scope(PROGRAMME):
            states = MemberState.objects.order_by("slug")[:TEAMS]
            self.teams: list[Team] = [make_team(f"Team {n:02}", state) for n, state in enumerate(states)]
            self.people = [make_member(f"Person of team {n:02}", team) for n, team in enumerate(self.teams)]
            facts = {"name": "Exercise Ceiba", "speed": SPEED, "minutes": MINUTES, "status": "ready"}
            self.exercise = make_exercise(self.director, *self.teams, **facts)
            for number, minute in enumerate(range(EVERY, MINUTES, EVERY), start=2):
                make_inject(self.exercise, number, due_minute=minute)
        self.titles = [f"{n}. Inject {n}" for n in range(1, MINUTES // EVERY + 1)]

    def minute(self) -> int:
        with scope(PROGRAMME, read_only=True):
            found: Any = again(self.exercise)
        return int(found.seconds // 60)

    def announced(self) -> int:
        with scope(PROGRAMME, read_only=True):
            return InjectNotice.objects.filter(exercise=self.exercise).count()

    def out(self) -> int:
        with scope(PROGRAMME, read_only=True):
            return Inject.objects.out().filter(exercise=self.exercise).count()


@pytest.fixture
def quick_leases(portal: Portal) -> Any:
    """What a killed worker held is taken again after three seconds."""
    before = dict(portal.environment)
    portal.environment |= {"OAS_LEASE_SECONDS": "3"}
    yield
    portal.environment = before


def test_two_hours_with_twelve_teams_and_a_worker_that_dies(
    portal: Portal, published: None, quick_leases: None, visit: Visit
) -> None:
    told = Exercised()
    director, page = visit(told.director), told.exercise.get_absolute_url()
    teams = [visit().come_back(person) for person in told.people]
    for team in teams:
        team.page.goto(page)
    portal.start_worker()
    try:
        _play(portal, told, director, teams)
    finally:
        portal.end_worker()

    for team in teams:
        _saw_everything_once(team, told, page)
    _was_told_once(portal, told)


def _play(portal: Portal, told: Exercised, director: Visitor, teams: list[Visitor]) -> None:
    director.page.goto(told.exercise.get_absolute_url())
    director.button("Start the clock").click()
    expect(director.heading("Exercise Ceiba")).to_be_visible()
    beat(portal, lambda: told.minute() >= MINUTES // 2, "the half of the exercise")

    portal.kill_worker()
    known, minute = told.announced(), told.minute()
    eventually(lambda: told.minute() >= minute + 2 * EVERY, "twenty minutes more")
    assert told.announced() == known  # nobody announces, and yet it comes:
    last = told.titles[minute // EVERY + 1]
    for team in teams[:3]:
        team.page.goto(told.exercise.get_absolute_url())
        expect(team.page.get_by_role("link", name=last, exact=True)).to_be_visible()

    portal.start_worker()
    beat(portal, lambda: told.minute() >= MINUTES, "the end of the exercise")
    director.page.goto(f"{told.exercise.get_absolute_url()}live/")
    director.button("End the exercise").click()
    beat(portal, lambda: told.announced() == TEAMS * len(told.titles), "every team to be told of every inject")
    beat(portal, lambda: len(of_injects(portal)) >= TEAMS * len(told.titles), "all mails")


def beat(portal: Portal, holds: Callable[[], bool], what: str) -> None:
    """As beat does once a minute, here whenever it is looked."""

    def _rung() -> bool:
        portal.ring("action_plan.tasks.announce_injects")
        portal.ring("notices.tasks.sweep")
        return holds()

    eventually(_rung, what, pause=1)


def of_injects(portal: Portal) -> list[tuple[str, str]]:
    return [envelope for envelope in portal.mailbox.envelopes() if "has come" in envelope[1]]


def _saw_everything_once(team: Visitor, told: Exercised, page: str) -> None:
    team.page.goto(page)
    rows = team.page.locator("#come li")
    expect(rows).to_have_count(len(told.titles))
    shown = [" ".join(text.split()) for text in rows.all_inner_texts()]
    for number, title in enumerate(reversed(told.titles)):
        minute = (len(told.titles) - 1 - number) * EVERY
        assert title in shown[number]
        assert f"came at minute {minute}" in shown[number]


def _was_told_once(portal: Portal, told: Exercised) -> None:
    counts = Counter(of_injects(portal))
    subjects = [f"Exercise Ceiba: inject {n} has come" for n in range(1, len(told.titles) + 1)]
    assert set(counts) == {(person.email, subject) for person in told.people for subject in subjects}
    with scope(PROGRAMME, read_only=True):
        assert Exercise.objects.get(pk=told.exercise.pk).status == "ended"
    ids = [str(letter["Message-ID"]) for letter in portal.mailbox.letters() if "has come" in str(letter["Subject"])]
    assert len(set(ids)) == len(counts)  # what the killed worker had just sent may go out again, under its own name
    assert len(ids) - len(counts) <= 2
