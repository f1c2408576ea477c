"""Whatever is typed into a form, an address or a query: never an error of ours, never markup, and what was typed stays.

One of the texts for each field, a few for all at once; with OAS_TEXTS=100 so many of a hundred, as `dev.py prove` does.
"""

import itertools
import json
import os
import uuid
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

import pytest
from django.http import QueryDict

from accounts.actions import make_token
from accounts.models import User
from tests.access.forms import Form
from tests.access.hostile import MARK, TEXTS, some, some_of
from tests.access.payloads import PAYLOADS
from tests.access.routes import ARGUMENT
from tests.access.test_matrix import GETS, POSTS, QUERIES, named, url_of
from tests.access.visits import undone

pytestmark = pytest.mark.django_db
PERCENT = int(os.environ.get("OAS_TEXTS", "0"))
# Words that lists and filters know; pages name their own in their forms.
WORDS = ("q", "page", "next", "before", "open", "round", "state", "status", "kind", "question", "edition", "held")
RAW = (f"<script>alert('{MARK}')", f"<img src=x onerror=alert('{MARK}')", f"<svg onload=alert('{MARK}')")


ASKED = itertools.count()


@pytest.fixture(autouse=True, scope="module")
def figures(record_testsuite_property):
    """For `dev.py prove hostile`."""
    yield
    record_testsuite_property("requests", next(ASKED))
    record_testsuite_property("texts", len(TEXTS))


def ask(world, role, method, url, body=b"", content_type="application/x-www-form-urlencoded", **more):
    client = world.clients[role]
    client.cookies = SimpleCookie(world.cookies[role])
    next(ASKED)
    with undone():
        try:
            answer = client.generic(method, url, body, content_type, **more)
            answer.text_of_stream = b"".join(answer.streaming_content) if answer.streaming else b""
            return answer
        except Exception as error:
            return error


def faults_of(answer, what):
    if isinstance(answer, Exception):
        return [f"{what}: {type(answer).__name__}: {str(answer)[:150]}"]
    found = [f"{what}: {answer.status_code}"] if answer.status_code >= 500 else []
    text = b"" if answer.streaming else answer.content
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        found += [f"{what}: {raw} stands in the page" for raw in RAW if raw.encode() in text]
    target = answer.headers.get("Location", "")
    found += [f"{what}: leads to {target}"] if target.lower().startswith(("//", "http", "javascript", "data")) else []
    return found


def typed(fields):
    """As a browser sends it; bytes as they are."""
    pairs = [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    return urlencode([(name, one if isinstance(one, bytes) else str(one)) for name, one in pairs])


def served(row):
    return next((role for role, code in row.wanted().items() if code == "." and role != "anon"), "anon")


def form_of(world, row, role):
    """The valid form, and what else its page sends."""
    page = ask(world, role, "GET", url_of(world, row))
    is_page = not isinstance(page, Exception) and not page.streaming and page.status_code == 200
    untouched = Form(page.content.decode()).values if is_page else {}
    valid = {name: value for name, value in PAYLOADS[row.first](world).items() if not hasattr(value, "read")}
    return untouched | valid if len(untouched) < 40 else valid


ACTING = list({row.first: row for row in POSTS if "." in row.cells}.values())


@pytest.mark.parametrize("row", named(ACTING))
def test_every_field_of_every_form(world, row):
    role, faults = served(row), []
    valid = form_of(world, row, role)
    for name in valid:
        texts = some_of(row.first + name, 1, PERCENT) if PERCENT else some(row.first + name, 1)
        for text in texts:
            answer = ask(world, role, "POST", url_of(world, row), typed(valid | {name: text}))
            faults += faults_of(answer, f"{name}={text[:40]!r}")
    for text in some_of(row.first, 1, PERCENT):
        answer = ask(world, role, "POST", url_of(world, row), typed(dict.fromkeys(valid, text)))
        faults += faults_of(answer, f"all={text[:40]!r}")

    assert not faults, "\n".join(faults)


LOOKING = list({row.first: row for row in GETS if "." in row.cells}.values())


@pytest.mark.parametrize("row", named(LOOKING))
def test_every_query_of_every_page(world, row):
    role, faults = served(row), []
    url = url_of(world, row)
    asked = {name for query in QUERIES.get(row.first, ()) for name in QueryDict(query[1:])}
    page = ask(world, role, "GET", url)
    if not isinstance(page, Exception) and not page.streaming and page["Content-Type"].startswith("text/html"):
        asked |= {name for name in Form(page.content.decode()).values if len(name) < 40}
    for text in some_of(row.first + "?", 1, PERCENT):
        sent = text[:2000] if len(text) > 2000 else text
        answer = ask(world, role, "GET", f"{url}?{typed(dict.fromkeys((*WORDS, *sorted(asked)), sent))}")
        faults += faults_of(answer, f"?={text[:40]!r}")

    assert not faults, "\n".join(faults)


NAMED = [row for row in LOOKING if ARGUMENT.search(row.first)]


@pytest.mark.parametrize("row", named(NAMED))
def test_every_part_of_every_address(world, row):
    role, faults = served(row), []
    given = world.arguments(row.third)
    for name in ARGUMENT.findall(row.first):
        for text in some_of(row.first + "/" + name, 1, PERCENT):
            part = quote(text[:500], safe="") or "x"
            url = "/" + ARGUMENT.sub(lambda f, n=name, p=part: p if f[1] == n else str(given[f[1]]), row.first)
            faults += faults_of(ask(world, role, "GET", url), f"{name}={text[:40]!r}")

    assert not faults, "\n".join(faults)


# What was typed stays ---------------------------------------------------------------------------------------------

TEXT = "<b>Typed & \"kept\"</b> 'x' {{ 7*7 }}"
SEARCH = "q"  # in the head of every page
FORMS = ACTING if PERCENT else ACTING[::3]
# A refusal leads back to the page with a sentence, for what browsers do not let anybody send; or nothing is refused.
LED_BACK = {
    "states/<slug:state>/updates/<slug:round>/review/notes/",
}


@pytest.mark.parametrize("row", named(FORMS))
def test_what_was_typed_stands_in_the_form_that_comes_back(world, row):
    role = served(row)
    valid = form_of(world, row, role)
    texts = Form(refused(world, row, role, {})).texts & set(valid)
    for wrong in valid:
        page = refused(world, row, role, valid | {wrong: ""})
        texts = (Form(page).texts & set(valid)) - {SEARCH, wrong}
        back = refused(world, row, role, valid | dict.fromkeys(texts, TEXT) | {wrong: ""}) if texts else ""
        if back:
            shown = Form(back).values
            assert {name for name in texts if TEXT not in shown[name]} == set()
            return
    assert not texts or row.first in LED_BACK


def refused(world, row, role, fields):
    """The page that says so; empty when nothing was refused, or not by a page."""
    answer = ask(world, role, "POST", url_of(world, row), typed(fields))
    is_page = not isinstance(answer, Exception) and answer.status_code in (200, 422) and not answer.streaming
    page = answer.content.decode() if is_page else ""
    return page if "Error:" in page else ""


# Programs ---------------------------------------------------------------------------------------------------------

DEEP = "[" * 5_000 + "]" * 5_000
BODIES = {
    "deep": DEEP,
    "deep inside": '{"answers": ' + DEEP + "}",
    "deep facts": '{"answers": [{"question": "csirt", "facts": ' + '{"a":' * 3000 + "1" + "}" * 3000 + "}]}",
    "half a pair": '{"answers": [{"question": "D1.1", "stage": 2, "text": "\\ud800"}]}',
    "nul": '{"answers": [{"question": "D1.1", "stage": 2, "text": "a\\u0000b"}]}',
    "nul in a name": '{"a\\u0000b": 1}',
    "nul in a question": '{"answers": [{"question": "\\u0000", "stage": 2}]}',
    "no JSON": "{",
    "NaN": '{"answers": NaN}',
    "a huge number": '{"answers": [{"question": "D1.1", "stage": 1' + "0" * 5000 + "}]}",
    "null": "null",
    "a list": "[]",
    "a text": '"x"',
    "a number": "7",
    "not UTF-8": b"\xff\xfe\x00",
    "twice": '{"answers": [], "answers": 7}',
    **{f"answers {value}": f'{{"answers": {value}}}' for value in ('"x"', "7", "{}", "[7]", "[null]", "[[]]", "[{}]")},
    **{
        f"{name} {value}": f'{{"answers": [{{"question": "{question}", "{name}": {value}}}]}}'
        for question in ("D1.1", "csirt", "strategy", "threats", "requests")
        for name in ("stage", "text", "facts", "evidence", "is_still_true", "question")
        for value in ("null", '"<script>"', "-1", "1e999", "[]", '{"a": []}', "[[[[]]]]", "true")
    },
}


def test_every_body_that_a_program_may_send(world):
    by = User.objects.get(pk=world.people["own"].pk)
    _token, secret = make_token(name="x", scopes=["read", "submit"], days=3, by=by)
    url = f"/api/v1/updates/chile/{world.arguments('update:draft')['round']}/submit/"
    faults = []
    for name, body in list(BODIES.items())[:: 1 if PERCENT else 3]:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(uuid.uuid4())}
        answer = ask(world, "anon", "POST", url, body, "application/json", headers=headers)
        faults += faults_of(answer, name) or is_no_sentence(answer, name)

    assert not faults, "\n".join(faults)


def is_no_sentence(answer, what):
    is_refused = 400 <= answer.status_code < 500 and json.loads(answer.content)["detail"].strip()
    return [] if is_refused else [f"{what}: {answer.status_code} {answer.content[:100]}"]
