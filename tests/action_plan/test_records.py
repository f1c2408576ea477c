"""The page of an activity shows the record of its point, in short, to whoever may read that record."""

import pytest

from action_plan.models import Campaign, Recommendation
from capability.models import Factor
from common.scope import PROGRAMME, scope
from tests.factories.action_plan import make_activity
from tests.factories.capability import make_edition
from tests.factories.experts import make_expertise
from tests.factories.missions import make_mission, make_recommendation
from tests.factories.training import make_course

pytestmark = pytest.mark.django_db


def parts(answer):
    return {template.removeprefix("action_plan/of_").removesuffix(".html") for template, _ in answer.context["records"]}


def test_a_course_stands_on_the_page_of_its_activity(sign_in, lead_chl, chile):
    course = make_course(chile, slug="handling")

    page = sign_in(lead_chl).get("/activities/handling/")

    assert parts(page) == {"course"}
    assert course.get_absolute_url() in page.text
    assert "Open until" in page.text
    assert dict(page.context["records"])["action_plan/of_course.html"].sessions_count == 2


@pytest.mark.parametrize(("released", "told"), [(True, (2, 1)), (False, (0, 0))])
def test_a_mission_says_how_many_recommendations_its_reader_may_read(sign_in, officer, lead_chl, chile, released, told):
    with scope(PROGRAMME):
        mission = make_mission(chile, officer, released=released)
        make_recommendation(mission, status=Recommendation.Status.IMPLEMENTED)
        make_recommendation(mission, "Train the team")

    def seen(reader):
        page = sign_in(reader).get(mission.activity.get_absolute_url())
        assert mission.get_absolute_url() in page.text
        one = dict(page.context["records"])["action_plan/of_mission.html"]
        return one.advice, one.implemented

    assert (seen(officer), seen(lead_chl)) == ((2, 1), told)


def test_who_does_not_read_of_a_mission_reads_nothing_on_its_activity(sign_in, officer, lead_jam, chile):
    with scope(PROGRAMME):
        mission = make_mission(chile, officer)
        type(mission.activity).objects.filter(pk=mission.activity.pk).update(audience="public")

    assert parts(sign_in(lead_jam).get(mission.activity.get_absolute_url())) == set()
    assert parts(sign_in(officer).get(mission.activity.get_absolute_url())) == {"mission"}


def test_a_campaign_stands_there_for_everybody(client, chile):
    with scope(PROGRAMME):
        activity = make_activity("Stop and think", chile, kind="campaign", point=5, audience="public", slug="stop")
        Campaign.objects.create(activity=activity, message="Ask first.", groups=["older"])

    page = client.get("/activities/stop/")

    assert parts(page) == {"campaign"}
    assert "Ask first." in page.text
    assert "Older people" in page.text


def test_an_officer_comes_from_the_activity_to_a_campaign_that_is_not_written_yet(client, sign_in, officer, chile):
    with scope(PROGRAMME):
        make_activity("Stop and think", chile, kind="campaign", point=5, audience="public", slug="stop")
        make_activity("A talk", chile, audience="public", slug="talk")

    def leads_on(browser, slug="stop"):
        return f'href="/campaigns/{slug}/edit/"' in browser.get(f"/activities/{slug}/").text

    assert not leads_on(client)
    assert (leads_on(sign_in(officer)), leads_on(sign_in(officer), "talk")) == (True, False)


def test_expertise_names_the_factors_and_nobody_of_the_roster(sign_in, officer, lead_chl, chile):
    make_edition()
    factor = Factor.objects.order_by("pk").first()
    with scope(PROGRAMME):
        need = make_expertise(chile, officer, factor)

    page = sign_in(lead_chl).get(need.activity.get_absolute_url())

    assert parts(page) == {"expertise"}
    assert factor.code in page.text
