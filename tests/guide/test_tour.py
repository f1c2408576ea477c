"""On the first day a panel leads through the portal. It never blocks, and whoever leaves it is left alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from common.scope import PROGRAMME, scope
from oas_cyber.guide.tour import ADMINISTRATOR, LIAISON, OBSERVER, PARTNER, REVIEWER, TEAM
from tests.factories.partnerships import make_contact, make_partner
from tests.guide.test_help import route_names

pytestmark = pytest.mark.django_db
PANEL = "Your first day"
TOURS = {
    "lead_chl": LIAISON,
    "officer": REVIEWER,
    "manager": REVIEWER,
    "observer": OBSERVER,
    "admin": ADMINISTRATOR,
    "rep_chl": TEAM,
    "contact": PARTNER,
}


@pytest.fixture
def contact(db):
    with scope(PROGRAMME):
        return make_contact("Carla Aliada", make_partner("Ally"))


@pytest.fixture
def newcomer(request, sign_in):
    """newcomer("officer") signs one of the cast in on the first day."""

    def _newcomer(name):
        person = request.getfixturevalue(name)
        person.tour_left = False
        person.save()
        return sign_in(person)

    return _newcomer


def landing(client):
    return client.get("/landing/", follow=True).content.decode()


def done(name):
    return set(User.objects.get(name=name).tour_done)


@pytest.mark.parametrize(("who", "steps"), TOURS.items())
def test_each_role_has_a_tour_where_it_lands(newcomer, who, steps):
    page = landing(newcomer(who))

    assert PANEL in page
    assert f"0 of {len(steps)} steps done" in page
    assert 4 <= len(steps) <= 6
    assert all(f'href="{step.url}"' in page for step in steps)


@pytest.mark.parametrize(("who", "steps"), TOURS.items())
def test_the_links_of_a_tour_open_for_its_role(newcomer, update_chl, who, steps):
    client = newcomer(who)

    assert [step.slug for step in steps if client.get(step.url, follow=True).status_code != 200] == []


def test_whoever_has_left_it_sees_none(sign_in, officer):
    assert PANEL not in landing(sign_in(officer))


def test_somebody_without_a_role_has_none(newcomer):
    assert PANEL not in landing(newcomer("outsider"))


def test_where_others_come_by_the_tour_of_a_team_stands_for_its_people_alone(newcomer):
    assert PANEL not in newcomer("lead_chl").get("/csirts/").content.decode()
    assert PANEL in newcomer("rep_chl").get("/csirts/").content.decode()


def test_doing_a_step_ticks_it(newcomer):
    client = newcomer("lead_chl")
    client.post("/profile/", {"name": "Camila Muestra", "language": "en", "time_zone": "America/Santiago"})
    client.get("/states/chile/")
    client.get("/help/share/")

    assert done("Camila Muestra") == {"language", "state", "help"}
    assert "3 of 6 steps done" in landing(client)


def test_what_was_refused_ticks_nothing(newcomer):
    newcomer("lead_chl").post("/profile/mail/", {"results": "hourly"})

    assert done("Camila Muestra") == set()


def test_a_step_done_elsewhere_is_ticked_by_hand(newcomer):
    client = newcomer("officer")
    client.post("/tour/", {"do": "done:review"})

    assert done("Ana Ejemplo") == {"review"}
    assert "1 of 6 steps done" in landing(client)


def test_a_step_of_another_role_or_of_nobody_is_not_kept(newcomer):
    client = newcomer("officer")
    for step in ("answer", "moon", ""):
        client.post("/tour/", {"do": f"done:{step}"})

    assert done("Ana Ejemplo") == set()


def test_not_now_holds_for_the_session(newcomer, officer, sign_in):
    client = newcomer("officer")
    client.post("/tour/", {"do": "later"})
    assert PANEL not in landing(client)

    client.logout()
    assert PANEL in landing(sign_in(officer))


def test_do_not_show_it_again_holds_for_good_until_it_is_taken_up(newcomer, officer, sign_in):
    client = newcomer("officer")
    client.post("/tour/", {"do": "leave"})
    client.logout()
    assert PANEL not in landing(sign_in(officer))

    assert "Take up the tour" in client.get("/help/").content.decode()
    client.post("/tour/", {"do": "again"})
    assert PANEL in landing(client)


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(path)
    return len(asked)


def test_the_tour_asks_the_database_nothing_more(newcomer, officer, sign_in):
    client = newcomer("officer")
    client.get("/region/")
    with_tour = queries(client, "/region/")
    client.post("/tour/", {"do": "leave"})
    client.get("/region/")

    assert queries(client, "/region/") == with_tour


def test_every_step_is_ticked_by_a_page_that_exists():
    for step in {step for steps in TOURS.values() for step in steps}:
        assert reverse(step.route, args=step.arguments)
        assert {visit.split()[1] for visit in step.done_by} <= set(route_names())
