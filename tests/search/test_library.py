"""The library is found by whoever may read it; what is under a strict label is in no index."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.library import withdraw
from csirt_network.models import Recipient
from search.finding import find
from search.hits import Asked
from search.indexing import build, sweep
from tests.factories.library import make_item, publish

pytestmark = pytest.mark.django_db


def found_by(person):
    person = User.objects.get(pk=person.pk) if person.is_authenticated else person
    with scope(reach_of(person)):
        groups = find(person, Asked("telephone")).groups
        return [str(result.url) for group in groups for result in group.results if group.code == "library"]


@pytest.mark.parametrize(
    ("tlp", "finders"),
    [
        (Tlp.CLEAR, {"anon", "outsider", "lead_chl", "rep_chl", "rep_jam", "observer"}),
        (Tlp.GREEN, {"rep_chl", "rep_jam", "observer"}),
        (Tlp.AMBER, {"rep_chl", "observer"}),
        (Tlp.STRICT, {"rep_chl", "observer"}),
    ],
)
def test_who_finds_what_is_under_which_label(
    manager, observer, csirt_chl, rep_chl, rep_jam, lead_chl, outsider, tlp, finders
):
    item = publish(make_item(manager), manager, Recipient(kind="team", team=csirt_chl), tlp=tlp)
    build()

    people = {"anon": AnonymousUser(), "observer": observer, "rep_chl": rep_chl, "rep_jam": rep_jam}
    people |= {"lead_chl": lead_chl, "outsider": outsider}
    assert {name for name, person in people.items() if found_by(person) == [item.get_absolute_url()]} == finders


def test_what_was_withdrawn_is_found_no_more(manager, rep_chl):
    item = publish(make_item(manager), manager)
    build()
    with scope(PROGRAMME):
        withdraw(item=item, because="It is old.", by=manager)
    sweep()

    assert found_by(rep_chl) == []
