"""The processor time of the main pages beside the same rows in a plain Django template.

    .venv/bin/python -m benchmarks.pages [TIMES]

The figures and what they mean: benchmarks/README.md.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from benchmarks.measure import Clock, in_turns, ms, ratio, table
from benchmarks.portal import portal, signed_in

TIMES = 60
LIMIT = 1.5
OFFICER, LIAISON = "ana.ejemplo@example.org", "camila.muestra@example.org"
STOCK_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class Page(NamedTuple):
    name: str
    url: str
    person: str
    view: str  # the module whose `render` the plain page replaces


def pages() -> list[Page]:
    return [
        Page("Front page", "/en/", "", "reporting.views.front"),
        Page("Region", "/region/", OFFICER, "reporting.views.region"),
        Page("Region, every state open", "/region/?open=all", OFFICER, "reporting.views.region"),
        Page("States", "/states/", OFFICER, "reporting.views.states"),
        Page("States, signed out", "/states/", "", "reporting.views.states"),
        Page("State", "/states/uruguay/", OFFICER, "reporting.views.states"),
        Page("Inbox", "/updates/", OFFICER, "capability.views.inbox"),
        Page("Review", f"{update('colombia')}review/", OFFICER, "capability.views.review"),
        Page("Task list", update("chile"), LIAISON, "capability.views.update"),
        Page("Section", f"{update('chile')}{first_dimension()}/", LIAISON, "capability.views.update"),
        Page(
            "Section, one answer open",
            f"{update('chile')}{first_dimension()}/?open=D1.1",
            LIAISON,
            "capability.views.update",
        ),
    ]


def update(state: str) -> str:
    round = import_module("capability.models").Round.objects.get(closed_at=None)
    return f"/states/{state}/updates/{round.slug}/"


def first_dimension() -> str:
    rated = import_module("capability.models").Dimension.objects.filter(edition__is_rated_by_states=True)
    return rated.order_by("position")[0].slug


def ours(page: Page) -> Callable[[], float]:
    """The page as people get it: every middleware, the session, the scope, the row walls, the layout."""
    browser, clock = signed_in(page.person), Clock()
    return lambda: _timed(browser, page, clock)


def plain(page: Page, render: Callable[..., Any]) -> Callable[[], float]:
    """The view's own rows by its own queries, as a stock Django project would show them: tables, nothing else.

    Row security would hide the rows from a stock project, so the scope is entered outside the clock.
    """
    scoped = import_module("common.scope")
    settings = import_module("django.test").override_settings(MIDDLEWARE=STOCK_MIDDLEWARE)
    browser, clock = signed_in(page.person), Clock()
    with settings:
        browser.handler.load_middleware()
    reach = scoped.NOTHING if not page.person else scoped.reach_of(_person(page.person))

    def call() -> float:
        with scoped.scope(reach), mock.patch(f"{page.view}.render", render):
            return _timed(browser, page, clock)

    return call


def plain_render() -> Callable[..., Any]:
    options = {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]
    }
    engine = import_module("django.template.backends.django").DjangoTemplates(
        {"NAME": "plain", "DIRS": [Path(__file__).parent / "plain"], "APP_DIRS": False, "OPTIONS": options}
    )
    response = import_module("django.http").HttpResponse
    return lambda request, name, context, status=200: response(
        engine.get_template(name).render(context, request), status=status
    )


def _person(email: str) -> Any:
    return import_module("accounts.models").User.objects.get(email=email)


def _timed(browser: Any, page: Page, clock: Clock) -> float:
    began = clock.now()
    response = browser.get(page.url, secure=True)
    taken = clock.now() - began
    if response.status_code != 200:
        raise SystemExit(f"{page.url} answered {response.status_code}.")
    return taken


def queries_of(call: Callable[[], float]) -> str:
    connection: Any = import_module("django.db").connection
    with import_module("django.test.utils").CaptureQueriesContext(connection) as asked:
        call()
    # set_config is how the scope is told, not a question
    selects = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    return str(sum("set_config(" not in sql for sql in selects))


def main(times: int) -> int:
    with portal():
        render, rows, worst = plain_render(), [], 0.0
        for page in pages():
            calls = {"ours": ours(page), "plain": plain(page, render)}
            taken = in_turns(calls, times)
            found = ratio(taken["ours"], taken["plain"])
            worst = max(worst, found)
            asked = [queries_of(call) for call in calls.values()]
            rows.append((page.name, ms(taken["ours"]), ms(taken["plain"]), f"{found:.2f}", *asked))
    print(table(("Page", "ms CPU", "plain", "ratio", "queries", "plain"), rows))
    print(f"\nMedians of {times} turns; the highest ratio is {worst:.2f}, the limit {LIMIT}.")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else TIMES))
