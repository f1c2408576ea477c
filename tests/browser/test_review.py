"""Deciding answers faster than the portal answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

from accounts.models import User
from capability.models import Edition
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from tests.browser import filling
from tests.browser.visitor import Visitor
from tests.factories.accounts import make_staff
from tests.factories.capability import make_round, make_submitted, make_update
from tests.factories.member_states import make_liaison

FIRST, SECOND = "D1.1", "D1.2"
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
    """The answer to the first one, made before the second one was, arrives after the answer to that."""
    left = officer.page.get_by_role("article").count()

    def be_late(route: Route) -> None:
        answer = route.fetch()
        decide(officer, SECOND)
        route.fulfill(response=answer)

    officer.page.route(f"**/review/1/{FIRST}/", be_late)
    decide(officer, FIRST)

    expect(card_of(officer, FIRST)).to_contain_text("Saved by Ana")
    said = officer.say_of(left - 2, "%(n)s answer left.", "%(n)s answers left.")
    expect(officer.page.get_by_text(said)).to_be_visible()


def card_of(officer: Visitor, code: str) -> Locator:
    asked = filling.question(officer, code)
    return officer.page.get_by_role("article", name=f"{asked.number} {asked.title}".strip())


def decide(officer: Visitor, code: str) -> None:
    card = card_of(officer, code)
    card.get_by_role("radio", name=officer.say("Accept"), exact=True).check()
    expect(card).to_contain_text("Saved by Ana")
