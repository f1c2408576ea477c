import re
from dataclasses import dataclass

import pytest
from django.template import Context, Template
from django.utils.translation import override

from member_states.americas import americas


@dataclass
class State:
    slug: str
    name: str

    def get_absolute_url(self) -> str:
        return f"/states/{self.slug}/"


@dataclass
class Figure:
    state: State
    fill: str = "st3"
    words: str = ""
    participating: bool = True


def drawn(*figures, aside=""):
    source = "{% load map %}{% americas_map figures aside=aside %}"
    return Template(source).render(Context({"figures": figures, "aside": aside}))


def coordinates(page):
    return re.findall(r' (?:x|y|x1|y1|x2|y2|cx|cy|width|height|viewBox|transform)="[^"]*"', page)


def test_every_member_state_has_a_place_and_a_shape():
    land = americas()

    shaped = {slug for panel in land.panels.values() for slug in panel.states}
    assert len(land.markers) == 35
    assert shaped == land.markers.keys()


def test_links_follow_the_alphabet_of_the_reader():
    ecuador, dominica = State("ecuador", "Équateur"), State("dominica", "Dominique")
    states = [State("guyana", "Guyana"), ecuador, dominica]

    page = drawn(*(Figure(state, words=state.name) for state in states))

    titles = [part.split("<")[0] for part in page.split("<title>")[1:]]
    assert titles == ["Dominique", "Équateur", "Guyana"] * 2


def test_words_are_escaped():
    page = drawn(Figure(State("chile", "<b>Chile</b>"), words="<i>Chile</i>"))

    assert "<b>" not in page
    assert "<i>" not in page


def test_state_not_participating_is_hatched():
    nicaragua = State("nicaragua", "Nicaragua")

    assert "url(#map-hatch)" in drawn(Figure(nicaragua, participating=False))
    assert "url(#map-hatch)" not in drawn(Figure(nicaragua))


def test_state_without_a_figure_is_drawn_but_no_link():
    page = drawn(Figure(State("chile", "Chile")))

    assert page.count("<a ") == 2
    assert 'href="#map-main-peru"' in page


@pytest.mark.parametrize("language", ["es", "fr", "pt-br"])
def test_coordinates_keep_their_decimal_point(language):
    guyana = Figure(State("guyana", "Guyana"))

    with override("en"):
        english = drawn(guyana)
    with override(language):
        page = drawn(guyana)

    assert coordinates(page) == coordinates(english)


def test_nothing_is_styled_inline():
    assert "style=" not in drawn(Figure(State("chile", "Chile")))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Saint Lucia", ["Saint Lucia"]),
        ("Saint Vincent and the Grenadines", ["Saint Vincent and", "the Grenadines"]),
        ("Saint-Christophe-et-Niévès", ["Saint-Christophe-", "et-Niévès"]),
    ],
)
def test_long_names_take_two_lines(name, lines):
    page = drawn(Figure(State("saint-lucia", name)))

    assert [line for line in lines if f">{line}</text>" in page] == lines
