"""Agreements are found by whoever may read them, and by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from partnerships.models import Party
from search.finding import find
from search.hits import Asked
from search.indexing import build, sweep
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db
FINDERS = {
    "staff": {"observer"},
    "parties": {"observer", "contact"},
    "states": {"observer", "contact", "chile"},
    "public": {"observer", "contact", "chile", "outsider", "anon"},
}


@pytest.fixture
def microsoft():
    with scope(PROGRAMME):
        return make_partner("Microsoft")


def finds(person, words):
    person = User.objects.get(pk=person.pk) if person.is_authenticated else person
    with scope(reach_of(person)):
        groups = find(person, Asked(words)).groups
        return [str(result.url) for group in groups for result in group.results if group.code == "agreement"]


@pytest.mark.parametrize("audience", FINDERS)
def test_who_finds_an_agreement(audience, observer, lead_chl, outsider, microsoft):
    contact = make_contact("Paula Partner", microsoft)
    with scope(PROGRAMME):
        agreement = make_agreement("Help with incidents", microsoft, place="Redmond", audience=audience)
    build()

    people = {"observer": observer, "contact": contact, "chile": lead_chl}
    people |= {"outsider": outsider, "anon": AnonymousUser()}
    found = {name for name, person in people.items() if finds(person, "Redmond") == [agreement.get_absolute_url()]}
    assert found == FINDERS[audience]


def test_a_partner_that_is_not_published_leads_nobody_to_an_agreement(observer, microsoft):
    with scope(PROGRAMME):
        hidden = make_partner("Hushhouse", is_published=False)
        make_agreement("Help with incidents", microsoft, hidden, audience="public")
    build()

    assert finds(AnonymousUser(), "Hushhouse") == []


def test_a_new_party_is_found_by_its_name(observer, microsoft):
    with scope(PROGRAMME):
        agreement = make_agreement("Help with incidents", microsoft)
        europol = make_partner("Europol")
        build()
        Party.objects.create(agreement=agreement, partner=europol)
    sweep()

    assert finds(observer, "europol") == [agreement.get_absolute_url()]
