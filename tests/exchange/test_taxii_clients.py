"""Programs as teams use them, over real connections: taxii2-client, MISP's way of pushing, two writers at once."""

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from django.db import connection
from stix2validator import ValidationOptions, validate_string
from taxii2client.v21 import Collection, Server, as_pages

from common.scope import PROGRAMME, scope
from exchange.models import Push, StixObject
from exchange.waiting_pushes import perform
from notices.work import LeaseLost, claim, work
from tests.exchange.taxii import TAXII, Program, of
from tests.factories.exchange import collection_of, indicator, push

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def program(rep_chl: Any, csirt_chl: Any) -> Program:
    return Program(rep_chl, csirt_chl)


@pytest.fixture
def community(csirt_chl: Any) -> Any:
    return collection_of("community")


def test_taxii2_client_finds_pushes_pages_and_reads_again(live_server, program, community):
    server = Server(f"{live_server.url}/taxii2/", user=program.user, password=program.password)
    root = server.api_roots[0]
    assert server.default.url == root.url
    into = next(one for one in root.collections if one.id == str(community.uuid))
    assert (into.can_read, into.can_write) == (True, True)
    values = [indicator(value=f"198.51.100.{number}", x_custom={"n": [number, None]}) for number in range(25)]
    status = into.add_objects({"objects": values}, wait_for_completion=True)
    assert (status.status, status.success_count, status.failure_count) == ("complete", 25, 0)
    direct = Collection(into.url, user=program.user, password=program.password)
    found = [one for page in as_pages(direct.get_objects, per_request=7) for one in page.get("objects", [])]
    assert [one for one in found if one["type"] == "indicator"] == values
    listed = [one for page in as_pages(direct.get_manifest, per_request=4) for one in page.get("objects", [])]
    assert [one["id"] for one in listed] == [one["id"] for one in found]
    for one in found:
        assert validate_string(json.dumps(one), ValidationOptions(version="2.1")).is_valid
    one = values[3]["id"]
    assert direct.get_object(one)["objects"] == [values[3]]
    assert direct.object_versions(one)["versions"] == ["2026-03-01T12:00:00.000000Z"]
    direct.delete_object(one)
    with pytest.raises(requests.HTTPError, match="404"):
        direct.get_object(one)


def test_misp_pushes_in_envelopes_of_the_length_that_is_told(live_server, program, community):
    """MISP 2.5: HTTP Basic, max_content_length read from the API root, an envelope as long as that allows."""
    server = Server(f"{live_server.url}/taxii2/", user=program.user, password=program.password)
    root = server.api_roots[0]
    into = next(one for one in root.collections if one.can_write and one.id == str(community.uuid))
    assert root.max_content_length == 5_000_000
    most, envelope, length, pushed = 4_000, [], 0, 0
    for value in [indicator() for _ in range(30)]:
        size = len(json.dumps(value)) + 2
        if envelope and length + size > most:
            pushed += into.add_objects({"objects": envelope}).success_count
            envelope, length = [], 0
        envelope.append(value)
        length += size
    pushed += into.add_objects({"objects": envelope}).success_count
    assert pushed == 30


def test_nothing_is_redirected_and_no_cookie_is_set(live_server, program, community):
    for method in ("get", "post", "delete", "head"):
        answer = requests.request(
            method,
            f"{live_server.url}{of(community, 'objects')}",
            headers=program.headers,
            allow_redirects=False,
            timeout=60,
        )
        assert answer.status_code == 404
        assert not answer.cookies
        assert answer.headers["Content-Type"] == TAXII


def test_two_writers_at_once_share_one_order(transactional_db, csirt_chl, csirt_jam, community):
    def write(team: Any) -> None:
        try:
            for _ in range(5):
                push(team, community, *[indicator() for _ in range(4)])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, [csirt_chl, csirt_jam]))
    with scope(PROGRAMME):
        dates = list(StixObject.objects.order_by("pk").values_list("date_added", flat=True))
        bodies = StixObject.objects.exclude(type="marking-definition").count()
    assert bodies == 40
    assert len(dates) == len(set(dates)) == 41


def test_who_polls_while_others_write_misses_nothing(transactional_db, program, csirt_chl, csirt_jam, community):
    """An object becomes readable after all that have an earlier date."""
    over = threading.Event()

    def write(team: Any) -> None:
        try:
            for _ in range(8):
                push(team, community, indicator(), indicator())
        finally:
            connection.close()

    def poll() -> list[str]:
        seen: list[str] = []
        after: dict[str, str] = {}
        try:
            while True:
                is_last = over.is_set()
                answer = program.get(of(community, "manifest/"), after)
                seen += [one["id"] for one in answer.json().get("objects", [])]
                if last := answer.headers.get("X-TAXII-Date-Added-Last"):
                    after = {"added_after": last}
                elif is_last:
                    return seen
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        polled = pool.submit(poll)
        list(pool.map(write, [csirt_chl, csirt_jam]))
        over.set()
        seen = polled.result()
    assert len(seen) == len(set(seen)) == 33


def kept_push(program: Program, community: Any, monkeypatch: Any) -> Push:
    monkeypatch.setattr("exchange.pushing.AT_ONCE", 1)
    program.push(community, indicator(), indicator(), indicator(pattern="["))
    with scope(PROGRAMME):
        return Push.objects.get()


def stored(community: Any) -> int:
    with scope(PROGRAMME):
        return StixObject.objects.filter(collection=community, type="indicator").count()


def test_a_worker_that_is_killed_leaves_nothing_half_done(transactional_db, program, community, monkeypatch):
    kept = kept_push(program, community, monkeypatch)
    taken = claim(Push, kept.pk)
    monkeypatch.setattr("exchange.waiting_pushes.finish", lambda *_args, **_facts: os._exit(9))
    child = os.fork()
    if not child:
        connection.connection = None  # that of the parent is not the child's to use
        perform(taken)
    assert os.waitpid(child, 0)[1] >> 8 == 9
    monkeypatch.undo()
    assert stored(community) == 0
    with scope(PROGRAMME):
        Push.objects.update(lease_until="2020-01-01T00:00:00Z")
    work(Push, kept.pk)
    with scope(PROGRAMME):
        done = Push.objects.get()
    assert (done.status, len(done.successes), len(done.failures), done.body) == ("done", 2, 1, "")
    assert stored(community) == 2
    work(Push, kept.pk)  # rung for once more
    assert stored(community) == 2


def test_a_worker_that_was_slow_throws_its_result_away(transactional_db, program, community, monkeypatch):
    kept = kept_push(program, community, monkeypatch)
    slow = claim(Push, kept.pk)
    with scope(PROGRAMME):
        Push.objects.update(lease_until="2020-01-01T00:00:00Z")
    work(Push, kept.pk)
    with pytest.raises(LeaseLost):
        perform(slow)
    assert stored(community) == 2
