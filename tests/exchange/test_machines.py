"""Programs sign in with a token: in the reach of its team, for what it may, and not a moment longer than it rests."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db.utils import InternalError
from django.test import Client
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.actions import digest_of, revoke_all
from accounts.models import AuditEntry, User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import NetworkMembership, TeamMember
from exchange import machines
from exchange.actions.tokens import is_within, revoke
from exchange.models import MachineToken
from review.actions import Refused
from tests.csirt_network.alerts import fresh, send_out
from tests.factories.exchange import bearer, make_machine_token

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.exchange.probe_urls")]


@pytest.fixture
def made(rep_jam, csirt_jam):
    return make_machine_token(rep_jam, csirt_jam)


@pytest.fixture
def alerts(officer, csirt_jam, csirt_chl, rep_jam):
    for tlp in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT"):
        send_out(csirt_jam, by=officer, tlp=tlp)
    send_out(by=officer, people=[rep_jam], tlp="RED")
    send_out(csirt_chl, by=officer, tlp="AMBER", title_en="For Chile")


def basic(key, secret):
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()}


def ask(headers, path="/probe/any/", **more):
    return Client().get(path, headers=headers, **more)


# Who it is ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [bearer, lambda token, secret: basic(token.key, secret)], ids=["bearer", "basic"])
def test_a_machine_reads_as_its_team_and_never_what_is_red(made, alerts, csirt_jam, of):
    told = ask(of(*made)).json()

    assert (told["team"], told["teams"]) == (csirt_jam.slug, [csirt_jam.pk])
    assert told["alerts"] == ["AMBER", "AMBER+STRICT", "CLEAR", "GREEN"]
    assert (told["person"], told["staff"]) == (None, False)


@pytest.mark.parametrize("method", ["get", "head", "post", "delete"])
def test_it_works_for_every_method_without_a_form_token(made, method):
    browser = Client(enforce_csrf_checks=True)

    assert getattr(browser, method)("/probe/any/", headers=bearer(*made)).status_code == 200


def test_reading_methods_write_nothing(made):
    with pytest.raises(InternalError, match="read-only"):
        ask(bearer(*made), "/probe/push/")


def test_a_change_names_the_token_it_came_by(made):
    assert Client().post("/probe/push/", headers=bearer(*made)).status_code == 200
    with scope(PROGRAMME):
        assert AuditEntry.objects.filter(page=f"POST /probe/push/ ({made[0].key})", by_id=None).exists()


def test_no_session_is_used_and_none_is_made(made, manager, sign_in, csirt_jam):
    browser = sign_in(manager)
    before = Session.objects.count()
    told = browser.get("/probe/any/", headers=bearer(*made))

    assert told.json()["user"] == "AnonymousUser"
    assert (told.json()["teams"], told.json()["staff"]) == ([csirt_jam.pk], False)
    assert not told.cookies
    assert browser.get("/probe/any/").status_code == 401
    assert not ask(bearer(*made)).cookies
    assert Session.objects.count() == before


def test_a_secret_of_another_kind_opens_nothing(made, rep_jam):
    token, secret = made
    assert Client().get("/api/v1/alerts/", headers=bearer(token, secret)).status_code == 401


# What it may ----------------------------------------------------------------------------------------------------------


def test_a_token_may_no_more_than_it_says(rep_jam, csirt_jam):
    reads = bearer(*make_machine_token(rep_jam, csirt_jam, scopes=["read"]))
    pushes = bearer(*make_machine_token(rep_jam, csirt_jam, scopes=["push"]))

    assert ask(reads, "/probe/read/").status_code == 200
    assert Client().post("/probe/push/", headers=pushes).status_code == 200
    refused = Client().post("/probe/push/", headers=reads)
    assert (refused.status_code, refused.json()["http_status"]) == (403, "403")
    assert ask(pushes, "/probe/read/").status_code == 403


def test_what_is_not_found_is_told_as_the_view_says(made):
    answer = ask(bearer(*made), "/probe/nothing/")
    assert (answer.status_code, answer.json()["http_status"]) == (404, "404")


# When it stops --------------------------------------------------------------------------------------------------------


def stop_revoked(token, person, team):
    with scope(reach_of(fresh(person))):
        revoke(token=token, by=fresh(person))


def stop_expired(token, person, team):
    with scope(PROGRAMME):
        MachineToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())


def stop_account_closed(token, person, team):
    User.objects.filter(pk=person.pk).update(is_active=False)


def stop_no_representative(token, person, team):
    TeamMember.objects.filter(person=person).update(kind="analyst")


def stop_no_member(token, person, team):
    TeamMember.objects.filter(person=person).update(ended_at=timezone.now())


def stop_other_team(token, person, team):
    TeamMember.objects.filter(person=person).update(ends_on="2020-01-01", starts_on="2020-01-01")


def stop_team_left(token, person, team):
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=team).update(ended_at=timezone.now())


def stop_secrets_end(token, person, team):
    revoke_all(person=person)


STOPS = {name: what for name, what in globals().items() if name.startswith("stop_")}


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_a_token_stops_at_the_next_request(made, rep_jam, csirt_jam, stop):
    assert ask(bearer(*made)).status_code == 200
    stop(made[0], rep_jam, csirt_jam)

    assert ask(bearer(*made)).status_code == 401


def test_secrets_of_somebody_else_end_nothing(made, rep_chl):
    revoke_all(person=rep_chl)
    assert ask(bearer(*made)).status_code == 200


def test_the_list_says_why_it_stopped(made, rep_jam, csirt_jam):
    def standing():
        with scope(PROGRAMME):
            return MachineToken.objects.with_standing().get()

    assert (standing().status, standing().why_stopped) == ("active", "")
    stop_no_representative(None, rep_jam, None)
    assert standing().status == "stopped"
    assert "act for the team" in standing().why_stopped
    stop_team_left(None, None, csirt_jam)
    assert "network" in standing().why_stopped


def test_whatever_does_not_hold_looks_alike(made, rep_jam, csirt_jam):
    token, secret = made
    revoked, elsewhere = (
        make_machine_token(rep_jam, csirt_jam),
        make_machine_token(rep_jam, csirt_jam, networks=["198.51.100.0/24"]),
    )
    stop_revoked(revoked[0], rep_jam, csirt_jam)
    shown = [
        bearer(*revoked),
        bearer(*elsewhere),
        {"Authorization": f"Bearer {token.key}.{secret}x"},
        {"Authorization": f"Bearer {token.key}."},
        {"Authorization": f"Bearer {token.key}"},
        {"Authorization": f"Bearer oas-0000000000000000.{secret}"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer a\0b.{secret}"},
        basic(token.key, "guessed"),
        basic("nobody", secret),
        basic("", ""),
        {"Authorization": "Basic ###"},
        {"Authorization": "Basic /w=="},
        {"Authorization": f"Digest {token.key}"},
        {"Authorization": ""},
    ]
    answers = [ask(headers, "/probe/read/") for headers in shown]

    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}
    assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1


def test_a_wrong_secret_and_an_unknown_key_take_the_same_way(made, monkeypatch):
    """Both ask the database once and compare one digest with another of the same length."""
    compared = []
    monkeypatch.setattr(
        "exchange.actions.tokens.constant_time_compare", lambda a, b: compared.append((len(a), len(b))) or a == b
    )
    for key in (made[0].key, "oas-0000000000000000"):
        machines.token_of(key, "guessed", address="192.0.2.1")

    assert compared == [(64, 64), (64, 64)]


def test_without_credentials_it_is_said_how(db):
    answer = ask({}, "/probe/read/")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert "Bearer realm=" in answer.headers["WWW-Authenticate"]
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_no_cache_keeps_what_a_machine_was_told(made):
    for path in ("/probe/any/", "/probe/public/"):
        answer = ask(bearer(*made), path)
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "Authorization" in answer.headers["Vary"]


def test_a_public_page_goes_on_without_credentials_as_nobody(made, alerts):
    told = ask({}, "/probe/public/")

    assert (told.json()["alerts"], told.json()["team"], told.json()["teams"]) == (["CLEAR"], None, [])
    assert told.headers["Cache-Control"] == "public, max-age=300"
    assert "Authorization" in told.headers["Vary"]
    assert len(ask(bearer(*made), "/probe/public/").json()["alerts"]) == 4
    assert ask(basic("nobody", "x"), "/probe/public/").status_code == 401


def test_whoever_is_signed_in_at_a_public_page_is_nobody_there(alerts, manager, sign_in):
    assert sign_in(manager).get("/probe/public/").json()["alerts"] == ["CLEAR"]


# From where -----------------------------------------------------------------------------------------------------------

OF_TEAM = ["192.0.2.0/24", "2001:db8:1::/48"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("192.0.2.7", 200),
        ("192.0.3.7", 401),
        ("2001:db8:1::7", 200),
        ("2001:DB8:1:0:0:0:0:7", 200),
        ("2001:db8:2::7", 401),
        ("::ffff:192.0.2.7", 200),
        ("::ffff:192.0.3.7", 401),
    ],
)
def test_a_token_holds_in_its_networks_alone(rep_jam, csirt_jam, address, status):
    headers = bearer(*make_machine_token(rep_jam, csirt_jam, networks=OF_TEAM))

    assert ask(headers, REMOTE_ADDR=address).status_code == status


def test_without_networks_it_holds_everywhere():
    assert is_within([], "203.0.113.9")
    assert is_within([], "2001:db8::1")


def test_what_a_visitor_claims_of_its_address_is_not_believed(rep_jam, csirt_jam):
    headers = bearer(*make_machine_token(rep_jam, csirt_jam, networks=OF_TEAM))
    assert ask({**headers, "X-Forwarded-For": "192.0.2.7"}, REMOTE_ADDR="203.0.113.9").status_code == 401


# Guessing, and what is kept -------------------------------------------------------------------------------------------


def test_guessing_is_counted_for_each_address(made):
    guessed = basic(made[0].key, "guessed")
    answers = [ask(guessed, REMOTE_ADDR="203.0.113.9").status_code for _ in range(machines.MOST_GUESSES + 1)]

    assert answers == [401] * machines.MOST_GUESSES + [429]
    stopped = ask(bearer(*made), REMOTE_ADDR="203.0.113.9")
    assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "600")
    assert ask(bearer(*made), REMOTE_ADDR="203.0.113.10").status_code == 200


def test_without_credentials_nothing_is_counted(made):
    for _ in range(machines.MOST_GUESSES + 1):
        ask({})
    assert ask(bearer(*made)).status_code == 200


def test_while_the_cache_is_away_tokens_hold(made, monkeypatch):
    def away(*args, **more):
        raise OSError

    monkeypatch.setattr("exchange.machines.count", away)
    assert ask(bearer(*made)).status_code == 200
    assert ask(basic("nobody", "x")).status_code == 401


def test_only_the_digest_is_kept(made):
    with scope(PROGRAMME):
        row = MachineToken.objects.values().get()
    assert row["digest"] == digest_of(made[1])
    assert made[1] not in str(row)
    entries = AuditEntry.objects.filter(model="exchange.machinetoken").values_list("after", flat=True)
    with scope(PROGRAMME):
        assert not [entry for entry in entries if digest_of(made[1]) in str(entry)]


def test_use_is_noted_at_most_once_a_minute(made):
    def noted():
        with scope(PROGRAMME):
            return MachineToken.objects.values_list("last_used_at", "last_used_from").get()

    assert noted() == (None, None)
    ask(bearer(*made), REMOTE_ADDR="2001:db8::1")
    first = noted()
    assert first[1] == "2001:db8::1"
    ask(bearer(*made))
    assert noted() == first
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        ask(bearer(*made))
    assert noted()[1] == "127.0.0.1"


def test_a_wrong_secret_is_no_use(made):
    ask(basic(made[0].key, "guessed"))
    with scope(PROGRAMME):
        assert MachineToken.objects.get().last_used_at is None


def test_twenty_are_enough(made, rep_jam, csirt_jam, rep_chl, csirt_chl):
    for _ in range(MachineToken.MOST - 1):
        last, _secret = make_machine_token(rep_jam, csirt_jam)
    with pytest.raises(Refused, match="20 machine tokens"):
        make_machine_token(rep_jam, csirt_jam)
    make_machine_token(rep_chl, csirt_chl)
    stop_revoked(last, rep_jam, csirt_jam)
    make_machine_token(rep_jam, csirt_jam)


def test_nobody_makes_one_for_a_team_of_others(rep_jam, csirt_chl):
    with pytest.raises(Exception, match=r"row-level security|does not exist"):
        make_machine_token(rep_jam, csirt_chl)


def test_only_the_own_team_sees_them(made, rep_jam, rep_chl, officer, admin):
    def seen(person):
        with scope(reach_of(fresh(person))):
            return MachineToken.objects.visible_to(fresh(person)).count(), MachineToken._base_manager.count()

    assert [seen(person) for person in (rep_jam, rep_chl, officer, admin)] == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_a_token_asks_so_often_a_minute_and_no_other_waits_for_it(made, rep_chl, csirt_chl, monkeypatch):
    monkeypatch.setattr(machines, "MOST_REQUESTS", 3)
    with time_machine.travel("2026-11-22 12:00:01", tick=False) as clock:
        shown = bearer(*make_machine_token(rep_chl, csirt_chl))
        mine = bearer(*make_machine_token(rep_chl, csirt_chl))
        assert [ask(shown).status_code for _ in range(4)] == [200, 200, 200, 429]
        stopped = ask(shown, "/probe/read/")
        assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "60")
        assert stopped.json()["http_status"] == "429"
        assert ask(mine).status_code == 200
        clock.shift(60)
        assert ask(shown).status_code == 200


def test_while_the_cache_is_away_programs_go_on(made, monkeypatch):
    def broken(*_given, **_named):
        raise RedisError

    monkeypatch.setattr(machines, "count", broken)
    assert ask(bearer(*made)).status_code == 200
