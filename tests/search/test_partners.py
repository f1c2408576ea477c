"""Partners are found by whoever may read of them, and by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from partnerships.models import Partner
from search.finding import find
from search.hits import Asked
from search.indexing import build, sweep
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db


def finds(person, words, code="partner"):
    person = User.objects.get(pk=person.pk) if person.is_authenticated else person
    with scope(reach_of(person)):
        groups = find(person, Asked(words)).groups
        return [str(result.url) for group in groups for result in group.results if group.code == code]


@pytest.mark.parametrize(
    ("is_published", "found_by"),
    [(True, {"observer", "contact", "chile", "anon"}), (False, {"observer", "contact"})],
)
def test_who_finds_a_partner(is_published, found_by, observer, lead_chl):
    with scope(PROGRAMME):
        harbour = make_partner("Harbour Foundation", is_published=is_published, country="EE")
    build()
    people = {"observer": observer, "contact": make_contact("Pia Own", harbour), "chile": lead_chl}
    people["anon"] = AnonymousUser()

    assert {name for name, who in people.items() if finds(who, "harbour")} == found_by
    assert {name for name, who in people.items() if finds(who, "estonie")} == found_by


def test_one_that_is_taken_back_leads_nobody_to_its_agreements(observer):
    with scope(PROGRAMME):
        harbour = make_partner("Harbour Foundation")
        make_agreement("Help with incidents", harbour, audience="public")
    build()
    assert finds(AnonymousUser(), "harbour", "agreement")

    with scope(PROGRAMME):
        Partner.objects.update(is_published=False)
    sweep()
    assert not finds(AnonymousUser(), "harbour", "agreement")
    assert not finds(AnonymousUser(), "harbour")
