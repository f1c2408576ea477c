"""Every page, as axe-core and a narrow phone see it: no violation in any look, no sideways scrolling, one heading."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, Page

from accounts.models import User
from public_site.addresses import split
from tests.browser.pages import ONE_OF_EACH, PLACES, WITHOUT_ADDRESS, Place
from tests.browser.sample import Sample
from tests.browser.visitor import DESKTOP, PHONE, Visitor

AXE = settings.BASE_DIR / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # the rules a theme can break
ALL = {"runOnly": TAGS}
WORDS = ALL | {"rules": {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}}
NARROWEST = 320
OTHERS = ("es", "fr", "pt-br")
TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
RUN = """async (rules) => {
  for (const change of document.getAnimations()) if (change.effect.getTiming().iterations === 1) change.finish();
  const found = await axe.run(document, { ...rules, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.target.join(" ")}: ` +
    `${node.failureSummary.split("\\n").slice(1).join(" ").trim()}`));
}"""
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1);
  return wide.slice(-3).map((one) => `${one.tagName.toLowerCase()}.${one.className} reaches ` +
    `${Math.round(one.getBoundingClientRect().right)} of ${room} px`).concat(wide.length ? [] : ["the page scrolls"]);
}"""

Look = Callable[..., Page]


@pytest.fixture(scope="module")
def visitors(browser: Browser, sample: Sample) -> Iterator[dict[str, Visitor]]:
    """Everybody who looks, each at a browser of their own for the whole module."""
    people: dict[str, Visitor] = {}
    for who in dict.fromkeys(place.who for place in PLACES):
        visitor = people[who] = Visitor(browser, sample.portal, "en")
        visitor.context.add_init_script(path=AXE)
        visitor.expected.append(AXE.name)
        if who:
            visitor.come_back(sample.person(who))
    yield people
    for visitor in people.values():
        visitor.context.close()


@pytest.fixture
def look(visitors: dict[str, Visitor], sample: Sample) -> Iterator[Look]:
    """look(place, size) is the page there; what the browser complained of meanwhile fails the test."""

    def _look(place: Place, size: Any = DESKTOP) -> Page:
        visitor = visitors[place.who]
        page = visitor.page
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        with visitor.expecting(rf"status of {place.status} ") if place.status != 200 else visitor.expecting("^$"):
            answer = page.goto(sample.path(place))
            assert answer is not None
            assert answer.status == place.status, f"{place}: {answer.status}"
        return page

    yield _look
    faults = [fault for visitor in visitors.values() for fault in visitor.faults]
    for visitor in visitors.values():
        visitor.faults.clear()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_in_both_themes(place: Place, look: Look) -> None:
    """Colours are the same on a phone as on a wide screen. Names on a phone are asked in other languages."""
    page = look(place)
    faults = [*headings(page), *axe(page, "1440 light", ALL)]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    faults += axe(page, "390 dark", COLOURS)
    faults += too_wide(page)

    assert not faults, "\n".join(faults)


def test_titles_tell_pages_apart(visitors: dict[str, Visitor], sample: Sample) -> None:
    titles: dict[str, set[str]] = {}
    for place in PLACES:
        page = visitors[place.who].context.request.get(sample.path(place)).text()
        _language, path = split(sample.path(place).split("?")[0])
        titles.setdefault(" ".join(TITLE.findall(page)[0].split()), set()).add(path)

    assert not {title: sorted(paths) for title, paths in titles.items() if len(paths) > 1}


@pytest.mark.parametrize("template", WITHOUT_ADDRESS)
def test_error_pages(template: str, visitors: dict[str, Visitor]) -> None:
    """They have no address of their own: each is shown where the front page would be; the last two know no request."""
    page, request = visitors[""].page, RequestFactory().get("/")
    request.user = AnonymousUser()  # type: ignore[attr-defined]
    words = render_to_string(template, request=None if template in ("400.html", "500.html", "503.html") else request)
    page.route(f"{visitors[''].portal.url}/", lambda route: route.fulfill(body=words, content_type="text/html"))
    page.goto("/")
    faults = [*headings(page), *axe(page, "1440 light", ALL)]
    page.set_viewport_size(PHONE)
    faults += [*axe(page, "390 light", ALL), *too_wide(page)]
    page.unroute_all()

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", OTHERS)
def test_in_other_languages(language: str, look: Look, visitors: dict[str, Visitor], sample: Sample) -> None:
    """The looks are those of English; words may be longer, and names may be missing. The pages are shared out."""
    visitors[""].speak(language)
    User.objects.update(language=language)
    faults = []
    for place in ONE_OF_EACH[OTHERS.index(language) :: len(OTHERS)]:
        page = look(place, PHONE)
        found = [*headings(page), *axe(page, language, WORDS), *too_wide(page)]
        faults += [f"{place}: {fault}" for fault in found]

    assert not faults, "\n".join(faults)


def axe(page: Page, look: str, rules: dict[str, Any]) -> list[str]:
    """With the whole page in view: else what sticks to its foot seems to cover what lies below."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})  # type: ignore[index]
    return [f"{look}: {fault}" for fault in page.evaluate(RUN, rules)]


def headings(page: Page) -> list[str]:
    words = page.locator("h1").all_inner_texts()
    named = [] if page.title() else ["no title"]
    return named if len(words) == 1 else [*named, f"{len(words)} headings of the first level: {words}"]


def too_wide(page: Page) -> list[str]:
    faults = []
    for width in (PHONE["width"], NARROWEST):
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        faults += [f"{width} px: {fault}" for fault in page.evaluate(TOO_WIDE)]
    return faults
