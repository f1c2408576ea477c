"""Every page that is a list or shows a table of things gives it as CSV and Excel, or says here why it does not."""

import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

TEMPLATES = Path(settings.BASE_DIR, "templates")
INCLUDED = re.compile(r'include "([^"]+)"')
ROWS = ("table--cards", "components/pagination.html")
MACHINES = ("api/", "administration/", "taxii2/")
# Files at another address than that of the page.
FILES = {
    "course-selection": "training/<slug:slug>/nominees",
    "exercise-report": "exercises/<slug:slug>/timeline",
    "import-detail": "exchange/imports/<int:pk>/rows",
    "network": "csirts",
    "sheet-detail": "imports/<int:pk>/results",
    "sheet-new": "imports/new/<slug:code>/rows",
}
WORK = "work rather than record: gone through one by one, and shorter every day"
SECURITY = (
    "people, invitations, sessions, tokens, subscriptions: a matter of security; the administration has the trail"
)
PART = "a part of the page of one thing, of which there are a few; the list of all such things has its files"
PUBLISHED = "is itself the way to files for machines"
EXPLAINS = "explains, and lists nothing"
REASONS = {
    "enquiry-list": WORK, "my-turn": WORK, "note-drafts": WORK, "note-scans": WORK, "update-inbox": WORK,
    "update-review": WORK,
    "calendar-feeds": SECURITY, "colleagues": SECURITY, "feed-list": SECURITY, "machine-token-list": SECURITY,
    "people": SECURITY, "person": SECURITY, "session-list": SECURITY, "subscription-list": SECURITY,
    "team-people": SECURITY, "token-list": SECURITY, "webhook-detail": SECURITY, "webhook-list": SECURITY,
    "alert-related": PART, "commitment-detail": PART,
    "deployment-detail": PART, "team-reachability": PART, "update-history": PART,
    "csaf-folder": PUBLISHED, "csaf-year": PUBLISHED, "dataset": PUBLISHED, "open-data": PUBLISHED,
    "exchange": EXPLAINS, "who-may": EXPLAINS,
    "mail-list": "the mail of a trial, which stands in files already",
}  # fmt: skip


def pages(patterns=None, prefix=""):
    """(name, route, view) of everything but what programs and administrators use."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from pages(pattern.url_patterns, route)
        elif not route.startswith(MACHINES):
            yield pattern.name or "", route, inspect.unwrap(pattern.callback)


NAMES = {name for name, _route, _view in pages()}


def templates_of(view):
    """What it renders, by its whole name or within its app, with what that includes; the layouts around are no list."""
    words = {one for one in view.__code__.co_consts if isinstance(one, str) and "\n" not in one} - NAMES
    app = view.__module__.split(".")[0]
    left = [one if one.endswith(".html") else f"{app}/{one}.html" for one in words]
    found = set()
    while left:
        name = left.pop()
        if name not in found and not name.startswith("layouts/") and (TEMPLATES / name).is_file():
            found.add(name)
            left += INCLUDED.findall((TEMPLATES / name).read_text())
    return found


def is_list(name, view):
    code = getattr(view, "__code__", None)
    if code is None:
        return False
    says = "".join((TEMPLATES / one).read_text() for one in templates_of(view))
    return name.endswith("-list") or "Paginator" in code.co_names or any(word in says for word in ROWS)


ROUTES = {route for _name, route, _view in pages()}
LISTS = {name: route for name, route, view in pages() if is_list(name, view)}


def has_files(name):
    address = FILES.get(name) or LISTS[name].rstrip("/")
    return {f"{address}.csv", f"{address}.xlsx"} <= ROUTES


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_has_its_files_or_a_reason(name):
    assert has_files(name) != (name in REASONS)


def test_no_reason_is_left_over():
    assert len(LISTS) > 60
    assert set(FILES) | set(REASONS) <= set(LISTS)
