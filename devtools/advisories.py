"""Are there known weaknesses in what we install? `python -m devtools.advisories` asks the open advisory database.

It names packages and versions, nothing else. Where nobody can be asked it says so, and fails nothing: a weakness that
was not looked for is not one that was found, and a machine without a way out must be able to run the tests.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from devtools.services import ROOT

DATABASE = "https://api.osv.dev/v1/querybatch"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
# Known, judged and waited for: the advisory and why it does not concern the portal.
ACCEPTED: dict[str, str] = {}


def pinned() -> list[tuple[str, str]]:
    """Every package in every lock file, once."""
    texts = [path.read_text() for path in sorted((ROOT / "requirements").glob("*.txt"))]
    return sorted({found for text in texts for found in PINNED.findall(text)})


def known(packages: list[tuple[str, str]], answer: dict[str, Any]) -> Iterator[str]:
    """One line for each advisory that nobody has judged."""
    for (name, version), result in zip(packages, answer["results"], strict=True):
        for advisory in result.get("vulns", ()):
            if advisory["id"] not in ACCEPTED:
                yield f"{name} {version}: {advisory['id']}"


def asked(packages: list[tuple[str, str]]) -> dict[str, Any]:
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in packages]
    body = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(DATABASE, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 - one fixed address
        return json.load(response)


def main() -> int:
    packages = pinned()
    try:
        found = list(known(packages, asked(packages)))
    except (urllib.error.URLError, OSError, ValueError, KeyError) as error:
        print(f"The advisories of {len(packages)} packages were NOT looked up: the database did not answer ({error}).")
        return 0
    print("\n".join(found) or f"No known weakness in {len(packages)} packages.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
