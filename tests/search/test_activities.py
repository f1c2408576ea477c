"""Activities are found by whoever may read of them, and by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from action_plan.models import Activity
from common.scope import PROGRAMME, reach_of, scope
from search.finding import find
from search.hits import Asked
from search.indexing import build, sweep
from tests.factories.action_plan import make_activity

pytestmark = pytest.mark.django_db
FINDERS = {
    "staff": {"observer"},
    "participants": {"observer", "chile"},
    "states": {"observer", "chile", "jamaica"},
    "public": {"observer", "chile", "jamaica", "outsider", "anon"},
}


def finds(person, words="Valparaíso"):
    person = User.objects.get(pk=person.pk) if person.is_authenticated else person
    with scope(reach_of(person)):
        groups = find(person, Asked(words)).groups
        return [str(result.url) for group in groups for result in group.results if group.code == "activity"]


@pytest.mark.parametrize("audience", FINDERS)
def test_who_finds_an_activity(audience, observer, lead_chl, lead_jam, outsider, chile):
    with scope(PROGRAMME):
        activity = make_activity("Incident handling", chile, place="Valparaíso", audience=audience)
    build()

    people = {"observer": observer, "chile": lead_chl, "jamaica": lead_jam}
    people |= {"outsider": outsider, "anon": AnonymousUser()}
    found = {name for name, person in people.items() if finds(person) == [activity.get_absolute_url()]}
    assert found == FINDERS[audience]


def test_a_title_that_changed_is_found_by_its_new_words(observer, chile):
    with scope(PROGRAMME):
        activity = make_activity("Incident handling", chile)
        build()
        Activity.objects.filter(pk=activity.pk).update(title_fr="Gestion de la montagne")
    sweep()

    assert finds(observer, "montagne") == [activity.get_absolute_url()]
