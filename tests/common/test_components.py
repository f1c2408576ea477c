"""A part of a page that is made once: the same words for the same values, and never anybody else's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from common.templatetags import components


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    components._kept.cache_clear()
    yield
    components._kept.cache_clear()


def show(source: str, **context: Any) -> str:
    return Template("{% load components %}" + source).render(Context(context))


def test_a_component_says_what_its_include_says() -> None:
    included = show('{% include "components/pill.html" with status="accepted" only %}')
    for _ in range(2):
        assert show('{% component "pill" status="accepted" %}') == included


def test_it_is_made_once() -> None:
    for _ in range(3):
        show('{% component "stage" stage=3 %}')
    assert components._kept.cache_info().misses == 1


def test_the_page_reaches_into_it_by_values_alone() -> None:
    assert "Whose" not in show('{% component "pill" status="accepted" %}', word="Whose")


def test_text_is_escaped_also_after_the_same_text_was_marked_safe() -> None:
    safe = show('{% component "avatar" name=name %}', name=mark_safe("<b <b"))
    assert "&lt;" in show('{% component "avatar" name=name %}', name="<b <b")
    assert components._kept.cache_info().misses == 2, safe


def test_numbers_that_are_equal_are_kept_apart() -> None:
    shown = '{% component "cell" css="" title="" note="" text=text %}'
    assert show(shown, text=1) != show(shown, text=True)


def test_each_language_has_its_own_words() -> None:
    for language in ("en", "es", "en", "es"):
        with override(language):
            show('{% component "pill" status="accepted" %}')
    misses = components._kept.cache_info().misses
    assert misses == 2


def test_words_that_wait_for_a_language_get_the_readers() -> None:
    word = gettext_lazy("Accepted")
    shown = '{% component "pill" status="open" word=word %}'
    with override("en"):
        show(shown, word=word)
    with override("es"):
        assert str(word) in show(shown, word=word)


def test_a_name_with_a_slash_is_a_template_anywhere() -> None:
    shown = show('{% component "capability/review_fields" key="D1-1" verdict="accept" %}')
    assert 'id="D1-1-accept" checked' in shown


def test_while_developing_a_changed_template_shows_at_once(settings: Any) -> None:
    settings.DEBUG = True
    show('{% component "stage" stage=3 %}')
    assert components._kept.cache_info().currsize == 0


@pytest.mark.parametrize("written", ["{% component pill %}", '{% component "pill" "accepted" %}'])
def test_a_slip_of_the_pen_is_told_how_to_write_it(written: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="Write it as"):
        show(written)
