"""What the portal is made of, for those who look after it: `python3 dev.py sbom [FILE]`, CycloneDX 1.6 in JSON.

Read from the lock files alone, so it says what is installed and nothing else: every package with its version, the
digests of its files, and which lock names it. No addresses. The same locks give the same bytes.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from devtools.services import ROOT

PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
RUNS = "runtime.txt"  # what other locks add serves tests and the trial and is not delivered
Component = dict[str, Any]


def bill() -> dict[str, Any]:
    components = sorted([*python_packages(), *node_packages()], key=lambda one: one["purl"])
    told = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, told)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "oas-cyber", "name": "oas-cyber"}},
        "components": components,
    }


def python_packages() -> Iterator[Component]:
    """Each name and version once, with every lock that holds it."""
    found: dict[str, Component] = {}
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        for name, version, more in PINNED.findall(lock.read_text()):
            plain = re.sub(r"[-_.]+", "-", name).lower()
            purl = f"pkg:pypi/{plain}@{version}"
            one = found.setdefault(purl, component(plain, version, purl, delivered=False))
            one["scope"] = "required" if lock.name == RUNS else one["scope"]
            one["properties"].append({"name": "lock", "value": f"requirements/{lock.name}"})
            digests = {digest["content"] for digest in one["hashes"]} | set(DIGEST.findall(more))
            one["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in sorted(digests)]
    yield from found.values()


def node_packages() -> Iterator[Component]:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for path, package in locked.items():
        if not path:
            continue  # the portal itself
        name = path.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{quote(name)}@{package['version']}"
        one = component(name, package["version"], purl, delivered=not package.get("dev"))
        one["properties"].append({"name": "lock", "value": "package-lock.json"})
        kind, _dash, digest = package["integrity"].partition("-")
        alg = f"{kind[:3].upper()}-{kind[3:]}"
        yield one | {"hashes": [{"alg": alg, "content": base64.b64decode(digest).hex()}]}


def component(name: str, version: str, purl: str, *, delivered: bool) -> Component:
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "scope": "required" if delivered else "excluded",
        "hashes": [],
        "properties": [],
    }


def write(file: str = "") -> None:
    """Into `file`, or to standard output."""
    text = json.dumps(bill(), indent=2, ensure_ascii=False) + "\n"
    if file:
        Path(file).write_text(text)
    else:
        print(text, end="")
