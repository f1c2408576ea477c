"""Each public page has an address per language; those without one go on as they were."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_script_prefix

from public_site.pages import ASKED, FILES, FOR_ANYBODY, PAGES, WITH_LANGUAGE
from tests.access.routes import open_routes

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
# Open to everybody, and no part of the public site: signing in, links out of mails, what is for machines.
ELSEWHERE = (
    "account_", "activity-file", "agreement-file", "alert-csaf", "alert-feed", "alert-file", "alert-indicators-",
    "alert-stix", "api", "colleague", "course-", "csaf-", "delivery-file", "drill-link", "evidence-", "expert-",
    "front-", "health-", "invitation", "landing", "language", "library-file", "mail-stop", "mailbox-", "material-file",
    "metrics", "mfa_", "misp-", "own-calendar", "own-feed", "participant-", "security-txt", "sign-in-link", "taxii-",
    "team-key", "update-",
)  # fmt: skip


def test_every_page_that_is_open_to_everybody_is_in_one_list() -> None:
    known = PAGES | ASKED | FILES | FOR_ANYBODY
    unsaid = [name for name in open_routes() if name not in known and not name.startswith(ELSEWHERE)]

    assert unsaid == [], "say in public_site/pages.py what holds for these"
    assert sorted(known - set(open_routes())) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [("/es/states/", "Estados"), ("/fr/states/", "États"), ("/pt-br/states/", "Estados"), ("/en/states/", "States")],
)
def test_the_address_decides_the_language(chile: Any, client: Client, path: str, words: str) -> None:
    client.cookies["django_language"] = "en"
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE="en")

    assert words in answer.content.decode()
    assert answer["Content-Language"] == path.split("/")[1]
    assert get_script_prefix() == "/"


def test_links_keep_the_language_and_files_of_the_house_do_not(chile: Any, client: Client) -> None:
    page = client.get("/es/states/").content.decode()
    links = {link for link in LINK.findall(page) if not link.startswith(("/en/", "/fr/", "/pt-br/"))}

    assert links
    assert [link for link in links if not link.startswith("/es/")] == []
    assert 'href="/es/states/chile/"' in page
    assert "/es/static/" not in page


def test_the_parts_of_a_page_that_are_kept_are_kept_per_address(chile: Any, client: Client, settings: Any) -> None:
    settings.DEBUG = False
    client.get("/es/states/")

    assert "/es/" not in client.get("/states/", HTTP_ACCEPT_LANGUAGE="es").content.decode().split("<footer")[1]


def test_an_address_without_a_language_goes_by_the_browser(chile: Any, client: Client) -> None:
    for language in ("es", "fr"):
        answer = client.get("/states/", HTTP_ACCEPT_LANGUAGE=language)
        assert (answer.status_code, answer["Content-Language"]) == (200, language)
        assert "Accept-Language" in answer["Vary"]


def test_visitors_choose_a_language_by_a_link_that_keeps_what_was_asked(chile: Any, client: Client) -> None:
    page = client.get("/es/states/?sub_region=Caribbean").content.decode()

    assert 'href="/fr/states/?sub_region=Caribbean"' in page
    assert "csrfmiddlewaretoken" not in page


def test_whoever_is_signed_in_reads_in_her_own_language(chile: Any, lead_chl: Any, sign_in: Any) -> None:
    answer = sign_in(lead_chl).get("/es/states/?sub_region=Caribbean")

    assert (answer.status_code, answer["Location"]) == (307, "/states/?sub_region=Caribbean")


@pytest.mark.parametrize("path", ["/sign-in/", "/home/", "/api/v1/states/", "/administration/", "/profile/"])
def test_what_is_not_public_has_no_address_in_a_language(db: None, client: Client, path: str) -> None:
    answer = client.get(f"/fr{path}")

    assert (answer.status_code, answer["Location"]) == (307, path)
    assert answer.cookies["django_language"].value == "fr"


@pytest.mark.parametrize("path", ["/es//elsewhere.example/", "/es/nowhere/", "/de/states/", "/es/es/states/"])
def test_what_is_no_address_is_not_found(db: None, client: Client, lead_chl: Any, sign_in: Any, path: str) -> None:
    assert client.get(path).status_code == 404
    assert not sign_in(lead_chl).get(path).headers.get("Location", "").startswith("//")


def test_a_slash_that_is_missing_is_added_within_the_language(chile: Any, client: Client) -> None:
    assert client.get("/es/states")["Location"] == "/es/states/"


def test_lists_name_real_routes() -> None:
    assert set(open_routes()) >= WITH_LANGUAGE
