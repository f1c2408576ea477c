"""The audit trail tells a state nothing that the programme has not shared with it, and nobody who was an expert."""

import pytest
from django.db import connection

from accounts.models import AuditEntry
from action_plan.models import ActivityState, CountryPlan, Expert, ExpertSkill, LineNeed, Mission, PlanLine, PlanMove
from common.scope import PROGRAMME, reach_of, scope
from common.walls import Audited
from tests.factories.action_plan import make_activity

pytestmark = pytest.mark.django_db
NOT_YET_THE_STATES = (ActivityState, CountryPlan, LineNeed, Mission, PlanLine, PlanMove)


def entries_of(person):
    with scope(reach_of(person)), connection.cursor() as cursor:
        cursor.execute("SELECT after::text FROM accounts_auditentry")
        return "".join(row[0] or "" for row in cursor.fetchall())


def test_an_idea_of_the_staff_is_not_in_the_trail_of_the_state_it_is_for(chile, lead_chl):
    with scope(PROGRAMME):
        activity = make_activity("An idea", chile, audience="staff")
        entry = AuditEntry.objects.filter(model="action_plan.activitystate").latest("pk")

    assert entry.state_id is None
    assert f'"activity_id": {activity.pk}' not in entries_of(lead_chl)


@pytest.mark.parametrize("model", NOT_YET_THE_STATES)
def test_what_is_not_shared_yet_names_no_state_in_the_trail(model):
    audits = [found for found in model._meta.constraints if isinstance(found, Audited)]

    assert [audit.given["state"] for audit in audits] == [""]


def test_the_trail_holds_nothing_that_says_who_an_expert_was():
    def left_out(model):
        audit = next(found for found in model._meta.constraints if isinstance(found, Audited))
        return audit.given["without"].split(",")

    assert {"name", "email", "country_id", "languages"} <= set(left_out(Expert))
    assert left_out(ExpertSkill) == ["factor_id", "level"]
