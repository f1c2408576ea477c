"""Mozilla's HTTP Observatory, its rules and points as published in scoring.md: 100 to begin with, at most 135.

What is asked of a whole site (cookies, the way from http to https) is asked once and counts for each of its answers,
as there. Two bonuses are out of reach: a place in the browsers' preload list needs a public name, and scripts of one's
own origin get no points for integrity. So 125 is the most that an answer of ours can have.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

SIX_MONTHS = 15_768_000
BONUS_FROM = 90
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(
    headers: Mapping[str, str], body: bytes, cookies: Iterable[Any], redirection: int = 0
) -> tuple[int, list[str]]:
    """The points, and the names of the rules that gave or took any. `cookies` are all that the site sets."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    found = [
        content_policy(policy),
        of_cookies(list(cookies)),
        sharing(headers),
        transport(headers),
        referrer(headers),
        integrity(headers, body),
        sniffing(headers),
        framing(headers, policy),
        ("redirection-to-https", 0),  # asked by a test of its own
    ]
    penalties, bonuses = sum(p for _, p in found if p < 0), sum(p for _, p in found if p > 0)
    points = 100 + penalties
    return (points + bonuses if points >= BONUS_FROM else points), [f"{name} {p:+}" for name, p in found if p]


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


def content_policy(policy: dict[str, list[str]]) -> tuple[str, int]:
    if not policy:
        return "csp-not-implemented", -25
    default = policy.get("default-src", ["*"])
    scripts, styles, objects = (policy.get(f"{what}-src", default) for what in ("script", "style", "object"))
    if any(source == "*" or source.startswith("http:") for source in (*scripts, *objects)):
        return "csp-implemented-with-insecure-scheme", -20
    if set(scripts) & {"'unsafe-inline'", "data:"} or "data:" in objects:
        return "csp-implemented-with-unsafe-inline", -20
    if "'unsafe-eval'" in (*scripts, *styles):
        return "csp-implemented-with-unsafe-eval", -10
    if any(source.startswith("http:") for sources in policy.values() for source in sources):
        return "csp-implemented-with-insecure-scheme-in-passive-content-only", -10
    if "'unsafe-inline'" in styles:
        return "csp-implemented-with-unsafe-inline-in-style-src-only", 0
    if default == ["'none'"]:
        return "csp-implemented-with-no-unsafe-default-src-none", 10
    return "csp-implemented-with-no-unsafe", 5


def of_cookies(cookies: list[Any]) -> tuple[str, int]:
    if not cookies:
        return "cookies-not-found", 0
    sessions = [cookie for cookie in cookies if re.search("sess|login", cookie.key, re.IGNORECASE)]
    if any(not cookie["secure"] for cookie in sessions):
        return "cookies-session-without-secure-flag", -40
    if any(not cookie["httponly"] for cookie in sessions):
        return "cookies-session-without-httponly-flag", -30
    if any(not cookie["secure"] for cookie in cookies):
        return "cookies-without-secure-flag", -20
    if any("csrf" in cookie.key.lower() and not cookie["samesite"] for cookie in cookies):
        return "cookies-anticsrf-without-samesite-flag", -20
    if all(cookie["samesite"] for cookie in cookies):
        return "cookies-secure-with-httponly-sessions-and-samesite", 5
    return "cookies-secure-with-httponly-sessions", 0


def sharing(headers: Mapping[str, str]) -> tuple[str, int]:
    if headers.get("Access-Control-Allow-Origin") == "*":
        return "cross-origin-resource-sharing-implemented-with-universal-access", -50
    return "cross-origin-resource-sharing-not-implemented", 0


def transport(headers: Mapping[str, str]) -> tuple[str, int]:
    given = headers.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", given)
    if not given:
        return "hsts-not-implemented", -20
    if not age:
        return "hsts-header-invalid", -20
    if int(age[1]) < SIX_MONTHS:
        return "hsts-implemented-max-age-less-than-six-months", -10
    return "hsts-implemented-max-age-at-least-six-months", 0


def referrer(headers: Mapping[str, str]) -> tuple[str, int]:
    given = headers.get("Referrer-Policy", "").split(",")[-1].strip()
    if not given:
        return "referrer-policy-not-implemented", 0
    return ("referrer-policy-private", 5) if given in PRIVATE else ("referrer-policy-unsafe", -5)


def integrity(headers: Mapping[str, str], body: bytes) -> tuple[str, int]:
    if not headers.get("Content-Type", "").startswith("text/html"):
        return "sri-not-implemented-response-not-html", 0
    scripts = re.findall(rb"<script\b[^>]*\bsrc=[\"']?([^\"' >]+)", body)
    if any(source.startswith((b"http:", b"//")) for source in scripts):
        return "sri-not-implemented-and-external-scripts-not-loaded-securely", -50
    if any(source.startswith(b"https:") for source in scripts):
        return "sri-not-implemented-but-external-scripts-loaded-securely", -5
    return "sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0


def sniffing(headers: Mapping[str, str]) -> tuple[str, int]:
    is_set = headers.get("X-Content-Type-Options") == "nosniff"
    return ("x-content-type-options-nosniff", 0) if is_set else ("x-content-type-options-not-implemented", -5)


def framing(headers: Mapping[str, str], policy: dict[str, list[str]]) -> tuple[str, int]:
    if policy.get("frame-ancestors", ["*"]) in (["'none'"], ["'self'"]):
        return "x-frame-options-implemented-via-csp", 5
    if headers.get("X-Frame-Options", "").upper() in ("DENY", "SAMEORIGIN"):
        return "x-frame-options-sameorigin-or-deny", 0
    return "x-frame-options-not-implemented", -20
