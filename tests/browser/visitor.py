"""Somebody at a browser: signed in by a one-time link, reading in a language, with an eye on what goes wrong."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, expect

from accounts.models import SignInLink
from tests.browser.portal import Portal
from tests.signing_in import sign_in_from_inside

LOCALES = {"en": "en-US", "es": "es-CL", "fr": "fr-CA", "pt-br": "pt-BR"}
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SECONDS = 40
ABORTED = r"^htmx:(sendAbort|afterRequest)"  # a newer request took the place of one under way: as meant


class Visitor:
    """`faults` are errors of the console, of scripts and of the content policy: a test that leaves any fails."""

    def __init__(self, browser: Browser, portal: Portal, language: str, **options: Any) -> None:
        self.language, self.portal = language, portal
        self.person: Any = None
        self.faults: list[str] = []
        self.expected = [ABORTED]
        options = {"viewport": DESKTOP, "reduced_motion": "reduce", "accept_downloads": True} | options
        self.context: BrowserContext = browser.new_context(base_url=portal.url, locale=LOCALES[language], **options)
        self.context.set_default_timeout(SECONDS * 1000)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self._fault(str(error.error)))
        self.page: Page = self.context.new_page()

    def sign_in(self, person: Any) -> "Visitor":
        token = secrets.token_urlsafe(32)
        SignInLink.objects.create(person=person, digest=hashlib.sha256(token.encode()).hexdigest())
        answer = self.page.goto(reverse("sign-in-link", args=[token]))
        assert answer is not None
        assert answer.ok, self.page.inner_text("body")[:500]
        self.page.get_by_role("main").get_by_role("button").click()
        self.person = person
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)
        return self

    def come_back(self, person: Any) -> "Visitor":
        """As one who signed in before."""
        self.person, client = person, Client()
        sign_in_from_inside(client, person)
        self._keep(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
        return self

    def speak(self, language: str) -> None:
        """For one who is not signed in; everybody else's language stands in the profile."""
        self._keep(settings.LANGUAGE_COOKIE_NAME, language)

    def _keep(self, name: str, value: str) -> None:
        self.context.add_cookies([{"name": name, "value": value, "url": self.portal.url}])

    def go(self, name: str, *arguments: Any) -> Page:
        self.page.goto(reverse(name, args=arguments))
        return self.page

    def arrive(self, heading: str) -> None:
        """A press led to another page: it stands there, and its scripts have run. `go` waits for that by itself."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state()

    def wait_until(self, holds: str, *given: Any) -> None:
        """`holds` is a function of the page; by asking it again, for the content policy lets nothing else ask."""
        for _ in range(SECONDS * 20):
            if self.page.evaluate(holds, *given):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"Waited {SECONDS} s in vain for {holds}")

    # The portal's words in the visitor's language, translated or not yet ---------------------------------------------

    def say(self, message: str, **known: Any) -> str:
        with translation.override(self.language):
            return gettext(message) % known if known else gettext(message)

    def say_of(self, count: int, one: str, many: str, name: str = "n", **known: Any) -> str:
        with translation.override(self.language):
            return ngettext(one, many, count) % {name: count, **known}

    def name_of(self, thing: Any) -> str:
        with translation.override(self.language):
            return str(thing)

    def button(self, message: str, **known: Any) -> Locator:
        return self.page.get_by_role("button", name=self.say(message, **known))

    def link(self, message: str, **known: Any) -> Locator:
        return self.page.get_by_role("link", name=self.say(message, **known))

    def heading(self, message: str, **known: Any) -> Locator:
        return self.page.get_by_role("heading", name=self.say(message, **known))

    # Faults ----------------------------------------------------------------------------------------------------------

    @contextmanager
    def expecting(self, words: str) -> Iterator[None]:
        """A fault with these words is meant to happen here, such as an answer refused with 409."""
        self.expected.append(words)
        yield
        with suppress(Error):  # a page that is being left answers nothing
            self.page.evaluate("() => 0")  # what it said before comes first
        self.expected.remove(words)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self._fault(f"{message.text} ({message.location.get('url', '')})")

    def _fault(self, words: str) -> None:
        if not any(re.search(expected, words) for expected in self.expected):
            self.faults.append(words)
