"""Whoever makes a page finds every component shown, and how it is included."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from oas_cyber.guide.styleguide import EXAMPLES

FOLDER = Path(settings.BASE_DIR) / "templates/components"
PAGE = "/help/styleguide/"
pytestmark = pytest.mark.django_db


def test_every_component_stands_there_once():
    assert sorted(example.name for example in EXAMPLES) == sorted(path.stem for path in FOLDER.glob("*.html"))


def test_every_component_is_described_for_those_who_write_templates():
    told = (FOLDER / "README.md").read_text()
    shown = [example.name for example in EXAMPLES if not example.place]

    assert [name for name in shown if f"`{name}.html`" not in told] == []


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt-br"])
def test_each_is_shown_as_it_looks_in_the_language_of_the_reader(sign_in, officer, speaks, language):
    speaks(officer, language)
    with translation.override(language):
        page = sign_in(officer).get(PAGE)

    assert page.status_code == 200
    shown = {example.name: words for example, words in page.context["examples"]}
    assert [example.name for example in EXAMPLES if not example.place and not shown[example.name].strip()] == []


def test_the_code_that_is_shown_includes_the_component(sign_in, officer):
    page = sign_in(officer).get(PAGE).content.decode()

    assert "{% include &quot;components/pill.html&quot; with status=&quot;accepted&quot; only %}" in page


def test_it_is_for_staff_and_administrators(client, sign_in, lead_chl, admin):
    assert client.get(PAGE).status_code == 302
    assert sign_in(lead_chl).get(PAGE).status_code == 403
    assert sign_in(admin).get(PAGE).status_code == 200
