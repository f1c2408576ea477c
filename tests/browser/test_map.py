"""The map under a finger and from the keyboard, on a wide page and a narrow one."""

from collections.abc import Callable

import pytest

from tests.browser.map_targets import violations
from tests.browser.pages import MANAGER
from tests.browser.sample import Sample
from tests.browser.visitor import DESKTOP, PHONE, Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize(("language", "size"), [("en", DESKTOP), ("en", PHONE), ("fr", PHONE)])
def test_every_state_is_reached(
    size: dict[str, int], language: str, visit: Callable[..., Visitor], sample: Sample
) -> None:
    visitor = visit(language=language, viewport=size)
    person = sample.person(MANAGER)
    type(person).objects.filter(pk=person.pk).update(language=language)
    try:
        assert violations(visitor.come_back(person).go("region")) == []
    finally:
        type(person).objects.filter(pk=person.pk).update(language=person.language)
