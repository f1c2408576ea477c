"""Whatever pages list and show one by one, programs read; or docs/api.md says why not."""

from pathlib import Path

from django.urls import get_resolver

from tests.access.routes import ADMINISTRATION

DOCS = Path(__file__).parent.parent.parent / "docs/api.md"
# Where the API calls it otherwise than the page.
CALLED = {
    "drill-detail": "api-contact-test-detail",
    "group-detail": "api-sharing-group-detail",
    "group-list": "api-sharing-group-list",
    "point-list": "api-contact-list",
    "request-detail": "api-support-detail",
    "request-list": "api-support-list",
    "run-detail": "api-report-detail",
    "run-list": "api-report-list",
    "submission-detail": "api-submission",
}
# The words of docs/api.md, "What has no route", that say why.
WHY_NOT = {
    "enquiry-detail": "questions to colleagues",
    "enquiry-list": "questions to colleagues",
    "expert-detail": "the roster of experts",
    "expert-list": "the roster of experts",
    "feed-list": "addresses of feeds",
    "machine-token-list": "tokens",
    "mail-detail": "the mail of a trial portal",
    "mail-list": "the mail of a trial portal",
    "session-list": "sessions",
    "sheet-detail": "tables that are being imported",
    "subscription-list": "subscriptions",
    "token-list": "tokens",
    "webhook-detail": "webhooks",
    "webhook-list": "webhooks",
}


def names(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns, route)
        else:
            yield route, pattern.name or ""


def test_each_list_and_record_of_the_pages_has_a_route_or_a_reason():
    live = list(names(get_resolver().url_patterns))
    offered = {name for route, name in live if route.startswith("api/")}
    shown = {
        name
        for route, name in live
        if name.endswith(("-list", "-detail")) and not route.startswith(("api/", ADMINISTRATION))
    }
    without = {name for name in shown if CALLED.get(name, f"api-{name}") not in offered}

    assert without == set(WHY_NOT)
    assert set(CALLED) <= shown


def test_the_reasons_stand_in_the_documentation():
    section = DOCS.read_text().partition("## What has no route")[2].partition("\n## ")[0]
    said = " ".join(section.split())

    assert {words for words in WHY_NOT.values() if words not in said} == set()
