"""What a page of a liaison costs on the way: everything it loads the first time, compressed as production does."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Response

from tests.browser.pages import LIAISON, Place
from tests.browser.sample import Sample
from tests.browser.visitor import PHONE, Visitor

MOST = 80 * 1024
COMPRESSED_ALREADY = ("font", "image")


@pytest.mark.parametrize("place", LIAISON, ids=str)
def test_weight(place: Place, visit: Callable[..., Visitor], sample: Sample) -> None:
    visitor = visit(viewport=PHONE).come_back(sample.person(place.who))
    answers: list[Response] = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.page.goto(sample.path(place), wait_until="networkidle")
    parts = {answer.url.rsplit("/", 1)[-1] or "page": weight(answer) for answer in answers if answer.status == 200}

    assert sum(parts.values()) <= MOST, sorted(parts.items(), key=lambda part: -part[1])


def weight(answer: Response) -> int:
    body = answer.body()
    packed = answer.request.resource_type in COMPRESSED_ALREADY and not answer.url.endswith(".svg")
    return len(body) if packed else len(gzip.compress(body, 6))
