import polib
import pytest

from common.catalogue import files
from common.catalogue.message import marks
from tests.common.small_house import catalogue, change, complaints, messages


def test_check_passes_when_every_language_is_complete(complete):
    assert messages("--check") == "15 texts are translated in es, fr, pt_BR.\n"


def test_check_names_a_text_that_is_not_in_the_catalogue(complete):
    (complete / "review/new.py").write_text('_("A new sentence")')

    assert complaints("--check").splitlines() == [
        f"{language}: “A new sentence” (review/new.py) is not in the catalogue as the code has it."
        " Run manage.py messages."
        for language in ("es", "fr", "pt_BR")
    ]


@pytest.mark.parametrize(
    ("msgid", "msgctxt", "values", "complaint"),
    [
        ("Save", None, {"msgstr": ""}, "has no translation."),
        ("Save", None, {"flags": ["fuzzy"]}, "is marked fuzzy."),
        ("Sent to {name}", None, {"msgstr": "Enviado a {nombre}"}, "loses {name} in “Enviado a {nombre}”."),
        ("Sent to {name}", None, {"msgstr": "Enviado a {nombre}"}, "adds {nombre} in"),
        ("100%% sure", None, {"msgstr": "100 % seguro"}, "loses %% in"),
        (
            "The update of <strong>%(name)s</strong> was accepted.",
            None,
            {"msgstr": "Aceptada <strong>%(name)s"},
            "loses </strong> in",
        ),
        ("%d team", "csirt", {"msgstr_plural": {0: "%d equipo", 1: ""}}, "has an empty plural form 1."),
        ("%d team", "csirt", {"msgstr_plural": {0: "Un equipo", 1: "equipos"}}, "loses %d in “equipos”."),
        (
            "One answer of %(state)s",
            None,
            {"msgstr_plural": {0: "Una respuesta", 1: "%(count)s de %(state)s"}},
            "loses %(state)s in “Una respuesta”.",
        ),
        (
            "This update was sent on another day.",
            None,
            {"msgstr": "This update was sent on another day."},
            "is the same as in English.",
        ),
    ],
)
def test_check_names_each_problem(complete, msgid, msgctxt, values, complaint):
    change(complete, msgid, msgctxt, **values)

    assert complaint in complaints("--check")


@pytest.mark.parametrize(
    ("msgid", "msgctxt", "values"),
    [
        (
            "One answer of %(state)s",
            None,
            {"msgstr_plural": {0: "1 de %(state)s", 1: "%(state)s: %(count)s"}},
        ),
        ("Sent to {name}", None, {"msgstr": "{name}: enviado a {name}"}),
        ("Old tag", None, {"msgstr": "Old tag"}),
    ],
)
def test_check_accepts_what_is_right(complete, msgid, msgctxt, values):
    change(complete, msgid, msgctxt, **values)

    assert "are translated" in messages("--check")


def test_check_names_obsolete_entries(complete):
    found = catalogue(complete)
    found.append(polib.POEntry(msgid="Left behind", msgstr="Olvidado"))
    found.append(polib.POEntry(msgid="Struck out", msgstr="Tachado", obsolete=True))
    files.write(found, complete / "locale", "es")

    assert complaints("--check").splitlines() == [
        "es: “Left behind” is no longer in the code. Run manage.py messages to drop it.",
        "es: “Struck out” is no longer in the code. Run manage.py messages to drop it.",
    ]


def test_english_listed_as_the_same_is_accepted(complete):
    text = "This update was sent on another day."
    change(complete, text, msgstr=text)
    (complete / "locale/same.txt").write_text(f"# Names and such\n{text}\n")

    assert "are translated" in messages("--check")


def test_marks_are_placeholders_and_tags():
    text = '<a href="%(url)s">{name!r:>10}</a> %s %(when|date:"j F")s 100%% 5 % of {} %(url)s'

    assert dict(marks(text)) == {
        "%(url)s": 1,
        "{name!r:>10}": 1,
        "%s": 1,
        '%(when|date:"j F")s': 1,
        "%%": 1,
        "{}": 1,
        "<a>": 1,
        "</a>": 1,
    }
