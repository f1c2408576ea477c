"""The example that programs are built from does what docs/api.md says of it, against a server that runs."""

import importlib.util
import json
import uuid
from typing import Any

import pytest
from django.conf import settings

from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Sighting
from member_states.models import MemberState
from tests.factories.alerts import make_alert, to_team

EXAMPLE = settings.BASE_DIR / "docs" / "examples" / "portal_api.py"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def example(monkeypatch: Any) -> Any:
    spec: Any = importlib.util.spec_from_file_location("portal_api", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.slept = []
    monkeypatch.setattr(module.time, "sleep", module.slept.append)
    return module


@pytest.fixture
def run(example, rep_chl, program_of, live_server, monkeypatch, capsys):
    monkeypatch.setenv("OAS_CYBER_TOKEN", program_of(rep_chl, "read", "submit").secret)

    def _run(*arguments):
        code = example.main([live_server.url, *map(str, arguments)])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    return _run


def test_it_reads_a_list_over_all_its_pages(run, monkeypatch):
    monkeypatch.setattr("common.api.lists.Pages.page_size", 1)

    code, rows, _told = run("states")

    assert code == 0
    with scope(PROGRAMME):
        assert sorted(row["slug"] for row in rows) == sorted(MemberState.objects.values_list("slug", flat=True))


def test_it_filters_and_tells_what_the_portal_says_of_a_slip(run):
    assert run("facts/csirts", "--where", "state=chile") == (0, [], "")

    code, rows, told = run("facts/csirts", "--where", "land=chile")

    assert (code, rows) == (2, [])
    assert told.startswith("400 land: There is no such filter here.")


def test_it_waits_as_long_as_it_is_told(run, example, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"read-token": (0, 3600)}

    code, _rows, told = run("states")

    assert code == 2
    assert told.startswith("429 ")
    assert len(example.slept) == example.TRIES - 1
    assert all(0 < wait <= example.LONGEST_WAIT for wait in example.slept)


def test_it_sends_once_even_when_no_answer_came(run, example, manager, csirt_chl, rep_chl, tmp_path, monkeypatch):
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager)
    file = tmp_path / "sighting.json"
    file.write_text(json.dumps({"kind": "seen", "count": 4, "seen_on": "2026-11-01"}))
    send = ("--send", file, f"alerts/{alert.pk}/sightings")
    with monkeypatch.context() as broken:
        broken.setattr(example.Portal, "send", _answer_lost(example, example.Portal.send))
        assert run(*send)[0] == 2
    assert uuid.UUID((tmp_path / "sighting.json.key").read_text())

    code, (said,), _told = run(*send)

    assert (code, said["count"]) == (0, 4)
    assert not (tmp_path / "sighting.json.key").exists()
    with scope(reach_of(rep_chl)):
        assert Sighting.objects.count() == 1
    assert run(*send)[0] == 0  # another thing, with a key of its own
    with scope(PROGRAMME):
        assert Sighting.objects.count() == 2


def _answer_lost(example, send):
    """It arrives and is done, and the line breaks before the answer."""

    def _send(*given):
        send(*given)
        raise example.Stopped("The portal gave no answer.")

    return _send


def test_the_token_goes_nowhere_else(example):
    portal = example.Portal("https://portal.example.org", "oas_secret")

    with pytest.raises(example.Stopped, match="another host"):
        portal.ask("https://elsewhere.example.org/api/v1/states/")
    with pytest.raises(example.Stopped, match="https"):
        example.Portal("http://portal.example.org", "oas_secret")
