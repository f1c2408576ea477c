import pytest

from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from notices import kinds
from notices.kinds import Matter, liaisons, mail_kind, staff
from notices.models import Mail
from notices.outbox import post
from notices.work import claim

SUBJECT = "{% load i18n %}{{ object.name }}: {% translate 'Sign in' %} & co\n"
TEXT = '{% extends "emails/layout.txt" %}{% block content %}{{ object.name }} & {{ person.name }}{% endblock %}'
HTML = (
    '{% extends "emails/layout.html" %}{% block heading %}{{ object.name }}{% endblock %}'
    "{% block content %}<p>{{ person.name }}</p>{% endblock %}"
)


@pytest.fixture
def greeting(monkeypatch, settings):
    """A kind of mail about a state, for its liaisons and for staff."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    loader = {"greeting.subject.txt": SUBJECT, "greeting.txt": TEXT, "greeting.html": HTML}
    engine = settings.TEMPLATES[0]
    options = {key: value for key, value in engine["OPTIONS"].items()}
    options["loaders"] = [
        ("django.template.loaders.locmem.Loader", loader),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = [engine | {"APP_DIRS": False, "OPTIONS": options}]
    mail_kind("greeting", find=state_of, template="greeting", link=link_of)
    mail_kind("gossip", find=state_of, template="greeting", link=link_of, matter=GOSSIP)


def anybody(person):
    return staff(person) or liaisons(person)


GOSSIP = Matter("gossip", "What people say", anybody)


def link_of(state):
    return f"/states/{state.slug}/"


def state_of(person, object_id):
    """Staff, and whoever is a liaison of the state."""
    own = MemberState.objects.filter(pk=object_id)
    return own.first() if person.is_programme_staff else own.filter(liaisons__person=person).first()


@pytest.fixture
def posted(greeting):
    """posted(state, person) puts one mail in the outbox and returns its row."""

    def _posted(state, person):
        post(kind="greeting", object_id=state.pk, people=[person])
        return the_mail(person)

    return _posted


def the_mail(person):
    with scope(PROGRAMME):
        return Mail.objects.get(person=person)


def taken(mail):
    return claim(Mail, mail.pk)


def change(mail, **columns):
    with scope(PROGRAMME):
        Mail.objects.filter(pk=mail.pk).update(**columns)
