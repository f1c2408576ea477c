"""Who reads of an activity: as its audience says, and what hangs on it with it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from action_plan.models import Activity, ActivityState, ParticipantCount
from common.scope import PROGRAMME, reach_of, scope
from tests.factories.action_plan import make_activity

pytestmark = pytest.mark.django_db
READERS = {
    "staff": set(),
    "participants": {"chile"},
    "states": {"chile", "jamaica"},
    "public": {"chile", "jamaica", "nobody"},
}


@pytest.mark.parametrize("audience", READERS)
def test_an_activity_is_read_by_its_audience(audience, lead_chl, lead_jam, chile):
    with scope(PROGRAMME):
        activity = make_activity("Incident handling", chile)
        ParticipantCount.objects.create(activity=activity, state=chile, women=3)
        Activity.objects.filter(pk=activity.pk).update(audience=audience)
    people = {"chile": lead_chl, "jamaica": lead_jam, "nobody": AnonymousUser()}

    for model in (Activity, ActivityState, ParticipantCount):
        read = {name for name, person in people.items() if _reads(model, person)}
        assert read == READERS[audience], model


def _reads(model, person):
    with scope(reach_of(person)):
        shown = model._base_manager.exists()
        assert model.objects.visible_to(person).exists() == shown
    return shown
