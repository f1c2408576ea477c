"""Feeds show what their reader may read today, and with little power; a token ends with what it stood on."""

from datetime import timedelta

import pytest
import time_machine
from defusedxml import ElementTree
from django.utils import timezone

from accounts.actions import digest_of
from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.feeds import make_feed, revoke
from csirt_network.models import FeedToken, NetworkMembership, TeamMember
from review.actions import Refused
from tests.csirt_network.alerts import fresh, send_out

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(person, team=None):
    person = fresh(person)
    with scope(reach_of(person)):
        token, secret = make_feed(name="My reader", team=team, by=person)
    return token, f"/feeds/{secret}/alerts.atom"


def titles(response):
    assert response.status_code == 200, response.content
    root = ElementTree.fromstring(response.content)
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


@pytest.fixture
def alerts(officer, csirt_chl, csirt_jam, rep_jam):
    """One under each label for Jamaica, some for Chile alone, and what programs never pass on."""
    for tlp in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT"):
        send_out(csirt_jam, by=officer, tlp=tlp, title_en=f"Words under {tlp}")
    send_out(by=officer, people=[rep_jam], tlp="RED", title_en="Words under RED")
    send_out(csirt_chl, by=officer, tlp="AMBER", title_en="For Chile")
    send_out(csirt_jam, by=officer, tlp="GREEN", pap="RED", title_en="PAP:RED")
    send_out(csirt_jam, by=officer, tlp="GREEN", is_exercise=True, title_en="An exercise")


OF_JAMAICA = {
    "[TLP:CLEAR] Alert 2026-001: Words under CLEAR",
    "[TLP:GREEN] Alert 2026-002: Words under GREEN",
    "[TLP:AMBER] Alert 2026-003",
    "[TLP:AMBER+STRICT] Alert 2026-004",
}


def test_a_feed_shows_what_its_reader_may_read(alerts, rep_jam, csirt_jam, lead_chl, client):
    assert set(titles(client.get(feed_of(rep_jam)[1]))) == OF_JAMAICA
    assert set(titles(client.get(feed_of(rep_jam, csirt_jam)[1]))) == OF_JAMAICA
    assert titles(client.get(feed_of(lead_chl)[1])) == ["[TLP:CLEAR] Alert 2026-001: Words under CLEAR"]


def test_whoever_is_signed_in_beside_it_changes_nothing(alerts, manager, rep_jam, sign_in):
    assert set(titles(sign_in(manager).get(feed_of(rep_jam)[1]))) == OF_JAMAICA


def test_above_green_there_is_no_text(alerts, rep_jam, client):
    root = ElementTree.fromstring(client.get(feed_of(rep_jam)[1]).content)
    for entry in root.iter(f"{ATOM}entry"):
        is_open = entry.find(f"{ATOM}category").get("term") in ("TLP:CLEAR", "TLP:GREEN")
        assert (entry.find(f"{ATOM}content") is not None) is is_open


def test_it_is_well_formed_atom(alerts, officer, rep_jam, client):
    send_out(by=officer, people=[officer], title_en="<b>&amp; \x07 ]]> \U0001f512", happening_en="\x0b\ufffe")
    response = client.get(feed_of(rep_jam)[1])
    root = ElementTree.fromstring(response.content)

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):  # RFC 4287, 4.1.1 and 4.1.2
            assert len(element.findall(f"{ATOM}{name}")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name").text
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert root.find(f"{ATOM}entry").findtext(f"{ATOM}title").endswith(": <b>&amp; \ufffd ]]> \U0001f512")


def test_who_has_it_already_is_told_so(alerts, officer, rep_jam, client):
    path = feed_of(rep_jam)[1]
    etag = client.get(path).headers["ETag"]

    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    send_out(by=officer, people=[officer], title_en="New")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_a_membership_that_ends_stops_it_at_the_next_request(rep_jam, csirt_jam, client):
    mine, teams = feed_of(rep_jam)[1], feed_of(rep_jam, csirt_jam)[1]
    assert client.get(mine).status_code == client.get(teams).status_code == 200
    TeamMember.objects.filter(person=rep_jam).update(ended_at=timezone.now())

    assert client.get(mine).status_code == client.get(teams).status_code == 404


def test_a_team_that_leaves_the_network_stops_it(rep_jam, csirt_jam, client):
    path = feed_of(rep_jam, csirt_jam)[1]
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_jam).update(ended_at=timezone.now())

    assert client.get(path).status_code == 404


def test_revoked_closed_expired_and_unknown_look_alike(rep_jam, rep_chl, analyst_chl, client):
    revoked, closed, expired = feed_of(rep_jam), feed_of(rep_chl), feed_of(analyst_chl)
    with scope(reach_of(fresh(rep_jam))):
        revoke(token=revoked[0], by=rep_jam)
    User.objects.filter(pk=rep_chl.pk).update(is_active=False)
    answers = [client.get(path) for path in (revoked[1], closed[1], "/feeds/guessed/alerts.atom")]
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        answers.append(client.get(expired[1]))

    assert {answer.status_code for answer in answers} == {404}


def test_only_the_digest_is_stored_and_the_last_use_is_shown(rep_jam, sign_in, client):
    browser = sign_in(rep_jam)
    page = browser.post("/alerts/feeds/", {"name": "My reader", "reads_as": "me"}).content.decode()
    address = next(word for word in page.replace("<", " ").replace(">", " ").split() if "/alerts.atom" in word)
    secret = address.split("/feeds/")[1].split("/")[0]

    with scope(PROGRAMME):
        token = FeedToken.objects.get()
    assert token.digest == digest_of(secret)
    assert token.last_used_at is None
    client.logout()
    assert client.get(f"/feeds/{secret}/alerts.atom").status_code == 200
    with scope(PROGRAMME):
        assert FeedToken.objects.get().last_used_at
    page = sign_in(rep_jam).get("/alerts/feeds/").content.decode()
    assert secret not in page
    assert "Never" not in page


def test_a_representative_revokes_what_a_colleague_made_for_the_team(csirt_chl, rep_chl, analyst_chl, rep_jam, sign_in):
    of_team, own = feed_of(rep_chl, csirt_chl)[0], feed_of(rep_chl)[0]
    assert sign_in(analyst_chl).post(f"/alerts/feeds/{of_team.pk}/revoke/").status_code == 403
    assert sign_in(analyst_chl).post(f"/alerts/feeds/{own.pk}/revoke/").status_code == 404
    assert sign_in(rep_jam).post(f"/alerts/feeds/{of_team.pk}/revoke/").status_code == 404
    assert sign_in(rep_chl).post(f"/alerts/feeds/{of_team.pk}/revoke/").status_code == 302


def test_five_are_enough(rep_jam):
    for _ in range(FeedToken.MOST):
        feed_of(rep_jam)
    with pytest.raises(Refused):
        feed_of(rep_jam)


def test_guessing_is_counted(rep_jam, client):
    path = feed_of(rep_jam)[1]
    for _ in range(30):
        client.get("/feeds/guessed/alerts.atom")

    assert client.get(path).status_code == 404


def test_the_public_feed_is_clear_and_may_be_cached(alerts, client):
    response = client.get("/alerts.atom")

    assert titles(response) == ["[TLP:CLEAR] Alert 2026-001: Words under CLEAR"]
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/alerts.atom", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_the_public_feed_is_the_same_for_whoever_is_signed_in(alerts, rep_jam, sign_in, client):
    before = client.get("/alerts.atom").content
    assert sign_in(rep_jam).get("/alerts.atom").content == before


def test_each_language_has_its_address(alerts, client):
    response = client.get("/alerts.atom?in=es")

    assert response.headers["Content-Language"] == "es"
    assert b'xml:lang="es"' in response.content
