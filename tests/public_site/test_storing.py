"""What may be stored by caches: the same bytes for every visitor, and nothing that was made for one."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
STORED = ("/en/", "/es/states/", "/states/", "/states/chile/", "/open-data/", "/open-data/states.csv", "/embed/map/")
PUBLIC = "public, max-age=300"


@pytest.mark.parametrize("path", STORED)
def test_a_public_page_is_stored_and_holds_nothing_of_anybody(chile: Any, client: Client, path: str) -> None:
    first, again = client.get(path), Client().get(path)

    assert first["Cache-Control"] == PUBLIC
    assert not first.cookies
    assert "nonce" not in first["Content-Security-Policy"]
    assert "csrf" not in first.content.decode().lower()
    assert (first["ETag"], first.content) == (again["ETag"], again.content)


@pytest.mark.parametrize("path", STORED)
def test_whoever_has_it_already_is_told_so(chile: Any, client: Client, path: str) -> None:
    answer = client.get(path, HTTP_IF_NONE_MATCH=client.get(path)["ETag"])

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (304, b"", PUBLIC)
    frames = "frame-ancestors *" if "embed" in path else "frame-ancestors 'none'"
    assert frames in answer["Content-Security-Policy"]
    assert ("X-Frame-Options" in answer) is ("embed" not in path)


@pytest.mark.parametrize("path", ["/states/", "/states/chile/", "/open-data/", "/agreements/"])
def test_nothing_a_signed_in_person_is_shown_is_stored(chile: Any, lead_chl: Any, sign_in: Any, path: str) -> None:
    answer = sign_in(lead_chl).get(path)

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answer


def test_a_visitor_with_a_session_gets_what_nobody_stores(chile: Any, client: Client) -> None:
    session = client.session
    session["something"] = "of this visitor"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    answer = client.get("/states/")

    assert not answer.cookies
    assert "Cache-Control" not in answer


def test_a_message_that_waits_is_stored_by_nobody(chile: Any, client: Client) -> None:
    client.cookies["messages"] = "something"

    assert "Cache-Control" not in client.get("/states/")


@pytest.mark.parametrize("path", ["/sign-in/", "/search/?q=chile", "/verify/ABCD/", "/nowhere/", "/"])
def test_what_is_asked_refused_or_filled_in_is_not_stored(db: None, client: Client, path: str) -> None:
    assert "public" not in client.get(path).headers.get("Cache-Control", "")


def test_caches_are_told_what_an_answer_depends_on(chile: Any, client: Client) -> None:
    assert set(client.get("/states/")["Vary"].split(", ")) >= {"Cookie", "Accept-Language", "HX-Request"}
    assert "Accept-Language" not in client.get("/es/states/")["Vary"]
