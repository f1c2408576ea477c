"""What every page of the matrix tells the browser: run nothing foreign, show in no frame, keep nothing."""

import re
from typing import Any

import pytest

from tests.access.tables import ROLES
from tests.access.test_matrix import GETS, named, url_of
from tests.access.visits import Seen, visit

pytestmark = pytest.mark.django_db
TYPES = {
    "text/html; charset=utf-8",
    "text/csv; charset=utf-8",
    "application/json",
    "application/problem+json",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A kept file: saved and never run, shown or remembered.
KEPT = ("files/<uuid:token>/", "reports/<int:pk>/<slug:language>.<slug:format>")
NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_=-]{16,})'")


@pytest.mark.parametrize("row", named({(row.first, row.cells): row for row in GETS}.values()))
def test_headers(world: Any, row: Any) -> None:
    for role in readers(row):
        seen = visit(world, role, "GET", url_of(world, row))
        faults = [*common_faults(seen), *(kept_faults(seen) if row.first in KEPT else page_faults(seen))]
        faults += [] if role in ("anon", "disabled") or row.first.startswith("health/") else private_faults(seen)

        assert not faults, f"{role}: {faults}"


def readers(row: Any) -> list[str]:
    """Nobody signed in, somebody who is served, and somebody who is refused."""
    signed_in = [role for role in ROLES if role not in ("anon", "disabled")]
    served = [role for role in signed_in if row.wanted()[role] == "."]
    refused = [role for role in signed_in if row.wanted()[role] != "."]
    return ["anon", *served[:1], *refused[:1]]


def common_faults(seen: Seen) -> list[str]:
    """Of whatever is answered: pages, files, refusals, redirects."""
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    faults = [f"{name}: {seen.headers.get(name)}" for name, value in wanted.items() if seen.headers.get(name) != value]
    if not is_health(seen) and "camera=()" not in seen.headers.get("Permissions-Policy", ""):
        faults.append("no Permissions-Policy")
    for cookie in seen.cookies.values():
        if not cookie["samesite"] or (not cookie["httponly"] and cookie.key != "django_language"):
            faults.append(f"the cookie {cookie.key} is open")
    return [] if is_health(seen) else faults


def is_health(seen: Seen) -> bool:
    return seen.body in (b'{"live": true}', b'{"ready": true}')


def page_faults(seen: Seen) -> list[str]:
    if is_health(seen):
        return []
    policy = seen.headers.get("Content-Security-Policy", "")
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}
    faults = [f"{name} is not none" for name in NONE if directives.get(name) != ["'none'"]]
    if "unsafe" in policy or "*" in policy or "http:" in policy:
        faults.append(f"too wide: {policy}")
    if seen.body and seen.headers.get("Content-Type") not in TYPES:
        faults.append(f"Content-Type: {seen.headers.get('Content-Type')}")
    return faults + nonce_faults(seen, policy)


NONE = ("default-src", "base-uri", "object-src", "frame-ancestors")


def nonce_faults(seen: Seen, policy: str) -> list[str]:
    """Every script of a page carries the nonce that the header names; without scripts there is none to name."""
    named_in_header = set(NONCE.findall(policy))
    in_page = set(re.findall(r'<script[^>]*\snonce="([^"]*)"', seen.body.decode("utf-8", "replace")))
    return [] if in_page <= named_in_header else [f"nonces {in_page} are not those of the header {named_in_header}"]


def kept_faults(seen: Seen) -> list[str]:
    if seen.code != ".":
        return page_faults(seen)
    wanted = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    faults = [f"{name}: {seen.headers.get(name)}" for name, value in wanted.items() if seen.headers.get(name) != value]
    is_saved = seen.headers.get("Content-Disposition", "").startswith("attachment")
    return faults + ([] if is_saved else ["it is not for saving"])


def private_faults(seen: Seen) -> list[str]:
    kept = seen.headers.get("Cache-Control")
    return [] if kept == "no-store, private" else [f"Cache-Control: {kept}"]


def test_nonces_are_never_the_same(world: Any) -> None:
    policies = {visit(world, "own", "GET", "/home/").headers["Content-Security-Policy"] for _ in range(3)}

    assert len({NONCE.findall(policy)[0] for policy in policies}) == 3
