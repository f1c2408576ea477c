"""Deciding answers faster than the portal answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

from accounts.models import User
from capability.actions.reviewing import decide as make_decision
from capability.models import Edition, Submission
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from tests.browser import filling
from tests.browser.visitor import Visitor
from tests.factories.accounts import make_staff
from tests.factories.capability import make_round, make_submitted, make_update
from tests.factories.member_states import make_liaison

FIRST, SECOND, THIRD = "D1.1", "D1.2", "D1.3"
Visit = Callable[..., Visitor]


@pytest.fixture
def officer(published: None, visit: Visit) -> Visitor:
    """At the review of Chile's update."""
    chile, number = MemberState.objects.get(slug="chile"), User.objects.count()
    manager = make_staff(f"Marta Gestora {number}", "manager")
    round = make_round(Edition.objects.get(year=2021), by=manager, year=2040 + number, number=1)
    with scope(PROGRAMME):
        make_submitted(make_update(round, chile), by=make_liaison(f"Camila Muestra {number}", chile))
    visitor = visit(make_staff(f"Ana Ejemplo {number}", "officer"))
    visitor.go("update-review", "chile", round.slug)
    return visitor


def test_decisions_that_overtake_one_another_are_all_counted(officer: Visitor) -> None:
    left = officer.page.get_by_role("article").count()

    overtake(officer)

    expect(card_of(officer, FIRST)).to_contain_text("Saved by Ana")
    expect(officer.page.get_by_text(answers_left(officer, left - 2))).to_be_visible()


def test_a_decision_while_the_count_is_asked_anew_hinders_nothing(officer: Visitor) -> None:
    def be_late(route: Route) -> None:
        answer = route.fetch()
        decide(officer, THIRD)
        route.fulfill(response=answer)

    decided_but(officer, FIRST, SECOND, THIRD)
    officer.page.route("**/review/", be_late)
    overtake(officer)
    expect(officer.page.get_by_text(officer.say("Every answer is decided."))).to_be_visible()
    officer.page.unroute("**/review/")
    officer.button("Accept the update").click()

    expect(officer.page.get_by_text("The update of Chile is accepted.")).to_be_visible()


def test_what_stands_below_a_decision_stays_where_it_is(officer: Visitor) -> None:
    """A click whose target moves away between press and release is lost."""
    before = place_of(officer, SECOND)

    decide(officer, FIRST)

    assert place_of(officer, SECOND) == before


def test_a_decision_that_the_network_loses_is_said_to_be_lost(officer: Visitor) -> None:
    officer.page.route(f"**/review/1/{FIRST}/", lambda route: route.abort())

    with officer.expecting("ERR_FAILED|htmx:sendError"):
        accept(officer, FIRST)
        expect(card_of(officer, FIRST)).to_contain_text("Not saved.")


def test_a_count_that_could_not_be_asked_for_is_asked_for_again(officer: Visitor) -> None:
    left, asked = officer.page.get_by_role("article").count(), []

    def break_once(route: Route) -> None:
        asked.append(1)
        if len(asked) == 1:
            route.fulfill(status=502, body="")
        else:
            route.continue_()

    officer.page.route("**/review/", break_once)
    with officer.expecting("502|htmx:responseError"):
        overtake(officer)
        expect(officer.page.get_by_text(answers_left(officer, left - 2))).to_be_visible()

    assert len(asked) == 2


def overtake(officer: Visitor) -> None:
    """The answer to the first one, made before the second one was, arrives after the answer to that."""

    def be_late(route: Route) -> None:
        answer = route.fetch()
        decide(officer, SECOND)
        route.fulfill(response=answer)

    officer.page.route(f"**/review/1/{FIRST}/", be_late)
    decide(officer, FIRST)


def decided_but(officer: Visitor, *open_ones: str) -> None:
    with scope(PROGRAMME):
        sent = Submission.objects.latest("pk")
        for answer in sent.answers.exclude(question__in=open_ones).select_related("submission", "update"):
            make_decision(answer=answer, by=officer.person, verdict="accept", comment="", version=0)
    officer.page.reload()


def answers_left(officer: Visitor, count: int) -> str:
    return officer.say_of(count, "%(n)s answer left.", "%(n)s answers left.")


def card_of(officer: Visitor, code: str) -> Locator:
    asked = filling.question(officer, code)
    return officer.page.get_by_role("article", name=f"{asked.number} {asked.title}".strip())


def place_of(officer: Visitor, code: str) -> float:
    """In pixels from the top of the page."""
    return float(card_of(officer, code).evaluate("card => Math.round(card.getBoundingClientRect().top + scrollY)"))


def decide(officer: Visitor, code: str) -> None:
    accept(officer, code)
    expect(card_of(officer, code)).to_contain_text("Saved by Ana")


def accept(officer: Visitor, code: str) -> None:
    card_of(officer, code).get_by_role("radio", name=officer.say("Accept"), exact=True).check()
