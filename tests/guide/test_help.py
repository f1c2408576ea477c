"""Each task has a page of help that speaks of buttons that exist, and each main page leads to its task."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver, resolve, reverse

from common.catalogue.files import read
from oas_cyber import navigation
from oas_cyber.guide.tasks import GROUPS, OF_PAGE, OF_STAFF, TASKS
from tests.access.tables import rows
from tests.house.sources import python_files, templates

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "templates/help/tasks"
QUOTED = re.compile(r"“([^”]+)”")
MAIN = re.compile(r"<main.*?</main>", re.S)
HREF = re.compile(r'href="(/[^"#]*)')
HELP = re.compile(r'href="/help/([a-z-]+)/"')
STEP = re.compile(r"<li>")
# Said in the words of a message, or of a button that carries a number or a name.
NOT_LABELS = {"does not exist"}


@cache
def labels():
    """Every text of a template or of code that is one message."""
    pages = "\n".join(text for path, text in templates() if "help/tasks" not in path)
    source = "\n".join(ast.unparse(tree) for _path, tree in python_files())
    return set(re.findall(r'translate "([^"]+)"', pages)) | set(re.findall(r"_\('([^']+)'\)", source))


def test_every_task_has_a_page_and_every_page_a_task():
    assert {path.stem for path in FOLDER.glob("*.html")} == set(TASKS)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.slug)
def test_a_task_is_three_to_seven_steps_and_says_what_to_do_when_something_goes_wrong(client, task):
    page = client.get(f"/help/{task.slug}/").content.decode()
    steps, rest = re.search(r"<ol[^>]*>(.*?)</ol>(.*)", page, re.S).groups()

    assert 3 <= len(STEP.findall(steps)) <= 7
    assert "<li>" in re.search(r"<section.*?</section>", rest, re.S)[0]


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.slug)
def test_the_links_of_a_task_lead_somewhere(client, task):
    main = MAIN.search(client.get(f"/help/{task.slug}/").content.decode())[0]

    for address in HREF.findall(main):
        resolve(address)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.slug)
def test_what_a_task_quotes_stands_on_a_page(task):
    quoted = set(QUOTED.findall((FOLDER / f"{task.slug}.html").read_text()))

    assert quoted - labels() - NOT_LABELS == set()


@pytest.mark.parametrize("language", ["es", "fr", "pt_BR"])
def test_a_translated_help_page_names_buttons_as_they_are_translated(language):
    """What is not translated yet says the check of the catalogues."""
    words: dict[str, list[str]] = {}  # one for each place where the same English means something else
    for message in read(settings.BASE_DIR / "locale", language):
        words.setdefault(message.msgid, []).append(message.msgstr)
    faults = []
    for path in FOLDER.glob("*.html"):
        for text in re.findall(r'translate "([^"]+)"', path.read_text()):
            for label in set(QUOTED.findall(text)) - NOT_LABELS:
                said, buttons = words.get(text, [""])[0], words.get(label, [""])
                if said and all(buttons) and not any(button in said for button in buttons):
                    faults.append(f"{path.stem}: “{label}” is “{buttons[0]}” in: {said}")

    assert not faults, "\n".join(faults)


def routes(patterns=None, prefix="", address=""):
    """(address, name)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, inner, address + str(pattern.pattern))
        elif pattern.name:
            yield address + str(pattern.pattern), prefix + pattern.name


def route_names():
    return [name for _address, name in routes()]


def test_every_page_that_leads_to_a_task_exists():
    assert {*OF_PAGE, *OF_STAFF} - set(route_names()) == set()


@pytest.mark.parametrize("of_staff", [True, False])
def test_a_page_leads_each_reader_to_one_task(of_staff):
    groups = [group for group in GROUPS if group.only_staff == of_staff]
    pages = [page for group in groups for task in group.tasks for page in task.pages]

    assert len(pages) == len(set(pages))


def linked(*places):
    """The routes that the navigation links to from these places."""
    for place in places:
        if isinstance(place, navigation.Link):
            yield place.route
        elif isinstance(place, tuple):
            yield from linked(*place)


# What there is to do on these pages, they say in a sentence or two.
WITHOUT_FOR_STAFF = {
    "figures",  # read alone
    "mail-list",  # of a trial alone
}
WITHOUT_FOR_OTHERS = {
    "activity-list", "agreement-list", "operation-list", "partner-list",  # partners and visitors read them
}  # fmt: skip


# Every other page that somebody opens, and why there is no task for it.
WITHOUT = {
    "read alone": {
        "certificate-verify", "certificate-verify-any", "csaf-folder", "csaf-year", "dataset", "disclosure-policy",
        "figures", "front-en", "front-es", "front-fr", "front-pt-br", "open-data",
    },
    "says itself what there is to do": {"calendar-feeds", "file-replace", "file-withdraw", "map-to-embed"},
    "opened by a link, by people without an account": {
        "colleague-link", "course-evaluation", "course-participant", "drill-link", "expert-confirm", "expert-leave",
    },
    "help itself": {"help", "help-task", "styleguide", "who-may"},
    "of a trial alone": {"mail-detail", "mail-list"},
    "no page for people": {"health-live", "health-ready", "landing", "map-embedded", "misp-feed"},
    "a file": {
        "activity-file", "agreement-file", "alert-csaf", "alert-file", "alert-stix", "application-document",
        "application-letter", "assessment-workbook", "delivery-file", "file-download", "library-file", "material-file",
        "note-scan-file", "operation-exhibit", "proof-file", "sheet-file", "working-group-paper",
    },
}  # fmt: skip


def opened():
    """The routes of the pages that somebody of the matrix may open."""
    names = dict(routes())
    for row in rows("matrix.txt"):
        is_page = row.first.endswith("/") and not row.first.startswith(("api/", "administration/"))
        if is_page and row.second == "GET" and "." in row.cells and row.first in names:
            yield names[row.first]


def test_every_page_leads_to_a_task_or_there_is_a_reason_why_not():
    reasons = [name for names in WITHOUT.values() for name in names]

    assert sorted(set(opened()) - set(OF_PAGE) - set(OF_STAFF)) == sorted(reasons)


def test_every_page_of_the_navigation_leads_staff_to_a_task():
    routes = set(linked(*vars(navigation).values()))

    assert len(routes) >= 40
    assert routes - set(OF_STAFF) - set(OF_PAGE) == WITHOUT_FOR_STAFF


def test_every_page_of_the_navigation_of_others_leads_them_to_a_task():
    of_others = (navigation.LIAISON, navigation.TEAM, navigation.PARTNER, navigation.PUBLIC, navigation.MY_TURN)
    routes = set(linked(*of_others, navigation.ADMISSION))

    assert routes - set(OF_PAGE) == WITHOUT_FOR_OTHERS


@pytest.mark.parametrize("route", ["request-list", "course-list", "mission-list"])
def test_a_page_leads_staff_to_one_task_and_liaisons_to_another(sign_in, lead_chl, officer, route):
    found = [HELP.search(sign_in(who).get(reverse(route)).content.decode())[1] for who in (officer, lead_chl)]

    assert found == [OF_STAFF[route].slug, OF_PAGE[route].slug]


def test_visitors_are_not_led_to_what_staff_alone_do(client):
    assert HELP.search(client.get("/activities/").content.decode()) is None


def test_the_help_of_a_page_is_its_task(sign_in, lead_chl, officer):
    assert 'href="/help/answer-a-return/"' in sign_in(lead_chl).get("/home/").content.decode()
    assert 'href="/help/review/"' in sign_in(officer).get("/updates/").content.decode()


def test_people_of_teams_find_their_own_tasks_first(sign_in, rep_chl):
    browser = sign_in(rep_chl)
    page = browser.get("/help/").content.decode()

    assert page.index("/help/answer-an-alert/") < page.index("/help/share/")
    assert "/help/admit-a-team/" not in page
    assert 'href="/help/answer-an-alert/"' in browser.get("/alerts/").content.decode()


def test_the_help_of_a_page_without_a_task_is_the_index(sign_in, officer):
    assert 'href="/help/"' in sign_in(officer).get("/mail/").content.decode()


def test_the_help_says_where_to_write(client, settings):
    settings.CONTACT = ""
    assert "mailto:" not in client.get("/help/").content.decode()

    settings.CONTACT = "help@example.org"
    assert '<a href="mailto:help@example.org">' in client.get("/help/").content.decode()


def test_tasks_of_staff_are_listed_to_staff_alone(client, sign_in, lead_chl, officer, admin):
    assert "/help/review/" not in client.get("/help/").content.decode()
    assert "/help/review/" not in sign_in(lead_chl).get("/help/").content.decode()
    for person in (officer, admin):
        page = sign_in(person).get("/help/").content.decode()
        assert "/help/review/" in page
        assert page.index("/help/review/") < page.index("/help/share/")


def test_a_task_that_nobody_wrote_does_not_exist(client):
    assert client.get("/help/making-coffee/").status_code == 404


def test_every_task_is_in_one_group():
    assert sum(len(group.tasks) for group in GROUPS) == len(TASKS)
