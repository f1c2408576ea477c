"""What works in a person's name without a password ends when their secrets do: nobody reads on with an old address."""

import pytest

from accounts.actions import make_token, revoke_all
from action_plan.actions import calendar_feeds
from common.scope import reach_of, scope
from csirt_network.actions import feeds
from tests.csirt_network.alerts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(rep_jam, csirt_jam):
    """Of every kind of address that opens something by itself; a team's is that of whoever made it."""
    person = fresh(rep_jam)
    with scope(reach_of(person)):
        own, of_team = (feeds.make_feed(name="x", team=team, by=person)[1] for team in (None, csirt_jam))
        calendar = calendar_feeds.make_feed(name="x", state=None, is_own_work=False, by=person)[1]
    return [f"/feeds/{own}/alerts.atom", f"/feeds/{of_team}/alerts.atom", f"/calendars/{calendar}/activities.ics"]


def test_feeds_and_calendars_end_with_the_tokens(rep_jam, addresses, client):
    _token, secret = make_token(name="x", scopes=["read"], days=9, by=rep_jam)
    before = [client.get(address).status_code for address in addresses]
    revoke_all(person=rep_jam)

    assert before == [200, 200, 200]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert client.get("/api/v1/states/", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 401


def test_those_of_others_go_on(rep_chl, addresses, client):
    revoke_all(person=rep_chl)

    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
