"""The taxonomy of incidents, as peers know it."""

import pytest
from django.utils import translation

from csirt_network import rsit


def test_it_has_eleven_classes_and_thirty_nine_types():
    assert (len(rsit.CLASSES), len(rsit.TYPES)) == (11, 39)
    assert {kind.class_code for kind in rsit.TYPES.values()} == set(rsit.CLASSES)


def test_the_classes_speak_four_languages():
    said = set()
    for language in ("en", "es", "fr", "pt-br"):
        with translation.override(language):
            said.add(rsit.CLASSES["abusive-content"].name)
            assert rsit.CLASSES["abusive-content"].help
    assert said == {"Abusive Content", "Contenido abusivo", "Contenu abusif", "Conteúdo abusivo"}


def test_each_type_has_a_name_and_one_line():
    for kind in rsit.TYPES.values():
        assert kind.name
        assert str(kind.help).endswith(".")
        assert "\n" not in str(kind.help)


def test_a_type_has_its_class():
    assert rsit.class_of("c2-server").code == "malicious-code"
    with pytest.raises(KeyError):
        rsit.class_of("c2")


def test_choices_are_grouped_by_class_and_read_when_shown():
    grouped = rsit.type_choices()
    assert sum(len(choices) for _name, choices in grouped) == 39
    with translation.override("es"):
        assert [str(name) for name, _choices in grouped][:2] == ["Contenido abusivo", "Código malicioso"]
        assert str(dict(rsit.class_choices())["fraud"]) == rsit.CLASSES["fraud"].name


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        ('rsit:malicious-code="c2-server"', ("malicious-code", "c2-server")),
        ("rsit:fraud", ("fraud", "")),
        ('rsit:fraud="c2-server"', None),
        ('rsit:nothing="c2-server"', None),
        ("tlp:amber", None),
        ('rsit:fraud="phishing" and more', None),
    ],
)
def test_tags_of_misp_are_read_and_written(tag, codes):
    assert rsit.of_misp_tag(tag) == codes
    if codes:
        assert rsit.misp_tag(*codes) == tag
