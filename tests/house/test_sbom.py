"""The bill of materials: what the locks hold, in the form that tools read (CycloneDX 1.6)."""

import json
import re
import subprocess
import sys

import pytest

from devtools import sbom
from devtools.advisories import pinned
from tests.house.sources import ROOT

SERIAL = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PURL = re.compile(r"pkg:(pypi/[a-z0-9-]+|npm/(%40[a-z0-9-]+/)?[a-z0-9.-]+)@[0-9][A-Za-z0-9.+_-]*")
DIGITS = {"SHA-256": 64, "SHA-384": 96, "SHA-512": 128}


@pytest.fixture(scope="module")
def bill():
    return sbom.bill()


def test_it_has_the_shape_of_the_standard(bill):
    """What the schema requires of a bill and of each of its components."""
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert SERIAL.fullmatch(bill["serialNumber"])
    assert set(bill) == {"bomFormat", "specVersion", "serialNumber", "version", "metadata", "components"}
    for one in (bill["metadata"]["component"], *bill["components"]):
        assert one["type"] in ("application", "library")
        assert one["name"]
        assert one["bom-ref"]
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(references) == len(set(references))


def test_each_package_has_a_name_a_version_and_digests(bill):
    for one in bill["components"]:
        assert PURL.fullmatch(one["purl"]), one["purl"]
        assert one["purl"].endswith(f"@{one['version']}")
        assert one["scope"] in ("required", "excluded")
        assert one["hashes"], one["name"]
        for digest in one["hashes"]:
            assert re.fullmatch(rf"[0-9a-f]{{{DIGITS[digest['alg']]}}}", digest["content"])


def test_it_holds_every_package_of_every_lock_and_no_other(bill):
    python = {(one["name"], one["version"]) for one in bill["components"] if one["purl"].startswith("pkg:pypi/")}
    node = {one["name"] for one in bill["components"] if one["purl"].startswith("pkg:npm/")}
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert python == {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in pinned()}
    assert node == {path.removeprefix("node_modules/") for path in locked if path}


def test_what_runs_is_told_from_what_tests(bill):
    scopes = {one["name"]: one["scope"] for one in bill["components"]}

    assert {scopes[name] for name in ("django", "celery", "htmx.org")} == {"required"}
    assert {scopes[name] for name in ("pytest", "axe-core")} == {"excluded"}


def test_it_names_no_address_and_is_the_same_each_time(bill):
    assert "://" not in json.dumps(bill)
    assert sbom.bill() == bill


def test_the_command_writes_it(tmp_path):
    file = tmp_path / "sbom.json"

    subprocess.run([sys.executable, "dev.py", "sbom", str(file)], cwd=ROOT, check=True)  # noqa: S603

    assert json.loads(file.read_text()) == sbom.bill()
