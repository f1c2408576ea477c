"""What a liaison presses and types, found by role and name in the liaison's language."""

import re
from typing import Any

from django.utils import translation
from playwright.sync_api import Locator, expect

from capability.models import Edition
from capability.questions import Question, Section, sections_of, threat_classes
from tests.browser.visitor import Visitor


def sections(visitor: Visitor) -> list[Section]:
    with translation.override(visitor.language):
        return sections_of(Edition.objects.get(is_rated_by_states=True))


def question(visitor: Visitor, code: str) -> Question:
    return next(found for section in sections(visitor) for found in section.questions if found.code == code)


def uncheck_all(visitor: Visitor) -> None:
    checked = visitor.page.get_by_role("checkbox", checked=True)
    expect(checked.first).to_be_visible()
    while checked.count():
        checked.first.uncheck()


def open_section(visitor: Visitor, section: Section) -> None:
    """From the task list."""
    visitor.page.get_by_role("main").get_by_role("link", name=re.compile(f"^{re.escape(section.title)}")).click()
    visitor.arrive(section.title)


def save_and_go_on(visitor: Visitor, *, to: str) -> None:
    visitor.button("Save and continue").click()
    visitor.arrive(to)


def answer_of(visitor: Visitor, asked: Question) -> Locator:
    """The open answer to a factor."""
    return visitor.page.get_by_role("group", name=re.compile(rf"^{re.escape(asked.number)} "))


def choose(visitor: Visitor, asked: Question, stage: int, words: str) -> None:
    answer = answer_of(visitor, asked)
    answer.get_by_role("radio", name=re.compile(f"^{stage} ")).check()
    answer.get_by_role("textbox").fill(words)


def wait_until_saved(visitor: Visitor, words: str) -> None:
    """The words are acknowledged: nothing is kept on the device any more."""
    visitor.wait_until("words => Object.values(localStorage).every((kept) => !kept.includes(words))", words)


def answer_factors(visitor: Visitor, section: Section, stage: int, *, but: str = "") -> None:
    """All of a section, one after the other: the next one opens by itself."""
    for asked in (asked for asked in section.questions if asked.code != but):
        choose(visitor, asked, stage, f"{asked.code}: porque sí.")
        visitor.button("Done, next factor").click()
        expect(answer_of(visitor, asked)).to_have_count(0)


def rate_threats(visitor: Visitor) -> None:
    for threat in threat_classes():
        group = visitor.page.get_by_role("group", name=visitor.name_of(threat), exact=True)
        group.get_by_role("radio", name=visitor.say("Medium"), exact=True).check()


def attach_file(visitor: Visitor, name: str, content: bytes) -> None:
    evidence = visitor.page.get_by_role("group", name=visitor.say("Evidence"))
    file: Any = {"name": name, "mimeType": "application/pdf", "buffer": content}
    evidence.get_by_label(visitor.say("Choose a file")).set_input_files(file)
    expect(visitor.page.get_by_role("link", name=name)).to_be_visible()


def attach_link(visitor: Visitor, address: str) -> None:
    evidence = visitor.page.get_by_role("group", name=visitor.say("Evidence"))
    evidence.get_by_role("textbox", name=visitor.say("Link")).fill(address)
    evidence.get_by_role("button", name=visitor.say("Attach")).click()
    expect(visitor.page.get_by_role("link", name=address.split("://")[1])).to_be_visible()
