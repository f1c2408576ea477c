"""What every answer tells the browser: run nothing foreign, show in no frame, keep nothing. As in production."""

import re
import runpy
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts.actions import make_token
from tests.access.payloads import PAYLOADS
from tests.access.tables import ROLES
from tests.access.test_administration import DECLARED
from tests.access.test_matrix import GETS, POSTS, named, url_of
from tests.access.visits import Seen, visit
from tests.house.observatory import score
from tests.house.sources import ROOT
from tests.house.test_settings import REAL

pytestmark = pytest.mark.django_db
TYPES = {
    "text/html; charset=utf-8",
    "text/csv; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/json",
    "application/taxii+json;version=2.1",
    "application/stix+json;version=2.1",
    "application/problem+json",
    "application/pdf",
    "application/atom+xml; charset=utf-8",
    "application/pgp-keys",
    "text/calendar; charset=utf-8",
    "application/xml; charset=utf-8",
    "application/ld+json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A kept file: saved and never run, shown or remembered.
KEPT = (
    "files/<uuid:token>/",
    "reports/<int:pk>/<slug:language>.<slug:format>",
    "alerts/<int:pk>/files/<uuid:token>/",
    "activities/files/<uuid:token>/",
    "agreements/files/<uuid:token>/",
    "deliveries/files/<uuid:token>/",
    "operations/evidence/<uuid:token>/",
    "library/files/<uuid:token>/",
    "materials/files/<uuid:token>/",
    "network/maturity/files/<uuid:token>/",
    "network/applications/<int:pk>/documents/<int:document>/",
    "working-groups/<slug:slug>/papers/<uuid:token>/",
    "notes/scans/<uuid:token>/",
    "notes/<int:pk>/note.pdf",
    "imports/<int:pk>/file/",
)
LEAST = 125  # of 135 points
CLOSING = (
    "SECURE_",
    "SESSION_COOKIE_",
    "CSRF_COOKIE_",
    "LANGUAGE_COOKIE_",
    "DEVICE_COOKIE_",
    "CONTENT_SECURITY_",
    "WHITENOISE_",
)
NOT_OF_THE_HOST = ("django_language", "messages", "colleague-")  # nothing but words, or bound to a path
# The same for everybody, or asked by a program with a token.
WITHOUT_READER = (
    "health/", "alerts.atom", "feeds/", "calendars/", "misp/", "robots.txt", "sitemap", "open-data/<slug:slug>.",
    "open-data/datapackage.json", "open-data/catalog.jsonld", "embed/map/",
)  # fmt: skip
IN_FRAMES = "embed/map/"  # the one page that may stand in other people's
NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_=-]{16,})'")


@pytest.fixture(scope="module")
def world(world: Any) -> Iterator[Any]:
    """The world behind TLS, with the names and flags of cookies, the headers and redirects of production."""
    before = {name: getattr(settings, name) for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")}
    with override_settings(**production()):
        names = {before[name]: getattr(settings, name) for name in before}
        world.cookies = {
            role: {names.get(name, name): value for name, value in cookies.items()}
            for role, cookies in world.cookies.items()
        }
        world.clients = {role: Client(raise_request_exception=False) for role in world.clients}
        world.set_by_site = cookies_of_a_day(world)
        yield world


def production() -> dict[str, Any]:
    """Those of the settings of production that close doors."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("OAS_DEBUG", raising=False)
        patch.delenv("OAS_TRIAL", raising=False)
        for name, value in REAL.items():
            patch.setenv(name, value)
        found = runpy.run_path(str(ROOT / "oas_cyber/settings.py"))
    static = {"WHITENOISE_USE_FINDERS": True, "WHITENOISE_AUTOREFRESH": True}  # nothing is collected for a test
    return {name: value for name, value in found.items() if name.startswith(CLOSING)} | static


def cookies_of_a_day(world: Any) -> list[Any]:
    """All that the site sets from looking at it to being inside."""
    steps = [
        visit(world, "anon", "GET", "/sign-in/", secure=True),
        visit(world, "anon", "POST", "/sign-in/", PAYLOADS["sign-in/"](world), secure=True),
        visit(world, "anon", "POST", "/language/", PAYLOADS["language/"](world), secure=True),
    ]
    found = {cookie.key: cookie for seen in steps for cookie in seen.cookies.values() if cookie.value}
    assert set(found) >= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    return list(found.values())


def look(world: Any, role: str, method: str, url: str, data: Any = None, **more: Any) -> Seen:
    return visit(world, role, method, url, data, secure=True, **more)


@pytest.mark.parametrize("row", named({(r.first, r.cells): r for r in GETS if r.first != IN_FRAMES}.values()))
def test_headers(world: Any, row: Any) -> None:
    for role in readers(row):
        seen = look(world, role, "GET", url_of(world, row))
        faults = [*common_faults(seen), *(kept_faults(seen) if row.first in KEPT else page_faults(seen))]
        faults += [] if role in ("anon", "disabled") or row.first.startswith(WITHOUT_READER) else private_faults(seen)
        faults += points_missing(world, seen)

        assert not faults, f"{role}: {faults}"


def test_the_map_for_other_pages_is_open_to_frames_and_to_nothing_else(world: Any) -> None:
    """The same for a signed-in person: it is asked as nobody, so a frame around it gains nothing."""
    answers = [
        look(world, role, "GET", f"{at}/{IN_FRAMES}") for role in ("anon", "own", "manager") for at in ("", "/es")
    ]
    for seen in answers:
        policy = seen.headers["Content-Security-Policy"]
        alike = seen.headers | {"X-Frame-Options": "DENY"}
        wanted = (
            "frame-ancestors *",
            "script-src 'none'",
            "connect-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
        )

        assert seen.status == 200
        assert "X-Frame-Options" not in seen.headers
        assert not seen.cookies
        assert [part for part in wanted if part not in policy] == []
        assert "nonce" not in policy
        assert b"<script" not in seen.body
        assert not common_faults(replace(seen, headers=alike))
    assert len({seen.body for seen in answers[1::2]}) == 1


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
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }
    faults = [f"{name}: {seen.headers.get(name)}" for name, value in wanted.items() if seen.headers.get(name) != value]
    if seen.headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        faults.append("it tells other sites where people come from")
    if "camera=()" not in seen.headers.get("Permissions-Policy", ""):
        faults.append("no Permissions-Policy")
    for cookie in set_cookies(seen):
        is_language = cookie.key == settings.LANGUAGE_COOKIE_NAME
        if not (cookie["samesite"] and cookie["secure"] and (cookie["httponly"] or is_language)):
            faults.append(f"the cookie {cookie.key} is open")
        if not cookie.key.startswith(("__Host-", *NOT_OF_THE_HOST)):
            faults.append(f"the cookie {cookie.key} could be set by a neighbouring host")
    return faults


def set_cookies(seen: Seen) -> list[Any]:
    """Those that hold something: one that is taken back has no need of flags."""
    return [cookie for cookie in (seen.cookies or {}).values() if cookie.value]


def points_missing(world: Any, seen: Seen) -> list[str]:
    points, rules = score(seen.headers, seen.body, [*world.set_by_site, *set_cookies(seen)])
    return [] if points >= LEAST else [f"{points} points: {rules}"]


def page_faults(seen: Seen) -> list[str]:
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
    in_page.discard("")  # pages of errors know no request
    return [] if in_page <= named_in_header else [f"nonces {in_page} are not those of the header {named_in_header}"]


def kept_faults(seen: Seen) -> list[str]:
    if seen.code != ".":
        return page_faults(seen)
    wanted = {"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}
    faults = [f"{name}: {seen.headers.get(name)}" for name, value in wanted.items() if seen.headers.get(name) != value]
    is_saved = seen.headers.get("Content-Disposition", "").startswith("attachment")
    return faults + ([] if is_saved else ["it is not for saving"])


def private_faults(seen: Seen) -> list[str]:
    kept = seen.headers.get("Cache-Control")
    return [] if kept == "no-store, private" else [f"Cache-Control: {kept}"]


def test_nonces_are_never_the_same(world: Any) -> None:
    policies = {look(world, "own", "GET", "/home/").headers["Content-Security-Policy"] for _ in range(3)}

    assert len({NONCE.findall(policy)[0] for policy in policies}) == 3


# What is no page --------------------------------------------------------------------------------------------------

SAMPLE = [row for number, row in enumerate(POSTS) if number % 4 == 0]


@pytest.mark.parametrize("row", named(SAMPLE))
def test_headers_of_what_is_done(world: Any, row: Any) -> None:
    """Redirects, refusals and forms that come back."""
    served = next((role for role, code in row.wanted().items() if code == "."), "anon")
    for role, body in ((served, PAYLOADS[row.first](world)), (served, {}), ("anon", {})):
        seen = look(world, role, "POST", url_of(world, row), body)
        faults = [*common_faults(seen), *page_faults(seen), *points_missing(world, seen)]
        has_left = settings.SESSION_COOKIE_NAME in (seen.cookies or {}) and len(set_cookies(seen)) < len(seen.cookies)
        faults += [] if role == "anon" or has_left else private_faults(seen)

        assert not faults, f"{role}: {faults}"


def failing(*_arguments: Any, **_more: Any) -> None:
    raise RuntimeError("This view fails, as a test wants it")


def answers_of_each_status(world: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Seen]]:
    yield 302, look(world, "own", "GET", "/landing/")
    yield 400, look(world, "anon", "GET", "/", HTTP_HOST="elsewhere.example.org")
    yield 401, look(world, "anon", "GET", "/api/v1/states/")
    yield 403, look(world, "own", "GET", "/updates/")
    yield 404, look(world, "own", "GET", "/nowhere/")
    yield 404, look(world, "anon", "GET", "/media/file.pdf")
    yield 404, look(world, "anon", "GET", "/static/nothing.js")
    yield 405, look(world, "own", "DELETE", "/home/")
    yield 410, look(world, "own", "GET", url_of(world, next(r for r in GETS if r.third == "file:withdrawn")))
    url = url_of(world, next(r for r in POSTS if r.first.endswith("/<slug:section>/")))
    yield 400, look(world, "own", "POST", url, {"x": "y" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    yield from answers_to_what_cannot_stand(world, monkeypatch)
    monkeypatch.setattr("reporting.views.states.StateProfile", failing)
    yield 500, look(world, "own", "GET", "/states/chile/")
    monkeypatch.setattr("oas_cyber.health._amiss", lambda: ["nothing is ready"])
    yield 503, look(world, "anon", "GET", "/health/ready/")


def answers_to_what_cannot_stand(world: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Seen]]:
    """Seen too late, not to be understood, too much, too often: pages and the API."""
    sharing = PAYLOADS["states/<slug:state>/sharing/"](world)
    yield 409, look(world, "own", "POST", "/states/chile/sharing/", sharing | {"seen": "what it was before"})
    yield 422, look(world, "own", "POST", "/states/chile/sharing/", {"sharing": "nonsense"})
    token = {"HTTP_AUTHORIZATION": f"Bearer {submitting(world)}"}
    send = f"/api/v1/updates/chile/{world.rounds['draft'].slug}/submit/"
    large = {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    yield 413, look(world, "anon", "POST", send, **token, **large, HTTP_IDEMPOTENCY_KEY=str(uuid.uuid4()))
    with override_settings(API_LIMITS=settings.API_LIMITS | {"read-token": (0, 3600)}):
        yield 429, look(world, "anon", "GET", "/api/v1/states/", **token)
    monkeypatch.setattr("search.views.MOST_A_MINUTE", 0)
    for role in ("own", "anon"):
        yield 429, look(world, role, "GET", "/search/?q=chile")


def submitting(world: Any) -> str:
    """The secret of a program that sends updates in a lead's name."""
    return make_token(name="A program", scopes=["read", "submit"], days=30, by=world.people["own"])[1]


def test_headers_of_each_status(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = []
    for status, seen in answers_of_each_status(world, monkeypatch):
        found = [*common_faults(seen), *page_faults(seen), *points_missing(world, seen)]
        found += [] if seen.status == status else [f"answered {seen.status} {seen.error}"]
        faults += [f"{status}: {found}"] if found else []

    assert not faults, "\n".join(faults)


def test_headers_of_the_administration(world: Any) -> None:
    faults = []
    for role in ("anon", "admin", "officer"):
        for url in ("/administration/", "/administration/accounts/user/", "/administration/jsi18n/"):
            seen = look(world, role, "GET", url)
            faults += [f"{role} {url}: {fault}" for fault in (*common_faults(seen), *points_missing(world, seen))]
            faults += [] if role == "anon" else private_faults(seen)

    assert DECLARED
    assert not faults, "\n".join(faults)


def test_what_is_sent_without_tls_is_sent_again_with_it(world: Any) -> None:
    seen = visit(world, "own", "GET", "/home/")

    assert (seen.status, seen.headers["Location"]) == (301, "https://testserver/home/")
    assert not page_faults(seen)


def test_static_files_are_kept_and_closed_too(world: Any) -> None:
    seen = look(world, "own", "GET", "/static/js/unsent.js")

    assert seen.status == 200
    assert "no-store" not in seen.headers.get("Cache-Control", "")
    assert not [*common_faults(seen), *points_missing(world, seen)]


def test_signing_out_clears_what_the_browser_kept(world: Any) -> None:
    assert look(world, "own", "POST", "/sign-out/", {"go": "yes"}).headers["Clear-Site-Data"] == '"cache"'


def test_one_page_alone_may_show_what_is_written_into_it(world: Any) -> None:
    wide = set()
    for row in GETS:
        if row.first.startswith(("profile/", "home/", "states/<slug:slug>/", "region/")):
            seen = look(world, "own", "GET", url_of(world, row))
            wide |= {row.first} if "data:" in seen.headers.get("Content-Security-Policy", "") else set()

    assert wide <= {"profile/second-factor/app/"}
