"""What a page costs on the way: everything it loads the first time, compressed as production does. And from whom."""

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response

from tests.browser.pages import LIAISON, Place, places
from tests.browser.sample import Sample
from tests.browser.visitor import PHONE, Visitor

MOST = 80 * 1024
MOST_FOR_VISITORS = 100 * 1024
VISITORS = places(
    "",
    "/es/",
    "/en/states/",
    "/fr/states/chile/",
    "/en/partners/",
    "/en/agreements/",
    "/en/activities/",
    "/en/csirts/",
    "/en/library/",
    "/en/open-data/",
    "/en/embed/map/",
)
COMPRESSED_ALREADY = ("font", "image")


@pytest.mark.parametrize("place", LIAISON, ids=str)
def test_weight(place: Place, visit: Callable[..., Visitor], sample: Sample) -> None:
    visitor = visit(viewport=PHONE).come_back(sample.person(place.who))
    parts = loaded(visitor, sample.path(place))

    assert sum(parts.values()) <= MOST, sorted(parts.items(), key=lambda part: -part[1])


@pytest.mark.parametrize("place", VISITORS, ids=str)
def test_weight_for_visitors_and_from_no_other_host(
    place: Place, visit: Callable[..., Visitor], sample: Sample
) -> None:
    visitor = visit(viewport=PHONE)
    hosts: set[str] = set()
    visitor.page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    parts = loaded(visitor, sample.path(place))

    assert sum(parts.values()) <= MOST_FOR_VISITORS, sorted(parts.items(), key=lambda part: -part[1])
    assert hosts == {urlsplit(visitor.page.url).netloc}
    assert visitor.page.context.cookies() == []


def loaded(visitor: Visitor, path: str) -> dict[str, int]:
    """Bytes by the name of what was loaded."""
    answers: list[Response] = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.page.goto(path, wait_until="networkidle")
    return {answer.url.rsplit("/", 1)[-1] or "page": weight(answer) for answer in answers if answer.status == 200}


def weight(answer: Response) -> int:
    body = answer.body()
    packed = answer.request.resource_type in COMPRESSED_ALREADY and not answer.url.endswith(".svg")
    return len(body) if packed else len(gzip.compress(body, 6))
