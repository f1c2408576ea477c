"""Dates as each language writes them: the first of a month, and short months without capitals."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

FIRST, LATER = date(2026, 12, 1), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("language", "first", "later"),
    [
        ("en", "1 December 2026", "30 November 2026"),
        ("es", "1 de diciembre de 2026", "30 de noviembre de 2026"),
        ("fr", "1er décembre 2026", "30 novembre 2026"),
        ("pt-br", "1º de dezembro de 2026", "30 de novembro de 2026"),
    ],
)
def test_the_first_of_a_month_is_written_as_the_language_has_it(language, first, later):
    with translation.override(language):
        assert date_format(FIRST) == first
        assert date_format(LATER) == later


@pytest.mark.parametrize(
    ("language", "short"),
    [("en", "1 Dec 2026"), ("es", "1 dic 2026"), ("fr", "1er déc. 2026"), ("pt-br", "1º dez 2026")],
)
def test_short_months_have_a_capital_in_english_alone(language, short):
    with translation.override(language):
        assert date_format(FIRST, "SHORT_DATE_FORMAT") == short
