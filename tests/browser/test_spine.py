"""The main job, end to end: three people in three languages, every process real."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

from accounts.models import User
from capability.models import Answer, Round
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from reporting.forms import ScheduleForm
from reporting.models import Run, Schedule
from tests.browser import filling
from tests.browser.portal import Portal, eventually
from tests.browser.visitor import PHONE, Visitor
from tests.factories.accounts import make_staff
from tests.factories.member_states import make_liaison

BEFORE, AFTER = 4, 5  # the stage of the first factor: as it is sent first, and as it is mended
FACTOR, COMMENT = "D1.1", "Please attach the decree of 2025."
MENDED = "El decreto de 2025 está en vigor."
LINK = "https://www.example.org/decreto"

Visit = Callable[..., Visitor]


class People:
    def __init__(self) -> None:
        state = MemberState.objects.get
        self.manager = make_staff("Marta Gestora", "manager", language="pt-br", time_zone="America/Sao_Paulo")
        self.officer = make_staff("Ana Ejemplo", "officer")
        self.observer = make_staff("Olive Watcher", "observer")
        self.chile = make_liaison("Camila Muestra", state(slug="chile"), language="es", time_zone="America/Santiago")
        self.jamaica = make_liaison("Marcus Sample", state(slug="jamaica"), time_zone="America/Jamaica")
        self.brazil = make_liaison("Beatriz Amostra", state(slug="brazil"), language="pt-br")


@pytest.fixture
def people(worker: Portal) -> People:
    return People()


def test_from_the_round_to_the_brief(people: People, worker: Portal, visit: Visit) -> None:
    chile = MemberState.objects.get(slug="chile")
    manager = visit(people.manager)
    open_round(manager, invited=("chile", "jamaica"))
    assert worker.mailbox.wait_for(2) == sorted([opened(people.chile), opened(people.jamaica)])

    before_lunch = visit(people.chile)
    begin(before_lunch)
    before_lunch.context.close()  # in the middle, without a goodbye
    liaison = visit(people.chile, viewport=PHONE, is_mobile=True, has_touch=True)
    resume_and_send(liaison)
    worker.mailbox.wait_for(5)

    officer = visit(people.officer)
    return_one(officer)
    assert profile_of(chile) is None
    worker.mailbox.wait_for(6)
    mend_and_send(liaison)
    worker.mailbox.wait_for(9)
    assert stage_on_pages(officer) != str(AFTER)
    accept(officer)
    worker.mailbox.wait_for(10)

    assert profile_of(chile) == AFTER
    assert stage_on_pages(officer) == str(AFTER)

    schedule(manager, people)
    make_due(worker)
    assert str(AFTER) in brief_of(worker, officer)
    assert_mail(people, worker)


# The round -----------------------------------------------------------------------------------------------------------


def open_round(manager: Visitor, *, invited: tuple[str, ...]) -> None:
    page = manager.go("round-list")
    manager.link("Open a round").first.click()
    names = [manager.name_of(state) for state in MemberState.objects.filter(slug__in=invited)]
    filling.uncheck_all(manager)
    for name in names:
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_label(manager.say("due on"), exact=False).fill(f"{timezone.localdate() + timedelta(days=30):%Y-%m-%d}")
    manager.button("Continue").click()
    expect(manager.heading("Open this round?")).to_be_visible()
    manager.button("Open the round").click()
    said = manager.say("The round is open. The liaisons of the invited states get a mail now.")
    expect(page.get_by_text(said)).to_be_visible()


# The update ----------------------------------------------------------------------------------------------------------


def begin(liaison: Visitor) -> None:
    """CSIRT and strategy, then the first factor: typed, saved by itself, and left."""
    liaison.go("home")
    liaison.link("Start").click()
    csirt, strategy, threats, first, *_rest = filling.sections(liaison)
    filling.open_section(liaison, csirt)
    liaison.button("Still true").click()
    expect(liaison.button("Still true")).to_have_count(0)
    filling.save_and_go_on(liaison, to=strategy.title)
    state_strategy(liaison)
    filling.save_and_go_on(liaison, to=threats.title)
    liaison.link("All sections").click()
    filling.open_section(liaison, first)
    filling.choose(liaison, filling.question(liaison, FACTOR), BEFORE, "El decreto está en preparación.")
    filling.wait_until_saved(liaison, "El decreto está en preparación.")


def state_strategy(liaison: Visitor) -> None:
    step = liaison.page.get_by_role("group", name=liaison.say("Where does the national strategy stand?"))
    step.get_by_role("radio").last.check()
    in_force = liaison.page.get_by_role("group", name=liaison.say("Is an adopted strategy in force?"))
    in_force.get_by_role("radio", name=liaison.say("Yes"), exact=True).check()
    liaison.page.get_by_role("textbox", name=liaison.say("Title")).first.fill("Política Nacional de Ciberseguridad")


def resume_and_send(liaison: Visitor) -> None:
    """On a phone, from the home page: what was typed is there."""
    page = liaison.page
    liaison.go("home")
    liaison.link("Continue").click()
    first = filling.question(liaison, FACTOR)
    _csirt, _strategy, threats, *dimensions, requests = filling.sections(liaison)
    filling.open_section(liaison, dimensions[0])
    liaison.button("Change").filter(has_text=first.title).click()
    expect(filling.answer_of(liaison, first).get_by_role("textbox")).to_have_value("El decreto está en preparación.")
    expect(filling.answer_of(liaison, first).get_by_role("radio", name=re.compile(f"^{BEFORE} "))).to_be_checked()
    filling.attach_file(liaison, "borrador.pdf", small_pdf())
    filling.attach_link(liaison, LINK)
    liaison.button("Done, next factor").click()
    filling.answer_factors(liaison, dimensions[0], BEFORE, but=FACTOR)
    for dimension in dimensions[1:]:
        filling.save_and_go_on(liaison, to=dimension.title)
        filling.answer_factors(liaison, dimension, BEFORE)
    filling.save_and_go_on(liaison, to=requests.title)
    page.get_by_role("textbox").first.fill("Un ejercicio nacional")
    filling.save_and_go_on(liaison, to=liaison.say("Check your answers before you send them"))
    liaison.link("All sections").click()
    filling.open_section(liaison, threats)
    filling.rate_threats(liaison)
    filling.save_and_go_on(liaison, to=dimensions[0].title)
    send(liaison)


def send(liaison: Visitor) -> None:
    liaison.go("update-current")
    liaison.link("Check your answers").last.click()
    liaison.button("Send the update").click()
    expect(liaison.heading("Update sent")).to_be_visible()


def mend_and_send(liaison: Visitor) -> None:
    liaison.go("home")
    expect(liaison.page.get_by_text(COMMENT)).to_be_visible()
    liaison.link("Mend the answer").click()
    liaison.arrive(filling.sections(liaison)[3].title)
    expect(liaison.page.get_by_text(COMMENT)).to_be_visible()
    filling.choose(liaison, filling.question(liaison, FACTOR), AFTER, MENDED)
    filling.attach_file(liaison, "decreto.pdf", small_pdf())
    filling.save_and_go_on(liaison, to=filling.sections(liaison)[4].title)
    send(liaison)


def small_pdf() -> bytes:
    writer, held = PdfWriter(), BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.write(held)
    return held.getvalue()


# The review ----------------------------------------------------------------------------------------------------------


def open_review(officer: Visitor) -> None:
    officer.go("region")
    officer.link("Updates").first.click()
    officer.page.get_by_role("table").get_by_role("link", name="Chile").click()
    officer.arrive(officer.say("Review %(state)s’s update", state="Chile"))


def card_of(officer: Visitor, code: str) -> Any:
    asked = filling.question(officer, code)
    return officer.page.get_by_role("article", name=f"{asked.number} {asked.title}".strip())


def return_one(officer: Visitor) -> None:
    open_review(officer)
    returned = card_of(officer, FACTOR)
    expect(returned.get_by_role("link", name=re.compile("borrador.pdf"))).to_be_visible()
    for section in filling.sections(officer):
        for asked in section.questions:
            if asked.code != FACTOR:
                card_of(officer, asked.code).get_by_role("radio", name=officer.say("Accept"), exact=True).check()
    returned.get_by_role("radio", name=officer.say("Return with a comment")).check()
    returned.get_by_role("textbox").fill(COMMENT)
    expect(officer.page.get_by_text(officer.say("Every answer is decided."))).to_be_visible()
    finish(officer, "Return %(n)s answer to %(state)s", "Return %(n)s answers to %(state)s", state="Chile")


def finish(officer: Visitor, one: str, many: str, **known: Any) -> None:
    officer.page.get_by_role("button", name=officer.say_of(1, one, many, **known)).click()
    expect(officer.page).to_have_url(re.compile(reverse("update-inbox") + "$"))


def accept(officer: Visitor) -> None:
    """Only what was mended is to be decided again."""
    open_review(officer)
    mended = card_of(officer, FACTOR)
    expect(mended).to_contain_text(MENDED)
    expect(mended).to_contain_text(COMMENT)
    mended.get_by_role("radio", name=officer.say("Accept"), exact=True).check()
    finish(officer, "Accept the update", "Accept the update")


# What changed --------------------------------------------------------------------------------------------------------


def profile_of(state: MemberState) -> int | None:
    with scope(PROGRAMME):
        current = Answer.objects.current().filter(state=state, question=FACTOR)
        return current.values_list("stage", flat=True).first()


def stage_on_pages(reader: Visitor) -> str:
    """Of the first factor, as the table of the region, the state's page and its answers show it: all say the same."""
    page, asked = reader.page, filling.question(reader, FACTOR)
    reader.go("region")
    region = page.get_by_role("table").last
    region.get_by_role("link", name=re.compile(f"^{reader.say('South America')}")).click()
    row = region.get_by_role("row", name=re.compile("^Chile"))
    matrix = digit(row.locator("td:not(.matrix__gap)").first)
    reader.go("state-detail", "chile")
    state = digit(page.get_by_role("row", name=re.compile(f"^{re.escape(asked.title)}")).get_by_role("cell").last)
    assert matrix == state
    if matrix == str(AFTER):
        reader.go("state-maturity", "chile")
        answer = page.get_by_role("article").filter(has=page.get_by_role("heading", name=asked.title))
        expect(answer).to_contain_text(MENDED)
    return matrix


def digit(cell: Any) -> str:
    return cell.inner_text().split()[0]


# The brief -----------------------------------------------------------------------------------------------------------


def schedule(manager: Visitor, people: People) -> None:
    """Of Chile, every day, in Spanish and English, for its liaisons and the officer."""
    page = manager.page
    manager.go("run-list")
    manager.link("Schedule a report").click()
    filling.uncheck_all(manager)
    page.get_by_role("checkbox", name="Chile", exact=True).check()
    page.get_by_role("radio", name=manager.say("every day")).check()
    page.get_by_label(manager.say("Time"), exact=True).fill("09:00")
    languages = page.get_by_role("group", name=manager.say("Languages"))
    for language in (languages.locator("[value=es]"), languages.locator("[value=en]")):
        language.check()
    page.get_by_role("checkbox", name=manager.name_of(ScheduleForm.base_fields["to_liaisons"].label)).check()
    page.get_by_role("checkbox", name=people.officer.name).check()
    manager.button("Save schedule").click()
    expect(page.get_by_text(manager.say("The schedule is saved."))).to_be_visible()


def make_due(portal: Portal) -> None:
    """As if it had been made a day ago: one time has passed since. Then beat's bell rings, twice."""
    with scope(PROGRAMME):
        Schedule.objects.update(since=timezone.now() - timedelta(days=1))
    portal.ring("reporting.tasks.tick")
    portal.ring("reporting.tasks.tick")
    eventually(_is_made, "the brief")


def _is_made() -> bool:
    with scope(PROGRAMME):
        return [run.status for run in Run.objects.all()] == ["done"]


def brief_of(portal: Portal, reader: Visitor) -> str:
    """The stage of the first factor in the PDF that the link of the reader's mail leads to."""
    portal.mailbox.wait_for(12)
    address = re.search(r"http://\S+/reports/\d+/", portal.mailbox.to(reader.person).get_body(("plain",)).get_content())
    reader.page.goto(address[0])
    name = re.compile(rf"^PDF.*{reader.say('English')}", re.IGNORECASE)
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=name).click()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(download.value.path()).pages).split())
    asked = filling.question(reader, FACTOR)
    found = re.search(rf"{re.escape(asked.title)} (\d) {reader.say('Dynamic')}", text)
    assert found, text
    return found[1]


# Mail ----------------------------------------------------------------------------------------------------------------


def subject(person: User, message: str, **known: Any) -> tuple[str, str]:
    with translation.override(person.language):
        return person.email, gettext(message) % ({"state": "Chile", "round": Round.objects.get()} | known)


def opened(person: User) -> tuple[str, str]:
    state = person.liaisons.get().state
    return subject(person, "%(state)s: update open, %(round)s", state=state)


def assert_mail(people: People, portal: Portal) -> None:
    """Each in the reader's language, and no other mail to anybody."""
    officers = (people.manager, people.officer)
    told = [
        *(opened(person) for person in (people.chile, people.jamaica)),
        *(subject(people.chile, "%(state)s: update sent, %(round)s") for _sending in range(2)),
        *(subject(p, "%(state)s: update waiting for review, %(round)s") for p in officers for _sending in range(2)),
        subject(people.chile, "%(state)s: answers returned, %(round)s"),
        subject(people.chile, "%(state)s: update accepted, %(round)s"),
        *(subject(person, "%(state)s: country brief ready") for person in (people.chile, people.officer)),
    ]
    assert portal.mailbox.wait_for(len(told)) == sorted(told)
    for person in (people.chile, people.officer):
        assert portal.mailbox.to(person)["Content-Language"] == person.language
