"""Lists to choose from come out as Django's own templates write them, to the byte."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from common.form_rendering import Renderer

NASTY = "<i>\"&'</i>"
CHOICES: Any = [
    ("", "–"),
    (None, "None"),
    (1, 1234567),
    ("a", gettext_lazy("Name")),
    (NASTY, NASTY),
    ("safe", mark_safe("<b>bold</b>")),
    (f"Group {NASTY}", [("b", "B"), ("c", date(2026, 1, 31))]),
    (True, 1.5),
]


WIDGETS = [forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple]
ATTRS = [None, {"id": "x"}, {"id": NASTY, "class": "many", "required": True, "disabled": False, "data-n": 1000}]


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("value", [None, "a", ["a", NASTY]])
@pytest.mark.parametrize("attrs", ATTRS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_is_written_as_django_writes_it(widget, value, attrs, language):
    one = widget(choices=CHOICES)

    with translation.override(language):
        assert one.render("x", value, attrs, Renderer()) == one.render("x", value, attrs, DjangoTemplates())


def test_no_choice_is_an_empty_list():
    for one in (forms.Select(), forms.CheckboxSelectMultiple()):
        assert one.render("x", None, {}, Renderer()) == one.render("x", None, {}, DjangoTemplates())
