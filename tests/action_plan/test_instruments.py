"""The instruments with their sources, and what implements each, as far as the reader may read of it."""

import pytest
from django.urls import reverse
from django.utils import translation

from action_plan.imports import load_action_plan
from action_plan.mandate_imports import load_mandate
from action_plan.models import Activity, Instrument, InstrumentActivity, Presentation
from capability.imports import load_reference
from common.scope import PROGRAMME, scope
from documents.imports import load_sources
from tests.factories.action_plan import make_activity
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db
ROUNDTABLE = "roundtable-policymakers-2012"


@pytest.fixture
def instruments(db):
    with scope(PROGRAMME):
        load_sources()
    load_mandate()
    return {one.slug: one for one in Instrument.objects.all()}


def test_the_three_instruments_stand_in_order_with_their_sources_in_four_languages(client, instruments):
    assert [(one.year, one.reference) for one in Instrument.objects.all()] == [
        ("2004", "AG/RES. 2004 (XXXIV-O/04)"),
        ("2012", ""),
        ("2015", ""),
    ]
    assert all(one.source for one in instruments.values())
    for code in ("en", "es", "fr", "pt-br"):
        with translation.override(code):
            assert len({one.name for one in instruments.values()} | {one.about for one in instruments.values()}) == 6
    for one in instruments.values():
        assert one.name in client.get(one.get_absolute_url()).text
    assert "National cyber security strategy development" in client.get("/instruments/2004-strategy/").text


def test_an_activity_is_named_to_whoever_may_read_of_it(client, instruments, chile, officer, lead_chl):
    with scope(PROGRAMME):
        activity = make_activity("A quiet workshop", chile, slug="quiet")
    page = instruments["2015-declaration"].get_absolute_url()
    sign_in_from_inside(client, officer)
    link = {"point": "", "activity": "https://www.example.org/activities/quiet/?x=1"}
    assert client.post(reverse("instrument-link", args=["2015-declaration"]), link).status_code == 302
    assert "A quiet workshop" in client.get(page).text

    sign_in_from_inside(client, lead_chl)
    assert "A quiet workshop" in client.get(page).text
    client.logout()
    assert "A quiet workshop" not in client.get(page).text

    sign_in_from_inside(client, officer)
    client.post(reverse("instrument-unlink", args=["2015-declaration"]), {"activity": activity.pk})
    with scope(PROGRAMME):
        assert not InstrumentActivity.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose a point or an activity."),
        ({"activity": "nowhere"}, "There is no such activity."),
        ({"point": "9"}, "9"),
    ],
)
def test_what_cannot_be_linked_is_said(client, instruments, officer, typed, said):
    sign_in_from_inside(client, officer)

    answer = client.post(reverse("instrument-link", args=["2012-declaration"]), typed)

    assert answer.status_code == 422
    assert said in answer.text


def test_the_roundtable_of_2012_has_nine_presenting_states_and_its_host(client):
    load_reference()
    load_action_plan()
    load_mandate()
    activity = Activity.objects.get(slug=ROUNDTABLE)

    with scope(PROGRAMME):
        shown = Presentation.objects.filter(activity=activity)
        states = set(shown.filter(state__isnull=False, as_host=False).values_list("state__slug", flat=True))
        hosts = list(shown.filter(as_host=True).values_list("state__slug", "subject_en"))
        assert states == {
            "argentina", "brazil", "chile", "colombia", "mexico", "panama", "peru", "uruguay", "united-states",
        }  # fmt: skip
        assert hosts == [("canada", "Its Cyber Security Strategy")]
        assert shown.filter(state=None).count() == 5
        assert {one.source.reference for one in shown} == {"E-305/12"}
    page = client.get(activity.get_absolute_url()).text
    assert "States that presented" in page
    assert "Its Cyber Security Strategy" in page
    assert activity.title in client.get("/states/uruguay/strategy/").text
