import csv
import gettext as reader
import io
import os

import pytest
from django.core.management import CommandError

from common.catalogue import files
from common.compiled import compile_catalogues
from tests.common.small_house import catalogue, change, complaints, entry, keys, messages


def test_every_construct_is_extracted_and_nothing_else(house):
    messages()

    assert keys(house) == {
        (None, "Save"),
        (None, "Open"),
        (None, "One answer of %(state)s"),
        ("status.agreement", "Draft"),
        ("csirt", "%d team"),
        (None, "Sent to {name}"),
        (None, "This update was sent on another day."),
        (None, "Region"),
        (None, "Old tag"),
        (None, "100%% sure"),
        ("button", "Open"),
        (None, "Included words"),
        (None, "No name"),
        (None, "The update of <strong>%(name)s</strong> was accepted."),
        ("inbox", "%(n)s answer waits."),
    }


def test_plurals_comments_flags_and_files_are_kept(house):
    messages()

    plural = entry(house, "%(n)s answer waits.", "inbox")
    assert (plural.msgid_plural, plural.msgstr_plural) == ("%(n)s answers wait.", {0: "", 1: ""})
    assert plural.flags == ["python-format"]
    assert entry(house, "Sent to {name}").flags == ["python-brace-format"]
    assert entry(house, "Save").comment == "Translators: on the button that sends an update"
    assert entry(house, "Save").occurrences == [("review/words.py", "")]


def test_three_languages_are_written_and_a_second_run_changes_nothing(house):
    messages()
    paths = [files.path_of(house / "locale", language) for language in ("es", "fr", "pt_BR")]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]

    messages()

    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before
    assert str(house) not in paths[0].read_text(encoding="utf-8")
    assert "Date" not in paths[0].read_text(encoding="utf-8")


def test_texts_are_sorted_by_file_then_words(house):
    messages()

    order = [(one.occurrences[0][0], one.msgid) for one in catalogue(house)]
    assert order == sorted(order)


def test_translations_stay_and_texts_gone_from_the_code_leave(house):
    messages()
    change(house, "Open", msgstr="Abrir ya", tcomment="agreed by telephone")
    (house / "templates/review/inbox.html").unlink()

    output = messages()

    assert entry(house, "Open").msgstr == "Abrir ya"
    assert entry(house, "Open").tcomment == "agreed by telephone"
    assert (None, "Region") not in keys(house)
    assert "es: 7 texts, 4 without translation, 8 dropped." in output.splitlines()


def test_a_text_that_gains_a_plural_keeps_its_first_form(house):
    messages()
    change(house, "Open", msgstr="Abierta")
    with (house / "review/words.py").open("a") as file:
        file.write('ngettext("Open", "%(count)s open", 2)\n')

    messages()

    assert entry(house, "Open").msgstr_plural == {0: "Abierta", 1: ""}


def test_glossary_fills_what_is_unambiguous(house):
    with (house / "review/words.py").open("a") as file:
        file.write('_("region")\n_("Draft")\n_("cSIRT team")\n')

    messages()

    assert entry(house, "Save").msgstr == "Guardar"
    assert entry(house, "Region", language="pt_BR").msgstr == "Região"
    assert entry(house, "region").msgstr == "región"
    assert entry(house, "Draft").msgstr == "Borrador"
    assert entry(house, "Draft", language="fr").msgstr == ""
    assert entry(house, "Draft", "status.agreement", "fr").msgstr == "Projet"
    assert entry(house, "Open", "button").msgstr == ""
    assert entry(house, "cSIRT team", language="fr").msgstr == "CSIRT"


def test_translators_get_a_sheet_and_give_it_back(house, tmp_path):
    messages()
    rows = list(csv.DictReader(io.StringIO(messages("--missing", "pt-br"))))
    assert "Save" not in {row["msgid"] for row in rows}
    assert next(row for row in rows if row["msgctxt"] == "inbox") == {
        "msgctxt": "inbox",
        "msgid": "%(n)s answer waits.",
        "msgid_plural": "%(n)s answers wait.",
        "where": "templates/review/inbox.html",
    }

    for row in rows:
        row["msgstr"] = "" if row["msgid_plural"] else f"¡{row['msgid']}"
        row["msgstr_plural0"], row["msgstr_plural1"] = f"¡{row['msgid']}", f"¡{row['msgid_plural']}"
    output = messages("--fill", "pt_BR", sheet(tmp_path, rows))

    assert output == f"pt_BR: {len(rows)} translations taken.\n"
    assert messages("--missing", "pt_BR") == "msgctxt,msgid,msgid_plural,where\n"
    assert messages("--missing", "es") != "msgctxt,msgid,msgid_plural,where\n"


def test_rows_that_do_not_match_are_named_and_the_others_taken(house, tmp_path):
    messages()
    rows = [
        {"msgid": "Open", "msgstr": "Abrir"},
        {"msgid": "Nowhere", "msgstr": "En ninguna parte"},
        {"msgid": "%d team", "msgctxt": "csirt", "msgstr": "equipo"},
        {"msgid": "Sent to {name}", "msgstr": "Enviado"},
        {"msgid": "Old tag"},
    ]

    found = complaints("--fill", "es", sheet(tmp_path, rows))

    assert found.splitlines() == [
        "Row 3: “Nowhere” matches no text of the catalogue.",
        "Row 4: “%d team” matches no text of the catalogue.",
        "Row 5: “Sent to {name}” loses {name} in “Enviado”.",
        "Row 6: “Old tag” has no translation.",
    ]
    assert entry(house, "Open").msgstr == "Abrir"
    assert entry(house, "Sent to {name}").msgstr == ""


def test_a_language_we_do_not_have_is_refused(house):
    with pytest.raises(CommandError, match="“de” is not a language to translate into"):
        messages("--missing", "de")


def test_catalogues_are_compiled_when_older_and_read_by_gettext(complete):
    made = compile_catalogues()

    assert [path.relative_to(complete).as_posix() for path in made] == [
        f"locale/{language}/LC_MESSAGES/django.mo" for language in ("es", "fr", "pt_BR")
    ]
    assert compile_catalogues() == []
    source = made[0].with_suffix(".po")
    os.utime(source, ns=(0, made[0].stat().st_mtime_ns + 1))
    assert compile_catalogues() == [made[0]]
    with made[0].open("rb") as file:
        words = reader.GNUTranslations(file)
    assert words.gettext("Save") == "¡Save"
    assert words.npgettext("csirt", "%d team", "%d teams", 5) == "¡%d teams"
    assert sorted(path.name for path in made[0].parent.iterdir()) == ["django.mo", "django.po"]


def sheet(tmp_path, rows):
    columns = ["msgctxt", "msgid", "msgid_plural", "msgstr", "msgstr_plural0", "msgstr_plural1"]
    path = tmp_path / "sheet.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)
