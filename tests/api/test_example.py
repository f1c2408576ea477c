"""The example that programs are built from does what docs/api.md says of it, against a server that runs."""

import importlib.util
import json
import uuid
from io import BytesIO
from types import SimpleNamespace
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


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (("states/chile",), "sub_region"),
        (("search", "--where", "q=csirt"), "groups"),
        (("my-turn",), "groups"),
    ],
)
def test_an_answer_without_pages_is_one_line(run, arguments, holds):
    code, (said,), told = run(*arguments)

    assert (code, told) == (0, "")
    assert holds in said


def test_so_is_a_list_without_pages(run):
    code, (objectives,), told = run("objectives")

    assert (code, told) == (0, "")
    assert [one["number"] for one in objectives] == [1, 2, 3, 4, 5]


def test_a_file_is_named_and_not_read(example):
    portal = example.Portal("https://portal.example.org", "oas_secret")
    portal.opener = SimpleNamespace(open=lambda *_given, **_more: BytesIO(b"%PDF-1.7 \xe2"))

    with pytest.raises(example.Stopped, match="/api/v1/reports/files/1/"):
        list(portal.rows("reports/files/1"))


@pytest.mark.parametrize("slip", ["foo", ""])
def test_a_filter_without_a_value_is_refused_before_anything_is_asked(run, example, monkeypatch, capsys, slip):
    monkeypatch.setattr(example.Portal, "ask", None)

    with pytest.raises(SystemExit) as refused:
        run("states", "--where", "state=chile", "--where", slip)

    assert refused.value.code == 2
    assert f"--where takes NAME=VALUE, such as state=chile, and not {slip}\n" in capsys.readouterr().err


def test_a_filter_may_be_called_anything(run):
    code, rows, told = run("states", "--where", "path=chile")

    assert (code, rows) == (2, [])
    assert told.startswith("400 path: There is no such filter here.")


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
