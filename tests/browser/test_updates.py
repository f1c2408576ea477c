"""Filling in an update where things are not ideal: no script, no mouse, and a colleague at the same answer."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from capability.drafts import Content
from capability.models import DraftAnswer, Edition, Round, Update
from capability.questions import threat_classes
from common.scope import PROGRAMME, Reach, scope
from member_states.models import MemberState
from tests.browser import filling
from tests.browser.visitor import PHONE, Visitor
from tests.capability.filling import answer as save
from tests.capability.filling import fill
from tests.factories.accounts import make_staff
from tests.factories.capability import make_round
from tests.factories.member_states import make_liaison

FIRST = "D1.1"
SAVE = re.compile("/save/$")
Visit = Callable[..., Visitor]


class Chile:
    """An update of Chile, open, with a lead liaison and a deputy."""

    def __init__(self, number: int) -> None:
        self.state = MemberState.objects.get(slug="chile")
        manager = make_staff(f"Marta Gestora {number}", "manager")
        self.lead = make_liaison(f"Camila Muestra {number}", self.state, language="es")
        self.deputy = make_liaison(f"Diego Muestra {number}", self.state, "deputy", language="en")
        Round.objects.filter(closed_at=None).update(closed_by=manager, closed_at="2026-01-01T00:00Z")
        self.round = make_round(Edition.objects.get(year=2021), by=manager, year=2030 + number, number=1)
        with scope(PROGRAMME):
            self.update = Update.objects.create(round=self.round, state=self.state, edition=self.round.edition)
        self.path = (self.state.slug, self.round.slug)

    def draft(self, question: str) -> DraftAnswer:
        with scope(Reach(states=(self.state.pk,))):
            return DraftAnswer.objects.get(update=self.update, question=question)


@pytest.fixture
def chile(published: None) -> Chile:
    return Chile(User.objects.count())


def test_without_script(chile: Chile, visit: Visit) -> None:
    """One section answered, a link added, and the update sent."""
    fill(chile.update, by=chile.deputy)
    levels = {threat.code: {"level": "low"} for threat in threat_classes()}
    save(chile.update, "threats", Content(facts=levels), by=chile.deputy)
    liaison = visit(chile.lead, java_script_enabled=False)
    section = filling.sections(liaison)[3]
    liaison.go("update-current")
    filling.open_section(liaison, section)
    for asked in section.questions:
        liaison.button("Change").filter(has_text=asked.title).click()
        filling.choose(liaison, asked, 3, f"Sin guiones: {asked.code}.")
        if asked.code == FIRST:
            filling.attach_link(liaison, "https://www.example.org/decreto")
        liaison.button("Done, next factor").click()
    filling.save_and_go_on(liaison, to=filling.sections(liaison)[4].title)
    liaison.go("update-current")
    liaison.link("Check your answers").last.click()
    liaison.button("Send the update").click()

    expect(liaison.heading("Update sent")).to_be_visible()
    with scope(PROGRAMME):
        sent = chile.update.submissions.get().answers.get(question=FIRST)
        assert (sent.stage, sent.text) == (3, f"Sin guiones: {FIRST}.")
        assert sent.evidence.get().link == "https://www.example.org/decreto"


def test_by_keyboard_alone(chile: Chile, visit: Visit) -> None:
    """From the home page into a section, through its first factor, and on."""
    liaison = visit(chile.lead)
    first = filling.question(liaison, FIRST)
    page = liaison.go("home")
    press(page, liaison.link("Start"))
    section = filling.sections(liaison)[3]
    press(page, page.get_by_role("main").get_by_role("link", name=re.compile(f"^{re.escape(section.title)}")))
    expect(page.get_by_role("heading", level=1)).to_have_text(section.title)
    stages = filling.answer_of(liaison, first).get_by_role("radio")
    tab_to(page, stages.first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Todo con el teclado.")
    press(page, liaison.button("Done, next factor"))

    expect(filling.answer_of(liaison, section.questions[1])).to_be_visible()
    saved = chile.draft(FIRST)
    assert (saved.stage, saved.text) == (3, "Todo con el teclado.")


def test_two_at_one_answer_see_both_texts(chile: Chile, visit: Visit) -> None:
    one, other = visit(chile.lead), visit(chile.deputy, viewport=PHONE)
    for visitor in (one, other):
        visitor.go("update-section", *chile.path, "policy-and-strategy")
    filling.choose(one, filling.question(one, FIRST), 2, "Lo que escribe Camila.")
    filling.wait_until_saved(one, "Lo que escribe Camila.")
    with other.expecting("409"):
        answer = filling.answer_of(other, filling.question(other, FIRST))
        answer.get_by_role("textbox").fill("What Diego writes.")
        answer.get_by_role("textbox").blur()
        told = other.page.get_by_role("alert").filter(has_text=chile.lead.name)
        expect(told).to_contain_text("Lo que escribe Camila.")
        expect(told).to_contain_text("What Diego writes.")
    assert chile.draft(FIRST).text == "Lo que escribe Camila."

    answer.get_by_role("radio", name=re.compile("^4 ")).check()
    other.button("Keep your answer").click()
    expect(told).to_have_count(0)
    assert (chile.draft(FIRST).stage, chile.draft(FIRST).text) == (4, "What Diego writes.")


def test_a_slow_line_does_not_contradict_itself(chile: Chile, visit: Visit) -> None:
    """The button is pressed while the last words are still on their way."""
    liaison = visit(chile.lead)
    page, first = liaison.go("update-section", *chile.path, "policy-and-strategy"), filling.question(liaison, FIRST)
    page.route(SAVE, slowly)
    with page.expect_request(SAVE):
        filling.choose(liaison, first, 2, "Primero")
    filling.answer_of(liaison, first).get_by_role("textbox").press_sequentially(" y después.")
    liaison.button("Done, next factor").click()

    expect(filling.answer_of(liaison, first)).to_have_count(0)
    page.unroute_all(behavior="ignoreErrors")
    assert chile.draft(FIRST).text == "Primero y después."


def slowly(route: Any) -> None:
    route.request.frame.page.wait_for_timeout(700)
    route.continue_()


def tab_to(page: Page, target: Any) -> None:
    target.wait_for()
    page.wait_for_load_state()
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError("The Tab key does not lead there")


def press(page: Page, target: Any) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")
