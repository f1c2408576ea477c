"""The server, line by line as TAXII 2.1 asks (the checklist of docs/exchange.md)."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network.models import NetworkMembership
from exchange.models import MachineToken, Push, StixObject
from exchange.stix.labels import MARKINGS
from notices.work import work
from tests.exchange.taxii import ROOT, TAXII, Program, of
from tests.factories.exchange import collection_of, indicator, push

pytestmark = pytest.mark.django_db

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
UNKNOWN = "indicator--00000000-0000-4000-8000-000000000000"


@pytest.fixture
def chile_program(rep_chl: Any, csirt_chl: Any) -> Program:
    return Program(rep_chl, csirt_chl)


@pytest.fixture
def jamaica_program(rep_jam: Any, csirt_jam: Any) -> Program:
    return Program(rep_jam, csirt_jam)


def ids(answer: Any) -> list[str]:
    return [one["id"] for one in answer.json().get("objects", []) if one.get("type") != "marking-definition"]


def is_error(answer: Any, status: int) -> bool:
    told = answer.json()
    assert answer["Content-Type"] == TAXII
    assert told["title"]
    assert told["description"]
    assert told["http_status"] == str(status)
    return answer.status_code == status


# Where things are, and who may ask


def test_a_program_finds_its_way_from_the_root_to_the_objects(chile_program, community, csirt_chl):
    told = chile_program.get("/taxii2/").json()
    assert told["title"]
    assert told["default"] in told["api_roots"]
    assert told["api_roots"] == [ROOT]  # begins with one slash and has no query
    root = chile_program.get(told["default"]).json()
    assert root["title"]
    assert root["versions"] == [TAXII]
    assert root["max_content_length"] == 5_000_000
    listed = chile_program.get(f"{ROOT}collections/").json()["collections"]
    assert [one["alias"] for one in listed] == ["public", "community", "team-csirt-of-chile"]
    assert [(one["can_read"], one["can_write"]) for one in listed] == [(True, False), (True, True), (True, True)]
    again = chile_program.get(f"{ROOT}collections/").json()["collections"]
    assert again == listed
    for one in listed:
        assert one["title"]
        assert one["media_types"] == ["application/stix+json;version=2.1"]
        assert chile_program.get(f"{ROOT}collections/{one['id']}/").json() == one
        assert chile_program.get(f"{ROOT}collections/{one['alias']}/").json() == one


@pytest.mark.parametrize("path", ["", "network/", "network/collections/", "network/nowhere/", "network/collections"])
def test_who_shows_no_token_or_a_wrong_one_is_asked_for_one(db, path):
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer x.y"}):
        answer = Client().get(f"/taxii2/{path}", headers={"Accept": TAXII, **headers})
        assert is_error(answer, 401)
        assert "Basic" in answer["WWW-Authenticate"]
        assert not answer.cookies


def test_each_team_knows_of_its_own_collections_only(jamaica_program, own, group, community):
    aliases = [one["alias"] for one in jamaica_program.get(f"{ROOT}collections/").json()["collections"]]
    assert sorted(aliases) == ["community", "group-south", "public", "team-cirt-of-jamaica"]
    unknown = jamaica_program.get(f"{ROOT}collections/00000000-0000-4000-8000-000000000000/")
    for name in (own.uuid, "team-csirt-of-chile"):
        for rest in ("", "objects/", "manifest/", f"objects/{UNKNOWN}/", f"objects/{UNKNOWN}/versions/"):
            answer = jamaica_program.get(f"{ROOT}collections/{name}/{rest}")
            assert is_error(answer, 404)
            assert without_reference(answer) == without_reference(unknown)
        assert is_error(jamaica_program.post(f"{ROOT}collections/{name}/objects/", {"objects": [indicator()]}), 404)
        assert is_error(jamaica_program.delete(f"{ROOT}collections/{name}/objects/{UNKNOWN}/"), 404)


def without_reference(answer: Any) -> dict[str, Any]:
    return {key: value for key, value in answer.json().items() if key != "error_id"}


def test_a_team_that_left_the_network_has_public_things_only(chile_program, own, community, csirt_chl):
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_chl).update(ends_on="2026-01-01")
    answer = chile_program.get(f"{ROOT}collections/")
    assert answer.status_code == 401 or [one["alias"] for one in answer.json()["collections"]] == ["public"]


# Media types and methods


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/taxii+json;version=2.1", 200),
        ("application/taxii+json; version=2.1", 200),
        ("application/taxii+json", 200),
        ("APPLICATION/TAXII+JSON;VERSION=2.1", 200),
        ("*/*", 200),
        ("application/*", 200),
        ("application/taxii+json;version=2.1,application/stix+json;version=2.1", 200),
        ("text/html, application/taxii+json;q=0.5", 200),
        ("application/taxii+json;version=2.0", 406),
        ("application/json", 406),
        ("application/stix+json;version=2.1", 406),
        ("text/html", 406),
        ("application/taxii+json;q=0", 406),
        ("*/*;q=0.0", 406),
    ],
)
def test_what_a_program_accepts_it_gets_or_it_is_told(chile_program, community, accept, status):
    for path in (
        "/taxii2/",
        ROOT,
        f"{ROOT}collections/",
        of(community),
        of(community, "objects/"),
        of(community, "manifest/"),
    ):
        answer = chile_program.get(path, Accept=accept)
        assert answer.status_code == status
        assert answer["Content-Type"] == TAXII


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/taxii+json;version=2.1", 202),
        ("application/taxii+json; version=2.1", 202),
        ("application/taxii+json", 202),
        ("application/taxii+json;version=2.0", 415),
        ("application/json", 415),
        ("application/stix+json;version=2.1", 415),
        ("text/plain", 415),
    ],
)
def test_what_is_posted_is_an_envelope(chile_program, community, content_type, status):
    body = {"objects": [indicator()]}
    assert chile_program.post(of(community, "objects/"), body, content_type=content_type).status_code == status


def test_other_methods_are_named_and_refused(chile_program, community):
    for path in ("/taxii2/", ROOT, f"{ROOT}collections/", of(community), of(community, "manifest/")):
        answer = chile_program.post(path, {})
        assert is_error(answer, 405)
        assert answer["Allow"] == "GET, HEAD"


def test_heads_are_told_as_bodies_are(chile_program, community, csirt_chl):
    push(csirt_chl, community, indicator())
    path = of(community, "objects/")
    told, head = chile_program.get(path), chile_program.client.head(path, headers=chile_program.headers)
    assert head.status_code == 200
    assert not head.content
    assert head["X-TAXII-Date-Added-Last"] == told["X-TAXII-Date-Added-Last"]


def test_nothing_is_sent_elsewhere_for_want_of_a_slash(chile_program, community):
    path = of(community, "objects")
    for answer in (
        chile_program.get(path),
        chile_program.post(path, {"objects": [indicator()]}),
        chile_program.delete(path),
    ):
        assert is_error(answer, 404)


# Reading


def test_objects_come_back_with_the_same_bytes(chile_program, community):
    marked = f'"object_marking_refs":["{MARKINGS["GREEN"]}"]'
    custom = "x-acme-thing--5a5c1e3e-8a63-4a3c-9a40-6a4a6d1d3f10"
    text = f'{{ "type":"x-acme-thing","id":"{custom}", "n": 1.0e3,"\\u00e9":"é", {marked}}}'
    address = "ipv4-addr--12592121-be4c-5a93-a813-5a5af16e50db"
    observable = f'{{"type":"ipv4-addr","id":"{address}","value":"198.51.100.7","x_a": {{"a": [1, 2.50]}}, {marked}}}'
    answer = chile_program.post(of(community, "objects/"), f'{{"objects":[{text} , {observable}]}}')
    assert answer.json()["success_count"] == 2, answer.json()
    told = chile_program.get(of(community, "objects/")).content.decode()
    assert text in told
    assert observable in told
    assert json.loads(told)["objects"][0]["id"] == MARKINGS["GREEN"]  # what uses a label brings it


def test_an_empty_answer_has_neither_list_nor_dates(chile_program, community):
    for path in ("objects/", "manifest/"):
        answer = chile_program.get(of(community, path))
        assert answer.json() == {"more": False}
        assert "X-TAXII-Date-Added-First" not in answer


def test_objects_manifest_and_versions_tell_the_same_dates_in_the_same_order(chile_program, community, csirt_chl):
    values = [indicator(value=f"198.51.100.{n}") for n in range(3)]
    later = values[0] | {"modified": "2026-03-02T00:00:00.5Z"}
    push(csirt_chl, community, *values)
    push(csirt_chl, community, later)
    objects, manifest = (chile_program.get(of(community, path)) for path in ("objects/", "manifest/"))
    records = [one for one in manifest.json()["objects"] if one["id"] in ids(objects)]
    assert ids(objects) == [one["id"] for one in records] == [values[1]["id"], values[2]["id"], values[0]["id"]]
    dates = [one["date_added"] for one in manifest.json()["objects"]]
    assert dates == sorted(set(dates))
    assert all(map(STAMP.fullmatch, dates))
    assert objects["X-TAXII-Date-Added-First"] == manifest["X-TAXII-Date-Added-First"] == dates[0]
    assert objects["X-TAXII-Date-Added-Last"] == manifest["X-TAXII-Date-Added-Last"] == dates[-1]
    assert records[-1] == {
        "id": later["id"], "date_added": dates[-1], "version": "2026-03-02T00:00:00.500000Z",
        "media_type": "application/stix+json;version=2.1",
    }  # fmt: skip
    versions = chile_program.get(of(community, f"objects/{later['id']}/versions/"))
    assert versions.json()["versions"] == ["2026-03-01T12:00:00.000000Z", "2026-03-02T00:00:00.500000Z"]
    assert versions["X-TAXII-Date-Added-Last"] == dates[-1]


@pytest.fixture
def three_versions(community, csirt_chl) -> dict[str, Any]:
    first = indicator(created="2026-03-01T00:00:00.000Z", modified="2026-03-01T00:00:00.000Z")
    second, third = (first | {"modified": f"2026-03-0{n}T00:00:00.000Z"} for n in (2, 3))
    push(csirt_chl, community, third, first)  # in any order
    push(csirt_chl, community, second)
    return first


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("", [3]), ("last", [3]), ("first", [1]), ("all", [3, 1, 2]), ("first,last", [3, 1]),
        ("2026-03-02T00:00:00Z", [2]), ("2026-03-02T00:00:00.000000Z,last", [3, 2]), ("2026-04-01T00:00:00Z", []),
    ],
)  # fmt: skip
def test_versions_are_told_apart(chile_program, community, three_versions, asked, days):
    query = {"match[version]": asked} if asked else {}
    for path, more in ((f"objects/{three_versions['id']}/", {}), ("objects/", {"match[type]": "indicator"})):
        found = chile_program.get(of(community, path), query | more).json().get("objects", [])
        assert [int(one["modified"][8:10]) for one in found] == days


def test_filters_are_anded_and_their_values_ored(chile_program, community, csirt_chl):
    marked = {"object_marking_refs": [MARKINGS["GREEN"]]}
    first, second = indicator(), indicator()
    malware = {k: first[k] for k in ("spec_version", "created", "modified")} | marked | {
        "type": "malware", "id": "malware--31b940d4-6f7f-459a-80ea-9c1f17b5891b", "name": "Dropper", "is_family": True,
    }  # fmt: skip
    push(csirt_chl, community, first, second, malware)

    def asked(**query: str) -> list[str]:
        return ids(
            chile_program.get(of(community, "objects/"), {f"match[{name}]": value for name, value in query.items()})
        )

    assert asked(type="malware") == [malware["id"]]
    assert asked(type="malware,indicator") == [first["id"], second["id"], malware["id"]]
    assert asked(type="indicator", id=f"{second['id']},{malware['id']}") == [second["id"]]
    assert asked(type="campaign") == [] == asked(type="x-anything-else") == asked(id=UNKNOWN)
    assert asked(spec_version="2.1", type="malware") == [malware["id"]]
    assert asked(spec_version="2.0") == []
    assert asked(no_such_field="?", type="malware") == [malware["id"]]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=-1", "limit=x", "limit=", "limit=1&limit=2", "added_after=yesterday",
        "added_after=2026-01-01", "added_after=2026-13-01T00:00:00Z", "next=x", "next=",
        "added_after=2026-01-01T00:00:00Z&added_after=2026-01-02T00:00:00Z", "match[version]=all,last",
        "match[version]=soon", "match[type]=", "match[type]=Capital", "match[id]=1", "match[spec_version]=new",
        "match[type]=indicator&match[type]=malware",
    ],
)  # fmt: skip
def test_a_malformed_filter_is_told_of(chile_program, community, query):
    assert is_error(chile_program.get(of(community, f"objects/?{query}")), 400)


def test_added_after_is_strict_and_takes_any_fraction(chile_program, community, csirt_chl):
    push(csirt_chl, community, *[indicator() for _ in range(3)])
    path = of(community, "manifest/")
    dates = [one["date_added"] for one in chile_program.get(path).json()["objects"]]
    for number, date in enumerate(dates):
        found = chile_program.get(path, {"added_after": date}).json().get("objects", [])
        assert [one["date_added"] for one in found] == dates[number + 1 :]
    whole = dates[0][:19]
    for text in (f"{whole}Z", f"{whole}.0Z", f"{whole}.000000000Z"):
        assert chile_program.get(path, {"added_after": text}).json()["objects"]


def pages(program: Program, path: str, name: str = "objects", **query: Any) -> list[Any]:
    found, cursor = [], {}
    while True:
        answer = program.get(path, query | cursor).json()
        assert len(answer.get(name, [])) <= int(query["limit"])
        found += answer.get(name, [])
        if not answer["more"]:
            assert "next" not in answer
            return found
        cursor = {"next": answer["next"]}


def test_pages_lose_nothing_and_double_nothing(chile_program, community, csirt_chl, three_versions):
    push(csirt_chl, community, *[indicator() for _ in range(7)])
    for path in ("objects/", "manifest/"):
        for limit in (1, 2, 3, 9, 50):
            found = pages(chile_program, of(community, path), limit=limit)
            assert len(found) == 9 == len({one["id"] for one in found})
    one = of(community, f"objects/{three_versions['id']}/")
    assert len(pages(chile_program, one, limit=1, **{"match[version]": "all"})) == 3
    assert len(pages(chile_program, f"{one}versions/", "versions", limit=2)) == 3


def test_a_cursor_serves_again_for_its_own_filters_only(chile_program, jamaica_program, community, csirt_chl, own):
    push(csirt_chl, community, *[indicator() for _ in range(5)])
    path = of(community, "objects/")
    cursor = chile_program.get(path, {"limit": 2}).json()["next"]
    first = chile_program.get(path, {"limit": 2, "next": cursor})
    assert chile_program.get(path, {"limit": 2, "next": cursor}).content == first.content
    assert ids(jamaica_program.get(path, {"limit": 2, "next": cursor})) == ids(first)
    for other, query in (
        (of(own, "objects/"), {}),
        (of(community, "manifest/"), {}),
        (path, {"match[type]": "indicator"}),
        (path, {"added_after": "2020-01-01T00:00:00Z"}),
        (path, {"next": cursor[:-1] + ("A" if cursor[-1] != "A" else "B")}),
    ):
        assert is_error(chile_program.get(other, {"limit": 2, "next": cursor} | query), 400)


def test_rights_are_asked_again_on_every_page(chile_program, jamaica_program, group, csirt_chl, csirt_jam):
    push(csirt_chl, group, *[indicator(tlp="AMBER") for _ in range(3)])
    path = of(group, "objects/")
    cursor = jamaica_program.get(path, {"limit": 1}).json()["next"]
    with scope(PROGRAMME):
        group.group.members.filter(team=csirt_jam).delete()
    assert is_error(jamaica_program.get(path, {"limit": 1, "next": cursor}), 404)
    assert chile_program.get(path, {"limit": 1, "next": chile_program.get(path, {"limit": 1}).json()["next"]})


def test_deleting_what_a_cursor_points_at_breaks_no_page(chile_program, community, csirt_chl):
    values = [indicator() for _ in range(4)]
    push(csirt_chl, community, *values)
    path = of(community, "objects/")
    first = chile_program.get(path, {"limit": 3}).json()
    assert chile_program.delete(of(community, f"objects/{values[1]['id']}/")).status_code == 200
    assert ids(chile_program.get(path, {"limit": 3, "next": first["next"]})) == [v["id"] for v in values[2:]]


def test_no_page_is_longer_than_a_thousand(chile_program, community, csirt_chl):
    push(csirt_chl, community, *[indicator() for _ in range(1_001)])
    for query in ({}, {"limit": 5_000}):
        answer = chile_program.get(of(community, "objects/"), query).json()
        assert len(answer["objects"]) == 1_000
        assert answer["more"]


# Posting


def test_each_object_is_taken_or_refused_for_itself(chile_program, community):
    good, bad = indicator(), indicator(pattern="[nonsense")
    told = chile_program.push(community, good, bad, {"type": 1}, {"type": "\ud800\0", "id": "\ud800\0"})
    assert (told["total_count"], told["success_count"], told["failure_count"], told["pending_count"]) == (4, 1, 3, 0)
    assert told["status"] == "complete"
    assert STAMP.fullmatch(told["request_timestamp"])
    assert told["successes"] == [{"id": good["id"], "version": "2026-03-01T12:00:00.000000Z"}]
    assert told["failures"][0]["id"] == bad["id"]
    assert "pattern" in told["failures"][0]["message"]
    assert "pendings" not in told
    again = chile_program.get(f"{ROOT}status/{told['id']}/")
    assert again.json() == told


def test_the_status_of_a_push_is_its_teams(chile_program, jamaica_program, community):
    told = chile_program.push(community, indicator())
    assert is_error(jamaica_program.get(f"{ROOT}status/{told['id']}/"), 404)
    assert is_error(chile_program.get(f"{ROOT}status/00000000-0000-4000-8000-000000000000/"), 404)
    with scope(PROGRAMME):
        Push.objects.update(finished_at=timezone.now() - timedelta(hours=49))
    assert chile_program.get(f"{ROOT}status/{told['id']}/").status_code == 200
    with scope(PROGRAMME):
        Push.objects.update(finished_at=timezone.now() - timedelta(hours=73))
    assert is_error(chile_program.get(f"{ROOT}status/{told['id']}/"), 404)


@pytest.mark.parametrize(
    "body", [" ", "[]", "{", "{}", '{"objects":[]}', '{"objects":[1]}', '{"objects":[NaN]}', b"\xff"]
)
def test_what_is_no_envelope_is_not_processed(chile_program, community, body):
    assert is_error(chile_program.post(of(community, "objects/"), body), 422)


def test_what_is_too_long_is_not_read(chile_program, community):
    long = '{"objects":[' + " " * 5_000_000 + "]}"
    assert is_error(chile_program.post(of(community, "objects/"), long), 413)


def test_the_same_object_twice_is_a_success_and_stands_once(chile_program, community):
    value = indicator()
    for _ in range(2):
        assert chile_program.push(community, value, value)["success_count"] == 2
    assert ids(chile_program.get(of(community, "objects/"))) == [value["id"]]


def test_a_large_post_of_a_token_that_was_revoked_meanwhile_is_refused(chile_program, community, monkeypatch):
    monkeypatch.setattr("exchange.pushing.AT_ONCE", 2)
    told = chile_program.push(community, *[indicator() for _ in range(3)])
    with scope(PROGRAMME):
        MachineToken.objects.update(revoked_at=timezone.now())
        kept = Push.objects.get(uuid=told["id"])
    work(Push, kept.pk)

    with scope(PROGRAMME):
        kept.refresh_from_db()
        assert (kept.status, kept.successes, len(kept.failures)) == ("done", [], 3)
        assert not StixObject.objects.filter(type="indicator").exists()
    assert "does not hold" in kept.failures[0]["message"]


def test_large_posts_are_answered_at_once_and_done_by_a_worker(chile_program, community, monkeypatch):
    monkeypatch.setattr("exchange.pushing.AT_ONCE", 2)
    told = chile_program.push(community, *[indicator() for _ in range(3)])
    assert (told["status"], told["pending_count"], told["success_count"]) == ("pending", 3, 0)
    assert ids(chile_program.get(of(community, "objects/"))) == []
    with scope(PROGRAMME):
        kept = Push.objects.get(uuid=told["id"])
    work(Push, kept.pk)
    told = chile_program.get(f"{ROOT}status/{told['id']}/").json()
    assert (told["status"], told["pending_count"], told["success_count"]) == ("complete", 0, 3)
    assert len(ids(chile_program.get(of(community, "objects/")))) == 3
    with scope(PROGRAMME):
        assert Push.objects.get(uuid=told["id"]).body == ""


def test_patterns_that_take_a_parser_are_for_the_worker(chile_program, community, monkeypatch):
    monkeypatch.setattr("exchange.pushing.PARSED_AT_ONCE", 2)
    slow = "[domain-name:value = 'bad.example' AND domain-name:value = 'worse.example']"
    values = [indicator(pattern=slow) for _ in range(3)]
    assert chile_program.push(community, *values[:2], *[indicator() for _ in range(9)])["status"] == "complete"
    assert chile_program.push(community, *values)["status"] == "pending"


def test_a_team_has_five_pushes_waiting_at_most(chile_program, jamaica_program, community, monkeypatch):
    monkeypatch.setattr("exchange.pushing.AT_ONCE", 0)
    told = [chile_program.push(community, indicator()) for _ in range(5)]
    stopped = chile_program.post(of(community, "objects/"), {"objects": [indicator()]})
    assert is_error(stopped, 429)
    assert stopped["Retry-After"] == "60"
    assert jamaica_program.push(community, indicator())["status"] == "pending"
    with scope(PROGRAMME):
        kept = Push.objects.get(uuid=told[0]["id"])
    work(Push, kept.pk)
    assert chile_program.push(community, indicator())["status"] == "pending"


def test_a_token_pushes_so_many_bytes_a_minute(chile_program, community, monkeypatch):
    monkeypatch.setattr("exchange.machines.MOST_PUSHED", 1_000)
    envelope = json.dumps({"objects": [indicator()]}).ljust(600)
    with time_machine.travel("2026-11-22 12:00:01", tick=False) as clock:
        assert chile_program.post(of(community, "objects/"), envelope).status_code == 202
        stopped = chile_program.post(of(community, "objects/"), envelope)
        assert is_error(stopped, 429)
        assert stopped["Retry-After"] == "60"
        assert chile_program.get(of(community, "objects/")).status_code == 200
        clock.shift(60)
        assert chile_program.post(of(community, "objects/"), envelope).status_code == 202


def test_a_hundred_values_are_asked_for_at_once(chile_program, community):
    for count, status in ((100, 200), (101, 400)):
        query = {"match[id]": ",".join([UNKNOWN] * count)}
        assert chile_program.get(of(community, "objects/"), query).status_code == status


# Who may write


@pytest.mark.parametrize(
    ("scopes", "read", "write", "delete"), [(("read",), 200, 403, 403), (("push",), 403, 202, 403)]
)
def test_a_token_does_what_its_scopes_say(rep_chl, csirt_chl, community, scopes, read, write, delete):
    value = indicator()
    push(csirt_chl, community, value)
    program = Program(rep_chl, csirt_chl, scopes=scopes)
    told = program.get(of(community)).json()
    assert (told["can_read"], told["can_write"]) == (read == 200, write == 202)
    for path in ("objects/", "manifest/", f"objects/{value['id']}/", f"objects/{value['id']}/versions/"):
        assert program.get(of(community, path)).status_code == read
    assert program.post(of(community, "objects/"), {"objects": [value]}).status_code == write
    assert program.delete(of(community, f"objects/{value['id']}/")).status_code == delete


def test_the_public_collection_takes_nothing(chile_program):
    public = collection_of("public")
    assert is_error(chile_program.post(of(public, "objects/"), {"objects": [indicator(tlp="CLEAR")]}), 403)


def test_a_group_that_has_ended_takes_nothing_and_is_still_read(chile_program, group, csirt_chl):
    push(csirt_chl, group, indicator(tlp="AMBER"))
    with scope(PROGRAMME):
        group.group.ends_on = "2026-01-01"
        group.group.save()
    assert is_error(chile_program.post(of(group, "objects/"), {"objects": [indicator()]}), 403)
    assert len(ids(chile_program.get(of(group, "objects/")))) == 1


# Deleting


def test_what_is_deleted_is_gone_everywhere(chile_program, community, csirt_chl):
    value, other = indicator(), indicator()
    push(csirt_chl, community, value, other)
    answer = chile_program.delete(of(community, f"objects/{value['id']}/"))
    assert answer.status_code == 200
    assert not answer.content
    for path in (f"objects/{value['id']}/", f"objects/{value['id']}/versions/"):
        assert is_error(chile_program.get(of(community, path)), 404)
    for path in ("objects/", "manifest/"):
        assert ids(chile_program.get(of(community, path)))[-1:] == [other["id"]]
    assert is_error(chile_program.delete(of(community, f"objects/{value['id']}/")), 404)
    with scope(PROGRAMME):
        assert StixObject.objects.get(stix_id=value["id"]).body == ""


def test_one_version_may_be_deleted(chile_program, community, three_versions):
    path = of(community, f"objects/{three_versions['id']}/")
    assert chile_program.delete(f"{path}?match[version]=last").status_code == 200
    assert [one["modified"][:10] for one in chile_program.get(path).json()["objects"]] == ["2026-03-02"]
    assert is_error(chile_program.delete(f"{path}?match[version]=2025-01-01T00:00:00Z"), 404)
    assert is_error(chile_program.delete(f"{path}?match[version]=never"), 400)


def test_a_team_deletes_only_what_it_brought(chile_program, jamaica_program, community, csirt_chl):
    value = indicator()
    push(csirt_chl, community, value)
    for identifier in (value["id"], MARKINGS["GREEN"]):
        assert is_error(jamaica_program.delete(of(community, f"objects/{identifier}/")), 403)
    assert ids(chile_program.get(of(community, "objects/"))) == [value["id"]]
