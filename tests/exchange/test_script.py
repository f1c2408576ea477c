"""The script that teams copy does what docs/exchange.md says of it, against a server that runs."""

import csv
import importlib.util
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from common.scope import PROGRAMME, scope
from exchange.models import StixObject
from tests.factories.exchange import indicator, make_machine_token, push

SCRIPT = settings.BASE_DIR / "docs" / "examples" / "taxii_poll.py"


@pytest.fixture
def script() -> Any:
    spec: Any = importlib.util.spec_from_file_location("taxii_poll", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(rep_chl: Any, csirt_chl: Any, live_server: Any, tmp_path: Any) -> Any:
    """As from a shell, in a folder of its own."""
    token, secret = make_machine_token(rep_chl, csirt_chl)
    secrets = {"OAS_CYBER_KEY": token.key, "OAS_CYBER_SECRET": secret, "PATH": os.environ["PATH"]}

    def _run(*arguments: str, **changed: str) -> Any:
        command = [sys.executable, str(SCRIPT), f"{live_server.url}/taxii2/", *arguments]
        done = subprocess.run(  # noqa: S603 - our own script
            command, env=secrets | changed, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    _run.folder, _run.key, _run.secret = tmp_path, token.key, secret  # type: ignore[attr-defined]
    return _run


def rows(run: Any) -> list[dict[str, str]]:
    with open(run.folder / "indicators.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db(transaction=True)
def test_it_fetches_what_is_new_once_page_by_page(run, script, live_server, own, community, csirt_chl, monkeypatch):
    push(csirt_chl, community, *[indicator(value=f"198.51.100.{n}", name=f"Beacon {n}") for n in range(5)])
    push(csirt_chl, own, indicator(tlp="AMBER+STRICT", name="=HYPERLINK(1)"), indicator(tlp="GREEN"))
    monkeypatch.setattr(script, "PAGE", 2)
    monkeypatch.chdir(run.folder)
    monkeypatch.setenv("OAS_CYBER_KEY", run.key)
    monkeypatch.setenv("OAS_CYBER_SECRET", run.secret)
    arguments = [f"{live_server.url}/taxii2/"]

    assert [script.main(arguments), script.main(arguments)] == [0, 0]
    found = rows(run)
    assert sorted(row["name"] for row in found) == ["'=HYPERLINK(1)", "Beacon", *(f"Beacon {n}" for n in range(5))]
    assert {row["tlp"] for row in found if row["name"].startswith("Beacon ")} == {"GREEN"}
    assert next(row["tlp"] for row in found if row["name"].startswith("'=")) == "AMBER+STRICT"
    push(csirt_chl, community, indicator(name="Later"))
    assert script.main(arguments) == 0
    assert [row["name"] for row in rows(run)[len(found) :]] == ["Later"]
    assert set(json.loads((run.folder / "taxii_state.json").read_text()).values())


@pytest.mark.django_db(transaction=True)
def test_it_sends_a_bundle_and_says_what_was_refused(run, own, csirt_chl):
    good, red = indicator(tlp="AMBER", name="Mine"), indicator(tlp="RED", name="Never")
    file = run.folder / "objects.json"
    file.write_text(json.dumps({"type": "bundle", "id": "bundle--1", "objects": [good]}))
    assert run("--push", "objects.json", "--to", own.alias).returncode == 0
    file.write_text(json.dumps([red]))
    refused = run("--push", "objects.json", "--to", str(own.uuid))

    assert refused.returncode == 1
    assert red["id"] in refused.stderr
    with scope(PROGRAMME):
        assert list(StixObject.objects.filter(type="indicator").values_list("stix_id", flat=True)) == [good["id"]]
    nowhere = run("--push", "objects.json", "--to", "team-of-others")
    assert (nowhere.returncode, "--to" in nowhere.stderr) == (2, True)


@pytest.mark.django_db(transaction=True)
def test_it_says_that_a_token_does_not_hold(run):
    refused = run(OAS_CYBER_SECRET="guessed")
    assert refused.returncode == 2
    assert refused.stderr.startswith("401 ")
    assert not (run.folder / "taxii_state.json").exists()


@pytest.mark.parametrize("address", ["http://portal.example.org/taxii2/", "ftp://localhost.example.org/"])
def test_it_sends_the_secret_to_no_address_that_others_read(script, monkeypatch, capsys, address):
    monkeypatch.setenv("OAS_CYBER_KEY", "x")
    monkeypatch.setenv("OAS_CYBER_SECRET", "y")

    assert script.main([address]) == 2
    assert "https://" in capsys.readouterr().err


def test_and_to_no_other_host_that_a_server_names(script):
    server = script.Server("https://portal.example.org/taxii2/", "x", "y")
    with pytest.raises(script.Stopped, match="another host"):
        server.ask("https://elsewhere.example.org/")


def test_envelopes_stay_below_what_the_server_takes(script):
    objects = [{"id": str(n), "name": "ñ" * 20} for n in range(40)]
    made = list(script.envelopes(objects, 300))

    assert max(map(len, made)) <= 300
    assert [one for text in made for one in json.loads(text)["objects"]] == objects
