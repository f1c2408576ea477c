"""Lines that break, sessions that end, computers that others use: what was typed is neither lost nor left behind."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Route, expect

from capability.models import DraftAnswer, Edition, Update
from common.scope import reach_of, scope
from member_states.models import MemberState
from tests.browser import filling
from tests.browser.portal import eventually
from tests.browser.visitor import PHONE, Visitor
from tests.documents import corpus
from tests.factories.accounts import make_staff
from tests.factories.capability import make_round, make_update
from tests.factories.member_states import make_liaison
from tests.signing_in import code_of, give_app

FACTOR, WORDS = "D1.1", "Una ley entró en vigor."
PASSWORD = "a long enough secret phrase"
OFFLINE = r"ERR_INTERNET_DISCONNECTED|htmx:(sendError|afterRequest)|ERR_FAILED|ERR_CONNECTION"

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def update(published: None, django_db_blocker: Any) -> Iterator[Update]:
    with django_db_blocker.unblock():
        manager = make_staff("Marta Gestora", "manager")
        round = make_round(Edition.objects.get(is_rated_by_states=True), by=manager)
        yield make_update(round, MemberState.objects.get(slug="chile"))


@pytest.fixture
def liaison(update: Update, visit: Visit, request: Any) -> Visitor:
    """On a phone, at the open question of a factor."""
    person = make_liaison(f"Camila {request.node.name}", update.state, "deputy", language="es")
    person.set_password(PASSWORD)
    person.save()
    liaison = visit(person, viewport=PHONE, is_mobile=True, has_touch=True)
    open_factor(liaison, update)
    return liaison


def open_factor(liaison: Visitor, update: Update, code: str = FACTOR, **options: Any) -> None:
    section = filling.question(liaison, code).section
    page = reverse("update-section", args=[update.state.slug, update.round.slug, section])
    liaison.page.goto(f"{page}?open={code}", **options)


def field(liaison: Visitor, code: str = FACTOR) -> Any:
    return filling.answer_of(liaison, filling.question(liaison, code)).get_by_role("textbox")


def kept(liaison: Visitor) -> int:
    """How many fields this device keeps."""
    script = "() => Object.keys(localStorage).filter((key) => key.startsWith('unsent:')).length"
    return int(liaison.page.evaluate(script))


def saved(liaison: Visitor, update: Update, code: str = FACTOR) -> str:
    with scope(reach_of(liaison.person)):
        return "".join(DraftAnswer.objects.filter(update=update, question=code).values_list("text", flat=True))


def wait_for(liaison: Visitor, update: Update, words: str, code: str = FACTOR) -> None:
    eventually(lambda: saved(liaison, update, code) == words, f"“{words}” to be saved")
    liaison.wait_until("() => !Object.keys(localStorage).some((key) => key.startsWith('unsent:'))")


def test_words_typed_without_a_line_are_sent_when_it_is_back(liaison: Visitor, update: Update) -> None:
    with liaison.expecting(OFFLINE):
        liaison.context.set_offline(True)
        field(liaison).fill(WORDS)
        said = liaison.say("No connection. Your words are kept on this device and sent when it is back.")
        expect(liaison.page.get_by_text(said)).to_be_visible()
        liaison.button("Save and continue").click()  # stays where it is
        expect(field(liaison)).to_have_value(WORDS)
        assert kept(liaison) == 1

        liaison.context.set_offline(False)
        wait_for(liaison, update, WORDS)


def test_words_left_on_the_device_are_named_at_home_and_sent_from_there(liaison: Visitor, update: Update) -> None:
    words = "Escrito en el autobús."
    with liaison.expecting(OFFLINE):
        liaison.context.set_offline(True)
        field(liaison).fill(words)
        expect(liaison.page.locator("#save-line").get_by_role("paragraph")).to_be_visible()
        liaison.page.route("**/save/", lambda route: route.abort())
        liaison.context.set_offline(False)
        liaison.go("home")
    assert saved(liaison, update) != words
    liaison.page.unroute("**/save/")

    note = liaison.page.locator("[data-waiting]")
    expect(note).to_contain_text(liaison.say("Words of yours wait on this device."))
    note.get_by_role("link").click()

    wait_for(liaison, update, words)
    liaison.go("home")
    expect(liaison.page.locator("[data-waiting]")).to_be_hidden()


def test_on_a_shared_computer_nothing_is_kept(liaison: Visitor, update: Update) -> None:
    words = "Desde un cibercafé."
    liaison.go("profile")
    liaison.page.get_by_role("checkbox", name=liaison.say("This computer is shared")).check()
    open_factor(liaison, update)
    with liaison.expecting(OFFLINE):
        liaison.context.set_offline(True)
        field(liaison).fill(words)
        said = liaison.say(
            "Not saved. This computer is shared, so your words are kept on this page alone: leave it open."
        )
        expect(liaison.page.get_by_text(said)).to_be_visible()
        assert kept(liaison) == 0

        liaison.context.set_offline(False)
        wait_for(liaison, update, words)


def test_after_the_session_ended_a_shared_computer_brings_the_words_back(liaison: Visitor, update: Update) -> None:
    words = "Después de la pausa: ñ."
    liaison.go("home")
    liaison.page.get_by_role("checkbox", name=liaison.say("This computer is shared")).check()
    open_factor(liaison, update)
    Session.objects.all().delete()

    with liaison.expecting("401"):
        field(liaison).fill(words)
        expect(liaison.page.get_by_text(liaison.say("You were signed out meanwhile."))).to_be_visible()
    sign_in(liaison)
    liaison.button("Send it now").click()

    expect(field(liaison)).to_have_value(words)
    assert saved(liaison, update) == words


def test_after_the_session_ended_the_own_device_brings_them_back(liaison: Visitor, update: Update) -> None:
    words = "Después de la segunda pausa."
    Session.objects.all().delete()

    field(liaison).fill(words)
    sign_in(liaison)

    expect(field(liaison)).to_have_value(words)
    wait_for(liaison, update, words)


def sign_in(liaison: Visitor) -> None:
    page = liaison.page
    page.locator("input[name=login]").wait_for()
    page.wait_for_load_state()
    page.locator("input[name=login]").fill(liaison.person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    secret = give_app(liaison.person)
    liaison.button("Sign in").click()
    page.locator("input[name=code]").fill(code_of(secret))
    liaison.button("Sign in with the code").click()


def test_a_file_that_did_not_arrive_is_sent_again_by_a_press(liaison: Visitor, update: Update) -> None:
    tries = []

    def break_first(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.abort()
        else:
            route.continue_()

    liaison.page.route("**/evidence/", break_first)
    evidence = liaison.page.get_by_role("group", name=liaison.say("Evidence"))
    file: Any = {"name": "ley.pdf", "mimeType": "application/pdf", "buffer": corpus.pdf()}
    with liaison.expecting(OFFLINE):
        evidence.get_by_label(liaison.say("Choose a file")).set_input_files(file)
        expect(liaison.page.get_by_text(liaison.say("The file did not arrive."))).to_be_visible()
    liaison.button("Send it again").click()

    expect(liaison.page.get_by_role("link", name="ley.pdf")).to_be_visible()
    assert len(tries) == 2


def test_a_file_chosen_before_the_scripts_are_there_is_sent_when_they_are(liaison: Visitor, update: Update) -> None:
    late: list[Route] = []
    liaison.page.route("**/htmx.min.js", lambda route: late.append(route))
    open_factor(liaison, update, wait_until="commit")
    evidence = liaison.page.get_by_role("group", name=liaison.say("Evidence"))
    file: Any = {"name": "temprano.pdf", "mimeType": "application/pdf", "buffer": corpus.pdf()}
    evidence.get_by_label(liaison.say("Choose a file")).set_input_files(file)
    late.pop().continue_()

    expect(liaison.page.get_by_role("link", name="temprano.pdf")).to_be_visible()
