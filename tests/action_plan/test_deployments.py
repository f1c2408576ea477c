"""The deployment of a CSIRT: milestones with proofs; the last is told by the network; the state's own word stands."""

import pytest
from django.urls import reverse

from action_plan.actions.deployments import record, start
from action_plan.deployment_page import deployment_of
from action_plan.models import Deployment, Milestone
from capability.models import CsirtStatus
from common.scope import PROGRAMME, reach_of, scope
from review.actions import Refused
from tests.factories.csirt_network import make_team
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def deployment(chile, officer):
    with scope(PROGRAMME):
        return start(state=chile, activity=None, team=None, by=officer)


def reach(deployment, officer, *steps):
    with scope(PROGRAMME):
        for step in steps:
            facts = {"reached": "2026-05", "evidence": "A decree", "link": ""}
            record(deployment=deployment, step=step, by=officer, **facts)


def page_of(reader, state):
    with scope(reach_of(reader)):
        return deployment_of(reader, state)


def test_it_is_started_once_on_an_activity_of_its_kind(deployment, chile, officer):
    with scope(PROGRAMME):
        activity = deployment.activity
        assert (activity.kind, activity.point, activity.title_es != "") == ("deployment", 3, True)
        assert activity.taking_part.get().state == chile
        with pytest.raises(Refused, match="recorded already"):
            start(state=chile, activity=None, team=None, by=officer)


def test_a_milestone_wants_a_date_and_a_proof_and_keeps_what_was_typed(client, deployment, officer):
    sign_in_from_inside(client, officer)
    page = reverse("deployment-milestone", args=["chile", "mandate"])

    undated = client.post(page, {"reached": "", "evidence": "Decree 12", "link": ""})
    unproven = client.post(page, {"reached": "2026-05", "evidence": "", "link": ""})
    odd = client.post(page, {"reached": "soon", "evidence": "Decree 12", "link": "no address"})

    assert [answer.status_code for answer in (undated, unproven, odd)] == [422] * 3
    assert "Say when it was reached." in undated.text
    assert "Decree 12" in undated.text
    assert "Say what proves it" in unproven.text
    assert "Enter a whole address" in odd.text
    assert client.post(page, {"reached": "2026-05", "evidence": "Decree 12", "link": ""}).status_code == 302
    assert "Decree 12" in client.get(reverse("deployment-detail", args=["chile"])).text
    assert "Reached May 2026" in client.get(deployment.activity.get_absolute_url()).text


def test_the_last_milestone_is_told_by_the_network(deployment, chile, lead_chl, officer):
    reach(deployment, officer, *Milestone.Step.values)
    before = page_of(lead_chl, chile)
    with scope(PROGRAMME):
        make_team("CSIRT of Chile", chile, slug="csirt-chile")
    after = page_of(lead_chl, chile)

    assert (before.reached, after.reached) == (5, 6)
    assert after.membership is not None


def test_the_profile_is_not_overwritten_and_the_next_update_is_asked_to_say_it(
    client, deployment, chile, lead_chl, officer
):
    with scope(PROGRAMME):
        CsirtStatus.objects.create(state=chile, status="setting up")
    reach(deployment, officer, "operational")

    assert page_of(lead_chl, chile).is_to_confirm
    with scope(PROGRAMME):
        assert CsirtStatus.objects.get(state=chile).status == "setting up"
    sign_in_from_inside(client, lead_chl)
    assert "changes when its next update says so" in client.get("/states/chile/csirt/").text


def test_what_the_state_has_said_is_to_be_confirmed_no_more(deployment, update_chl, chile, lead_chl, officer):
    reach(deployment, officer, "operational")
    with scope(PROGRAMME):
        CsirtStatus.objects.create(state=chile, update=update_chl, status="operational")

    assert not page_of(lead_chl, chile).is_to_confirm


def test_the_region_page_says_what_is_to_be_confirmed(sign_in, deployment, officer):
    reach(deployment, officer, "operational")

    tile = sign_in(officer).get("/region/").context["glance"].tiles[0]

    assert "1 deployment shows a CSIRT at work that the state has yet to confirm" in tile.feet


def test_the_next_update_is_offered_what_the_deployment_shows(sign_in, deployment, update_chl, lead_chl, officer):
    page = f"{update_chl.get_absolute_url()}csirt/"
    assert "show the CSIRT at work" not in sign_in(lead_chl).get(page).text
    reach(deployment, officer, "operational")

    assert "show the CSIRT at work" in sign_in(lead_chl).get(page).text


def test_no_other_state_learns_of_it(client, deployment, lead_jam, chile, officer):
    reach(deployment, officer, "mandate")
    sign_in_from_inside(client, lead_jam)

    assert client.get(reverse("deployment-detail", args=["chile"])).status_code == 404
    with scope(reach_of(lead_jam)):
        assert not Deployment.objects.exists()
        assert not Milestone.objects.exists()
    assert "CSIRT deployment" not in client.get("/states/chile/csirt/").text
