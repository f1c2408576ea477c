"""The description of a team, as RFC 2350 wants it."""

import json

import pytest
from django.utils import translation

from csirt_network import rfc2350
from csirt_network.rfc2350 import SECTIONS, Origin, as_json, as_text

VALUES = {
    "team_name": "CSIRT de ejemplo (CSIRT-EX)",
    "mission": "We help the public bodies of the country to prevent incidents and to live through them, at any hour "
    * 3,
    "constituency": "Whom we serve:\n- all ministries and the bodies that belong to them, wherever they are and"
    " whatever they do\n- the municipalities\n\n\n\nNobody else.",
    "public_keys": "https://csirt.example.cl/" + "k" * 80,
    "authority": "Law 21.663\x1b[31m\u202e\r\nArticle 9",
}


def test_it_has_the_chapters_and_headings_of_the_rfc():
    numbers = [section.number for section in SECTIONS]
    assert [number for number in numbers if "." not in number] == list("1234567")
    assert len([number for number in numbers if "." in number and number != "1.4"]) == 26
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)


def test_each_section_with_text_is_explained_and_has_an_end():
    for section in SECTIONS:
        is_heading = section.origin == Origin.HEADING
        assert str(section.help).endswith(".") != is_heading
        assert (section.max_length == 0) == is_heading


def test_what_stands_in_the_record_is_not_written_twice():
    taken = {
        section.number: section.origin.value for section in SECTIONS if section.origin in ("record", "contacts", "keys")
    }
    assert taken == {
        "1.1": "record",
        "2.1": "record",
        "2.2": "record",
        "2.3": "record",
        "2.4": "contacts",
        "2.5": "contacts",
        "2.6": "contacts",
        "2.7": "contacts",
        "2.8": "keys",
    }
    assert not {section.key for section in rfc2350.TO_WRITE} & {"team_name", "public_keys", "contact"}


def test_chapters_hold_their_sections():
    chapters = {chapter.number: [section.number for section in held] for chapter, held in rfc2350.chapters().items()}
    assert chapters["5"] == ["5.1.1", "5.1.2", "5.1.3", "5.2"]
    assert chapters["7"] == ["7"]


def test_as_text_it_has_short_lines_and_unbroken_addresses():
    text = as_text(VALUES)
    long = [line for line in text.splitlines() if len(line) > 72]
    assert long == ["   https://csirt.example.cl/" + "k" * 80]
    assert "RFC 2350 description of CSIRT de ejemplo (CSIRT-EX)" in text.splitlines()[0]
    assert "\n3. Charter\n\n   3.1. Mission Statement\n\n   We help the public bodies" in text
    assert "\n      5.1.2. Incident Coordination\n\n   Not stated.\n" in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_lists_stay_lists():
    text = as_text(VALUES)
    assert (
        "   - all ministries and the bodies that belong to them, wherever they\n     are and whatever they do\n" in text
    )
    assert "   - the municipalities\n\n   Nobody else.\n" in text


def test_nothing_in_it_acts_on_a_terminal():
    for said in (as_text(VALUES), json.dumps(as_json(VALUES), ensure_ascii=False)):
        assert not set(said) & {"\x1b", "\r", "\u202e"}
    assert "Law 21.663 [31m\n   Article 9" in as_text(VALUES)


def test_as_json_every_section_is_there():
    said = as_json(VALUES, "es")
    by_number = {section["number"]: section for section in said["sections"]}
    assert said["language"] == "es"
    assert by_number["3.4"]["text"] == "Law 21.663 [31m\nArticle 9"
    assert by_number["3.3"]["text"] == ""
    assert by_number["3"]["text"] is None
    assert len(by_number) == len(SECTIONS)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt-br"])
def test_the_reader_s_own_language_stays(language):
    with translation.override("fr"):
        assert as_text({}, language)
        assert translation.get_language() == "fr"
