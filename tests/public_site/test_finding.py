"""Search engines find what everybody may read, in four languages, and nothing else."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from public_site.pages import PAGES
from public_site.sitemaps import SECTIONS
from tests.public_site.conftest import SECRET

pytestmark = pytest.mark.django_db
CALLED = {"memberstate": "state-detail", "libraryitem": "library-item"}
SITE = "http://localhost:8000"
ADDRESS = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client: Client, path: str) -> list[str]:
    found = ElementTree.fromstring(client.get(path).content)  # noqa: S314 of our own making
    return [str(one.text).removeprefix(SITE) for one in found.iter(ADDRESS)]


def all_addresses(client: Client) -> list[str]:
    return [address for file in addresses(client, "/sitemap.xml") for address in addresses(client, file)]


def test_every_address_of_the_sitemap_opens_for_a_visitor_and_may_be_found(region: None, client: Client) -> None:
    for address in (found := all_addresses(client)):
        if address.startswith("/fr/"):
            answer = client.get(address)
            assert (answer.status_code, answer.get("X-Robots-Tag")) == (200, None), address
            assert answer.get("Cache-Control") == "public, max-age=300", address
    assert len(found) == len(set(found))
    assert {address.split("/")[1] for address in found} == {"en", "es", "fr", "pt-br"}


def test_what_a_visitor_may_not_read_is_not_named(region: None, client: Client) -> None:
    found = all_addresses(client)

    assert "/es/states/jamaica/" in found
    assert not [address for address in found if SECRET.lower() in address]
    assert len([address for address in found if address.startswith("/en/activities/activity")]) == 1
    for kind in ("library", "commitments"):
        assert len([address for address in found if re.match(f"/en/{kind}/[0-9]", address)]) == 1


def test_every_kind_of_thing_that_has_a_public_page_is_in_the_sitemap() -> None:
    models = (section.rows().model._meta.model_name for section in SECTIONS.values())
    named = {CALLED.get(model, f"{model}-detail") for model in models}

    assert {route for route in PAGES if route.endswith(("-detail", "-item"))} == named


def test_the_sitemap_asks_no_more_for_many(region: None, client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(len(SECTIONS) + 6):
        client.get("/sitemap.xml")
    with django_assert_max_num_queries(7):
        client.get("/sitemap-states-1.xml")


def test_a_file_of_the_sitemap_that_is_none_is_not_found(region: None, client: Client) -> None:
    for path in ("/sitemap-liaisons-1.xml", "/sitemap-states-2.xml", "/sitemap-states-0.xml", "/sitemap-pages-2.xml"):
        assert client.get(path).status_code == 404


def test_robots_are_kept_out_of_what_is_private_and_shown_the_sitemap(db: None, client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    for root in ("administration", "api", "home", "people", "profile", "reports", "search", "sign-in", "updates"):
        assert f"Disallow: /{root}/" in lines
    for root in ("states", "open-data", "library", "agreements", "verify", "embed", "static", ".well-known"):
        assert f"Disallow: /{root}/" not in lines


def test_a_public_page_says_where_it_is_in_every_language(chile: Any, client: Client) -> None:
    for path in ("/es/states/chile/", "/es/"):
        page, rest = client.get(path).content.decode(), path.removeprefix("/es")
        assert f'<link rel="canonical" href="{SITE}/es{rest}">' in page
        for code in ("en", "es", "fr", "pt-br"):
            assert f'<link rel="alternate" hreflang="{code}" href="{SITE}/{code}{rest}">' in page
        assert re.search(r'<meta name="description" content="[^"]{20,}">', page)
        assert re.search(r'<meta property="og:title" content="[^"]{5,}">', page)


@pytest.mark.parametrize("path", ["/sign-in/", "/search/?q=x", "/verify/ABCD/", "/api/v1/states/"])
def test_what_is_no_public_page_is_not_to_be_found(db: None, client: Client, path: str) -> None:
    assert client.get(path)["X-Robots-Tag"] == "noindex"


def test_titles_with_quotes_stay_inside_their_attribute(chile: Any, client: Client) -> None:
    chile.name_en = 'Chi"le & <b>'
    chile.save()
    page = client.get("/en/states/chile/").content.decode()

    assert 'content="Chi&quot;le &amp; &lt;b&gt;' in page
    assert 'content="Chi"le' not in page
