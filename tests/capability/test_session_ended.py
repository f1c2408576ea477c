"""The session ends while somebody types: nothing of it is lost on the way through signing in."""

import html
import re
import time

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import device
from accounts.held import Held
from capability.models import DraftAnswer
from common.scope import reach_of, scope
from tests.capability.filling import url
from tests.factories.accounts import make_staff
from tests.signing_in import prove_from_inside, sign_in_from_inside

PASSWORD = "a long enough secret phrase"
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
WORDS = "Línea uno\r\n“dos” & <b>tres</b>"


@pytest.fixture
def lead(client, lead_chl):
    lead_chl.set_password(PASSWORD)
    lead_chl.save()
    was_here(client, lead_chl)
    return lead_chl


def section(update):
    return url(update, "policy-and-strategy")


def typed(**more):
    return {"D1-1-revision": "0", "D1-1-stage": "3", "D1-1-text": WORDS, "do": "open:D1.1", "script": "on", **more}


def hidden(response):
    found = {name: html.unescape(value) for name, value in FIELD.findall(response.content.decode())}
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def sign_in(client, person, held, password=PASSWORD):
    """Password, second factor, and where that leads."""
    response = client.post(reverse("account_login"), {"login": person.email, "password": password, "held": held})
    if response.status_code != 302:
        return response
    prove_from_inside(client, person)
    return client.get(reverse("landing"))


def was_here(client, person):
    """The browser remembers who signed in from it."""
    client.cookies["device"] = signing.dumps([person.pk], salt=device.SALT)


def test_a_form_posted_after_the_end_comes_back_and_is_saved(client, update_chl, lead):
    ended = client.post(section(update_chl), typed())
    assert ended.status_code == 401
    assert "no-store" in ended["Cache-Control"]

    again = sign_in(client, lead, hidden(ended)["held"])
    assert again.status_code == 200
    assert f'action="{section(update_chl)}"' in again.content.decode()
    response = client.post(section(update_chl), hidden(again))

    assert response.status_code == 302
    assert response["Location"].endswith("?open=D1.1&saved=1#D1-1")
    with scope(reach_of(lead)):
        draft = DraftAnswer.objects.get()
        assert (draft.stage, draft.text) == (3, WORDS.replace("\r\n", "\n"))


def test_a_wrong_password_loses_nothing(client, update_chl, lead):
    held = hidden(client.post(section(update_chl), typed()))["held"]

    refused = sign_in(client, lead, held, password="not my password at all")

    assert hidden(refused)["held"] == held
    assert sign_in(client, lead, held).status_code == 200


def test_nothing_is_sent_before_somebody_says_so(client, update_chl, lead):
    sign_in(client, lead, hidden(client.post(section(update_chl), typed()))["held"])

    with scope(reach_of(lead)):
        assert not DraftAnswer.objects.exists()


def test_a_file_is_asked_for_again_by_name(client, update_chl, lead):
    ended = client.post(section(update_chl), typed(**{"D1-1-file": SimpleUploadedFile("ley.pdf", b"%PDF-")}))

    assert "ley.pdf" in sign_in(client, lead, hidden(ended)["held"]).content.decode()


def test_what_nobody_sealed_here_is_not_shown(client, update_chl, lead):
    response = sign_in(client, lead, "forged:held:words")

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/password/", {"oldpassword": PASSWORD, "password1": "x"}),
        ("/profile/", {"name": "x" * 600_000}),
        ("/profile/", {}),
    ],
)
def test_passwords_and_books_are_not_carried_along(client, lead, path, data):
    response = client.post(path, data)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_it_holds_for_the_forms_of_staff_too(client, db):
    person = make_staff("Ana Ejemplo", "officer")
    person.set_password(PASSWORD)
    person.save()
    was_here(client, person)
    ended = client.post("/profile/", {"name": "Ana E.", "language": "es", "time_zone": "UTC"})

    again = sign_in(client, person, hidden(ended)["held"])

    assert hidden(again) == {"name": "Ana E.", "language": "es", "time_zone": "UTC"}


def test_a_form_from_elsewhere_is_not_held(update_chl):
    """Whatever another site posts is refused before anybody is asked to sign in."""
    assert Client(enforce_csrf_checks=True).post(section(update_chl), typed()).status_code == 403


def test_an_old_seal_is_worth_nothing(monkeypatch):
    monkeypatch.setattr("accounts.held.MOST_SECONDS", -1)

    assert Held.unseal(Held("/profile/", [("name", "x")], [], 1).seal()) is None


def test_another_person_is_not_shown_what_was_typed(client, update_chl, lead, lead_jam):
    held = hidden(client.post(section(update_chl), typed()))["held"]
    lead_jam.set_password(PASSWORD)
    lead_jam.save()

    assert WORDS[:5] not in sign_in(client, lead_jam, held).content.decode()


def test_from_a_browser_nobody_signed_in_from_nothing_is_kept(client, update_chl):
    assert client.post(section(update_chl), typed()).status_code == 302


@pytest.mark.parametrize("kept", ["began_at", "used_at", "standing"])
def test_a_session_that_ran_out_keeps_what_was_typed(client, update_chl, lead, kept):
    sign_in_from_inside(client, lead)
    assert client.get("/profile/").status_code == 200
    session = client.session
    session[kept] = "officer|" if kept == "standing" else time.time() - 13 * 3600
    session.save()

    ended = client.post(section(update_chl), typed())

    assert ended.status_code == 401
    assert f'action="{section(update_chl)}"' in sign_in(client, lead, hidden(ended)["held"]).content.decode()


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def other_tab(update_chl, lead):
    """The browser after Chile's liaison signed in anew in a second tab, and the token of the form in the first."""
    browser = Client(enforce_csrf_checks=True)
    was_here(browser, lead)
    sign_in_from_inside(browser, lead)
    first = TOKEN.search(browser.get(section(update_chl)).content.decode())[1]
    browser.cookies.pop("sessionid")
    sign_in_from_inside(browser, lead)
    browser.cookies.pop("csrftoken")
    browser.get("/profile/")  # gives the browser its new token
    return browser, first


def test_a_form_of_a_tab_from_before_comes_back_to_be_sent(other_tab, update_chl, lead):
    browser, first = other_tab

    refused = browser.post(section(update_chl), typed(csrfmiddlewaretoken=first), **OURS)
    assert refused.status_code == 403
    assert "no-store" in refused["Cache-Control"]
    new = TOKEN.search(refused.content.decode())[1]
    sent = browser.post(section(update_chl), hidden(refused) | {"csrfmiddlewaretoken": new}, **OURS)

    assert sent.status_code == 302
    with scope(reach_of(lead)):
        assert DraftAnswer.objects.get().text == WORDS.replace("\r\n", "\n")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_nothing_of_what_another_site_posts_comes_back(other_tab, update_chl, origin):
    browser, first = other_tab
    from_there = {"HTTP_ORIGIN": origin} if origin else {}

    refused = browser.post(section(update_chl), typed(csrfmiddlewaretoken=first), **from_there)

    assert refused.status_code == 403
    assert "Línea" not in refused.content.decode()


def test_who_has_signed_out_meanwhile_signs_in_with_the_form_in_hand(other_tab, update_chl):
    browser, first = other_tab
    browser.cookies.pop("sessionid")

    ended = browser.post(section(update_chl), typed(csrfmiddlewaretoken=first), **OURS)

    assert ended.status_code == 401
    assert "held" in hidden(ended)
