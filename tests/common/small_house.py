"""A small product of one package and one page, to try the translation commands on."""

import io

import pytest
from django.core.management import CommandError, call_command

from common.catalogue import files
from common.management.commands.messages import Command

PYTHON = """
from django.utils.translation import gettext, gettext_lazy as _, ngettext, npgettext, pgettext

# Translators: on the button that sends an update
SAVE = _("Save")
LABEL = gettext("Open")
MANY = ngettext("One answer of %(state)s", "%(count)s answers of %(state)s", 3)
VERB = pgettext("status.agreement", "Draft")
TEAMS = npgettext("csirt", "%d team", "%d teams", 2)
BRACES = _("Sent to {name}")
LONG = _(
    "This update was sent "
    "on another day."
)
"""
TEMPLATE = """{% load i18n %}
<h1>{% translate "Region" %}</h1>
    <p>{% trans 'Old tag' %} {% translate "100% sure" %}</p>
  {# a note for colleagues, isn't it #}
{% translate "Open" context "button" as label %}
{% include "x.html" with title=_("Included words") only %}
{{ name|default:_("No name") }}
      {% blocktranslate trimmed with name=state.name %}
        The update of
        <strong>{{ name }}</strong> was accepted.
      {% endblocktranslate %}
{% blocktranslate count n=answers|length context "inbox" trimmed %}
  {{ n }} answer waits.
{% plural %}
  {{ n }} answers wait.
{% endblocktranslate %}
{% comment %}{% translate "Commented out" %}{% endcomment %}
"""
GLOSSARY = """key,context,en,es,fr,pt_br,status
button.save,button,Save,Guardar,Enregistrer,Salvar,ours
nav.region,nav,Region,Región,Région,Região,ours
noun.region,noun,Region,Región,Région,Região,ours
draft.a,status.update,Draft,Borrador,Brouillon,Rascunho,ours
draft.b,status.agreement,Draft,Borrador,Projet,Minuta,ours
noun.team,noun,CSIRT team,Equipo CSIRT,CSIRT,Equipe CSIRT,ours
"""


FILES = {
    "review/__init__.py": "",
    "review/words.py": PYTHON,
    "templates/review/inbox.html": TEMPLATE,
    "locale/glossary.csv": GLOSSARY,
    "tests/__init__.py": "_('Only a test')",
    "scratch/loose.py": "_('Not a package')",
}


def messages(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command(Command(stdout=out, stderr=err, no_color=True), *arguments)
    return out.getvalue()


def complaints(*arguments):
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command(Command(stdout=io.StringIO(), stderr=err, no_color=True), *arguments)
    return err.getvalue()


def catalogue(house, language="es"):
    return files.read(house / "locale", language)


def keys(house, language="es"):
    return set(files.by_key(catalogue(house, language)))


def entry(house, msgid, context=None, language="es"):
    return files.by_key(catalogue(house, language))[context, msgid]


def translate_everything(house):
    for language in ("es", "fr", "pt_BR"):
        found = catalogue(house, language)
        for one in found:
            if one.msgid_plural:
                one.msgstr_plural = {0: f"¡{one.msgid}", 1: f"¡{one.msgid_plural}"}
            else:
                one.msgstr = f"¡{one.msgid}"
        files.write(found, house / "locale", language)


def change(house, msgid, context=None, language="es", **values):
    found = catalogue(house, language)
    one = files.by_key(found)[context, msgid]
    for name, value in values.items():
        setattr(one, name, value)
    files.write(found, house / "locale", language)
