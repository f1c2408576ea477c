"""The feeds of MISP: what each reader finds in which, that PyMISP reads them, and that programs fetch them cheaply."""

import csv
import hashlib
import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pymisp import MISPAttribute, MISPEvent

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.labels import raise_label
from csirt_network.actions.publishing import close, hand_over, publish
from csirt_network.indicators import Kind
from csirt_network.models import Alert, GroupMember, Recipient, SharingGroup
from exchange.actions.removing import remove
from exchange.misp.attributes import SHAPES
from exchange.models import StixObject
from tests.access.network_writing import act, draft
from tests.csirt_network.alerts import fresh, send_out
from tests.exchange.test_csaf import lower_to_clear, write_again
from tests.factories.exchange import bearer, collection_of, indicator, make_machine_token, push

pytestmark = pytest.mark.django_db
VALUES = {
    Kind.IPV4: "198.51.100.7",
    Kind.IPV4_NETWORK: "198.51.100.0/24",
    Kind.IPV6: "2001:db8::7",
    Kind.IPV6_NETWORK: "2001:db8::/32",
    Kind.DOMAIN: "bad.example",
    Kind.URL: "https://bad.example/x?y=ñ",
    Kind.EMAIL: "someone@bad.example",
    Kind.MD5: "0" * 32,
    Kind.SHA1: "1" * 40,
    Kind.SHA256: "2" * 64,
    Kind.SHA512: "3" * 128,
    Kind.ASN: "AS64500",
    Kind.FILE: "factura, «julio».exe",
    Kind.MUTEX: "Global\\x",
}
EVERY_KIND = {"indicators": list(VALUES.items())}


@pytest.fixture
def jam(rep_jam, csirt_jam):
    """The header of a program of Jamaica's team."""
    return bearer(*make_machine_token(rep_jam, csirt_jam))


@pytest.fixture
def chl(rep_chl, csirt_chl):
    return bearer(*make_machine_token(rep_chl, csirt_chl))


@pytest.fixture
def group(csirt_chl, csirt_jam, rep_chl):
    with scope(PROGRAMME):
        made = SharingGroup.objects.create(name="South", slug="south", made_by=rep_chl)
        for team in (csirt_chl, csirt_jam):
            GroupMember.objects.create(group=made, team=team)
    return collection_of("group", group=made)


def pushed(team, collection, *values, days=0):
    """Long enough ago to be told (exchange/misp/of_pushes.py); the moment."""
    at = timezone.now() - timedelta(days=days, minutes=2)
    with time_machine.travel(at, tick=True):
        push(team, collection, *values)
    return at


def ask(collection, file="manifest.json", headers=None, method="get", **more):
    return getattr(Client(), method)(f"/misp/{collection.uuid}/{file}", headers={**(headers or {}), **more})


def read(collection, file="manifest.json", headers=None):
    answer = ask(collection, file, headers)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def titles(collection, headers=None):
    """What the events of the manifest are called, without the number of the alert."""
    return {entry["info"].split(" ", 3)[3] for entry in read(collection, headers=headers).values()}


def only(collection, headers=None):
    """The name of the one event there is, and the event."""
    (name,) = read(collection, headers=headers)
    return name, read(collection, f"{name}.json", headers)["Event"]


# Who finds what


@pytest.fixture
def alerts(officer, csirt_chl, csirt_jam, rep_jam):
    for tlp in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT"):
        send_out(csirt_jam, by=officer, tlp=tlp, title_en=f"Under {tlp}")
    send_out(by=officer, people=[rep_jam], tlp="RED", title_en="Under RED")
    send_out(csirt_chl, by=officer, tlp="AMBER", title_en="For Chile")
    for tlp in ("CLEAR", "GREEN", "AMBER"):
        send_out(csirt_jam, by=officer, tlp=tlp, pap="RED", title_en="PAP:RED")
        send_out(csirt_jam, by=officer, tlp=tlp, is_exercise=True, title_en="An exercise")


def test_each_collection_has_what_belongs_to_it(alerts, csirt_jam, jam, csirt_chl, chl, group):
    public, community = collection_of("public"), collection_of("community")

    for headers in (None, jam, chl):
        assert titles(public, headers) == {"Under CLEAR"}
    for headers in (jam, chl):
        assert titles(community, headers) == {"Under GREEN"}
        assert titles(group, headers) == set()
    assert titles(collection_of("team", team=csirt_jam), jam) == {"Under AMBER", "Under AMBER+STRICT"}
    assert titles(collection_of("team", team=csirt_chl), chl) == {"For Chile"}


def test_what_one_may_not_read_looks_like_what_is_not_there(alerts, officer, csirt_jam, jam, chl, rep_jam, sign_in):
    own = collection_of("team", team=csirt_jam)
    event = next(iter(read(own, headers=jam)))
    absent = Client().get(f"/misp/{uuid.uuid4()}/manifest.json", headers=chl)

    assert absent.status_code == 404
    for file in ("", "manifest.json", "hashes.csv", f"{event}.json"):
        answer = ask(own, file, chl)
        assert (answer.status_code, answer.content) == (404, absent.content)
        assert ask(own, file).status_code == 404
        assert sign_in(rep_jam).get(f"/misp/{own.uuid}/{file}").status_code == 404  # a browser is no program
    community = collection_of("community")
    assert ask(community, f"{event}.json", jam).status_code == 404  # it is another collection's
    assert ask(own, f"{uuid.uuid4()}.json", jam).status_code == 404


def test_a_wrong_token_is_told_so_and_one_that_may_only_push_may_not_read(rep_jam, csirt_jam):
    public = collection_of("public")
    pushing = bearer(*make_machine_token(rep_jam, csirt_jam, scopes=["push"]))

    assert ask(public, Authorization="Bearer nobody.secret").status_code == 401
    assert ask(public, headers=pushing).status_code == 403


def test_an_alert_that_is_lowered_goes_over_to_the_others(officer, second_officer, csirt_jam, jam):
    alert = send_out(csirt_jam, by=officer, tlp="AMBER", title_en="Lowered")
    own, public = collection_of("team", team=csirt_jam), collection_of("public")
    name, before = only(own, jam)
    lower_to_clear(alert, by=officer, second=second_officer)

    assert read(own, headers=jam) == {}
    again, after = only(public)
    assert again == name
    assert int(after["timestamp"]) > int(before["timestamp"])
    assert after["Tag"][0]["name"] == "tlp:clear"


# What an event is


def test_pymisp_reads_every_event_and_makes_the_same_of_it(officer, csirt_jam, jam):
    """Its manifest and its hashes are those that PyMISP itself would write."""
    send_out(csirt_jam, by=officer, tlp="GREEN", cves=["CVE-2024-3400"], title_es="Devoluciones", **EVERY_KIND)
    community = collection_of("community")
    name, _event = only(community, jam)
    loaded = MISPEvent()
    loaded.load(ask(community, f"{name}.json", jam).content)

    made = loaded.to_feed(with_meta=True)["Event"]
    lines = list(csv.reader(ask(community, "hashes.csv", jam).content.decode().splitlines()))
    assert lines == [[value, name] for value in made["_hashes"]]
    entry = read(community, headers=jam)[name]
    assert entry.pop("integrity:sha256")
    wanted = made["_manifest"][name]
    assert [tag["name"] for tag in entry.pop("Tag")] == [tag["name"] for tag in wanted.pop("Tag")]
    assert entry.pop("Orgc") == wanted.pop("Orgc")
    assert entry == {key: str(value) for key, value in wanted.items()}
    assert len(loaded.attributes) == len(VALUES) + 2
    assert [report.name for report in loaded.event_reports] == ["2026-001 (English)", "2026-001 (Español)"]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_an_attribute_that_misp_knows(kind):
    shape = SHAPES[kind]
    attribute = MISPAttribute(strict=True)
    attribute.from_dict(type=shape.type, category=shape.category, value=VALUES[kind])

    usual = attribute.describe_types["sane_defaults"][shape.type]
    assert shape.to_ids == bool(usual["to_ids"])


def test_an_event_says_what_the_alert_says(officer, csirt_jam, jam, settings):
    settings.SITE_URL = "https://cyber.example.org"
    facts = {"pap": "GREEN", "rsit": ["phishing", "fraud"], "to_do_en": "Block it", "products": "PAN-OS"}
    alert = send_out(csirt_jam, by=officer, tlp="AMBER+STRICT", **facts, indicators=[(Kind.ASN, "AS64500")])

    _name, event = only(collection_of("team", team=csirt_jam), jam)

    assert event["info"] == f"OAS Cyber {alert.code} Fake tax refunds"
    names = [tag["name"] for tag in event["Tag"]]
    assert names == ["tlp:amber+strict", "PAP:GREEN", 'rsit:fraud="phishing"', "rsit:fraud"]
    told = [(one["type"], one["value"], one["to_ids"]) for one in event["Attribute"]]
    assert told == [("AS", "64500", False), ("link", f"https://cyber.example.org/alerts/{alert.pk}/", False)]
    content = event["EventReport"][0]["content"]
    assert content.startswith("**TLP:AMBER+STRICT PAP:GREEN**")
    assert content.endswith("**TLP:AMBER+STRICT PAP:GREEN**")
    assert all(words in content for words in ("Messages promise a refund.", "1. Block it", "PAN-OS"))


def test_no_event_says_how_far_it_is_distributed(alerts, csirt_jam, jam):
    own = collection_of("team", team=csirt_jam)
    for name in read(own, headers=jam):
        body = ask(own, f"{name}.json", jam).content.decode().lower()
        assert "distribution" not in body
        assert "sharing_group" not in body
        assert "sharinggroup" not in body


def test_it_comes_from_the_team_or_from_the_programme(officer, csirt_chl, rep_chl, analyst_chl, csirt_jam, jam):
    send_out(csirt_jam, by=rep_chl, origin=csirt_chl, tlp="GREEN")
    send_out(csirt_jam, by=officer, tlp="CLEAR")

    _name, of_team = only(collection_of("community"), jam)
    _name, of_programme = only(collection_of("public"))
    assert of_team["Orgc"]["name"] == csirt_chl.name
    assert of_programme["Orgc"]["name"] == "Cyber Security Program of the Organization of American States"
    assert of_team["Orgc"]["uuid"] != of_programme["Orgc"]["uuid"]


def test_a_hidden_source_is_the_programme_to_its_own_team_as_well(csirt_chl, rep_chl, manager, chl):
    to_us = (Recipient(kind="team", team=csirt_chl), Recipient(kind="programme"))
    written = draft("OFFERED", *to_us, by=rep_chl, origin=csirt_chl)
    act(hand_over, written, by=fresh(rep_chl))
    act(publish, written, by=fresh(manager), edited=0)

    _name, event = only(collection_of("team", team=csirt_chl), chl)

    assert csirt_chl.name not in json.dumps(event)
    assert event["Orgc"]["name"].startswith("Cyber Security Program")


def test_its_time_rises_with_each_version_and_at_the_end(officer, csirt_jam, jam):
    with time_machine.travel(timezone.now(), tick=False):
        alert = send_out(csirt_jam, by=officer, tlp="GREEN")
    community, times = collection_of("community"), []
    steps = [lambda: None, lambda: write_again(alert, csirt_jam, by=officer), lambda: finish(alert, officer)]
    with time_machine.travel(timezone.now(), tick=False):  # all in one second
        for step in steps:
            step()
            (entry,) = read(community, headers=jam).values()
            times.append((int(entry["timestamp"]), entry["analysis"]))

    assert times[0][0] < times[1][0] < times[2][0]
    assert [analysis for _at, analysis in times] == ["1", "1", "2"]


def finish(alert, by):
    with scope(reach_of(fresh(by))):
        close(alert=Alert.objects.get(pk=alert.pk), closing="It is over.", by=fresh(by))


def test_what_a_version_left_out_is_left_out(officer, csirt_jam, jam):
    alert = send_out(csirt_jam, by=officer, tlp="GREEN", indicators=[(Kind.DOMAIN, "bad.example")])
    community = collection_of("community")

    assert "bad.example" in json.dumps(only(community, jam))
    write_again(alert, csirt_jam, by=officer)
    assert "bad.example" not in json.dumps(only(community, jam))


def test_the_manifest_says_the_hash_of_each_file(alerts, csirt_jam, jam):
    own = collection_of("team", team=csirt_jam)
    entries = read(own, headers=jam)

    assert len(entries) == 2
    for name, entry in entries.items():
        body = ask(own, f"{name}.json", jam).content
        assert entry["integrity:sha256"] == hashlib.sha256(body).hexdigest()


# What teams push


def test_what_is_pushed_on_a_day_is_one_event(csirt_chl, csirt_jam, chl, jam):
    community = collection_of("community")
    values = indicator(value="198.51.100.1"), indicator(value="198.51.100.2")
    yesterday = pushed(csirt_chl, community, *values, days=1)
    today = pushed(
        csirt_jam, community, indicator(value="198.51.100.3", name="Beacon of today", indicator_types=["benign"])
    )

    entries = read(community, headers=jam)
    assert [entry["date"] for entry in entries.values()] == [
        str(today.date()),
        str(yesterday.date()),
    ]
    new, old = (read(community, f"{name}.json", jam)["Event"] for name in entries)
    assert sorted(one["value"] for one in old["Attribute"]) == ["198.51.100.1", "198.51.100.2"]
    (attribute,) = new["Attribute"]
    assert (attribute["value"], attribute["to_ids"]) == ("198.51.100.3", False)
    assert attribute["comment"].startswith("Beacon of today indicator--")
    assert new["Tag"] == [{"name": "tlp:green", "colour": "#33ff00"}]
    for name in entries:
        MISPEvent().load(ask(community, f"{name}.json", jam).content)


def test_members_of_a_group_are_not_named_to_one_another(csirt_chl, group, jam):
    pushed(csirt_chl, group, indicator(tlp="AMBER"))

    _name, event = only(group, jam)
    assert event["Tag"][0]["name"] == "tlp:amber"
    assert csirt_chl.name not in json.dumps(event)


def test_what_is_pushed_to_a_team_or_a_group_is_theirs(csirt_chl, csirt_jam, csirt_banks, rep_banks, group, jam, chl):
    own = collection_of("team", team=csirt_chl)
    pushed(csirt_chl, own, indicator(tlp="AMBER+STRICT", value="198.51.100.1"))
    pushed(csirt_chl, group, indicator(tlp="AMBER", value="198.51.100.2"))
    banks = bearer(*make_machine_token(rep_banks, csirt_banks))

    values = [[one["value"] for one in only(of, chl)[1]["Attribute"]] for of in (own, group)]
    assert values == [["198.51.100.1"], ["198.51.100.2"]]
    assert only(group, jam) == only(group, chl)
    assert ask(own, headers=jam).status_code == ask(group, headers=banks).status_code == 404
    assert read(collection_of("community"), headers=banks) == {}


def test_what_was_revoked_and_what_was_said_twice(csirt_chl, chl):
    community = collection_of("community")
    first = indicator(value="198.51.100.1")
    pushed(csirt_chl, community, first, indicator(value="198.51.100.2"), indicator(value="198.51.100.2", name="Again"))
    pushed(csirt_chl, community, first | {"modified": "2026-03-02T12:00:00.000Z", "revoked": True})

    _name, event = only(community, chl)
    assert [one["value"] for one in event["Attribute"]] == ["198.51.100.2"]


def test_what_came_just_now_waits_until_its_second_is_over(csirt_chl, chl):
    """A MISP that had fetched the same second before would not look again."""
    community = collection_of("community")
    push(csirt_chl, community, indicator())

    assert read(community, headers=chl) == {}
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        assert len(read(community, headers=chl)) == 1


# What it costs


def test_who_has_it_already_is_told_so(alerts, officer, csirt_jam, jam):
    own = collection_of("team", team=csirt_jam)
    event = next(iter(read(own, headers=jam)))
    for file in ("manifest.json", "hashes.csv", f"{event}.json"):
        answer = ask(own, file, jam)
        again = ask(own, file, jam, **{"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert answer.headers["Cache-Control"] == "no-store, private"
        head = ask(own, file, jam, method="head")
        assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])
        assert not answer.cookies


def test_whatever_changes_the_feed_is_new(officer, csirt_jam, jam):
    """The state by which a program is told that it has it already stands for all that the manifest says."""
    own = collection_of("team", team=csirt_jam)
    alert, held = send_out(csirt_jam, by=officer, tlp="AMBER"), indicator(tlp="AMBER+STRICT")
    known = set()
    for step in (
        lambda: None,
        lambda: send_out(csirt_jam, by=officer, tlp="AMBER", title_en="New"),
        lambda: write_again(alert, csirt_jam, by=officer),
        lambda: raise_to_strict(alert, officer),
        lambda: finish(alert, officer),
        lambda: pushed(csirt_jam, own, held),
        lambda: pushed(csirt_jam, own, held | {"modified": "2026-03-02T12:00:00.000Z", "revoked": True}),
        lambda: pushed(csirt_jam, own, indicator(tlp="AMBER+STRICT")),
        lambda: take_away(own),
    ):
        step()
        answer = ask(own, headers=jam)
        known.add((answer.headers["ETag"], answer.content))

    etags, contents = ({one[part] for one in known} for part in (0, 1))
    assert len(known) == len(etags) == len(contents) == 8  # at the end it is as it was before the pushes


def raise_to_strict(alert, by):
    with scope(reach_of(fresh(by))):
        raise_label(alert=Alert.objects.get(pk=alert.pk), tlp="AMBER+STRICT", by=fresh(by))


def take_away(collection):
    with scope(PROGRAMME):
        remove(StixObject.objects.newest().filter(collection=collection, type="indicator", alert=None))


def test_the_public_feed_may_be_kept_a_while_and_is_the_same_for_everybody(alerts, rep_jam, jam, sign_in):
    public = collection_of("public")
    answer = ask(public)

    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert ask(public, headers=jam).content == answer.content
    assert sign_in(rep_jam).get(f"/misp/{public.uuid}/manifest.json").content == answer.content


def test_the_address_of_a_feed_says_what_it_is(jam):
    told = read(collection_of("community"), "", jam)

    assert told["source_format"] == "misp"
    assert not told["url"].endswith("/")  # MISP adds the slash before the name of a file
    assert (told["tlp"], told["most_events"]) == ("TLP:GREEN", 1000)


def test_many_cost_as_few_queries_as_one(officer, csirt_jam, csirt_chl, jam):
    community = collection_of("community")

    def asked():
        found = []
        names = list(read(community, headers=jam))
        for file in ("manifest.json", "hashes.csv", f"{names[0]}.json", f"{names[-1]}.json"):
            with CaptureQueriesContext(connection) as queries:
                assert ask(community, file, jam).status_code == 200
            found.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
        return found

    def grow(number):
        indicators = [(Kind.DOMAIN, f"{number}.example")]
        send_out(csirt_jam, by=officer, tlp="GREEN", title_en=f"{number}", indicators=indicators)
        pushed(csirt_chl, community, indicator(value=f"198.51.100.{number}"), days=number)

    grow(0)
    few = asked()
    for number in range(1, 6):
        grow(number)

    assert asked() == few


def test_one_object_that_says_odd_things_stops_no_feed(chl, csirt_chl, monkeypatch):
    """As it may lie there from before such things were refused."""
    community = collection_of("community")
    odd = [{"indicator_types": [{}]}, {"indicator_types": 5}, {"name": "x" * 250 + "\ud800"}]
    monkeypatch.setattr("exchange.actions.adding.problem_of", lambda value: "")
    pushed(csirt_chl, community, *[indicator(value=f"198.51.100.{n}", **one) for n, one in enumerate(odd, 1)])
    _name, event = only(community, chl)
    assert {one["value"] for one in event["Attribute"]} == {"198.51.100.1", "198.51.100.2", "198.51.100.3"}
