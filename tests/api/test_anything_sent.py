"""Whatever is sent to the API by whomever: it answers as its description says, and never with an error of ours.

Made by Schemathesis from the description: what it allows and what it forbids, as every role of the matrix. Some hundred
requests in every run; `dev.py prove api` sends a hundred thousand (OAS_REQUESTS).
"""

import itertools
import os
import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.access.canaries import HEARS, sung, words_of
from tests.access.visits import undone
from tests.api.test_matrix import ROWS, facts, secrets_of, url_of, world
from tests.house.time_left import is_over

__all__ = ["facts", "secrets_of", "world"]
pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# What filters may well be given; schemathesis alone finds no slug.
KNOWN = {"state": ["chile", "jamaica"], "team": ["csirt-cl"], "edition": ["2021"], "ordering": ["-pk"], "q": ["policy"]}
NO_LIMIT = dict.fromkeys(("read-token", "read-account", "submit-token", "submit-account", "address"), (10**9, 3600))
ASKED = itertools.count()


@pytest.fixture(autouse=True, scope="module")
def figures(record_testsuite_property):
    """For `dev.py prove api`."""
    yield
    record_testsuite_property("requests", next(ASKED))
    record_testsuite_property("operations", len(OPERATIONS))  # of each core


@pytest.fixture(autouse=True)
def one_connection():
    """Whose transaction holds the world; a server would look after each request whether it may be closed."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def described():
    return schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))


SCHEMA = described()
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
EACH = max(int(os.environ.get("OAS_REQUESTS", "0")) // len(OPERATIONS) + 2, 3)  # some run out of what to ask
AT_ONCE = 30  # of one operation before the next has its turn, so that whoever stops in time has asked all


@pytest.fixture(scope="module")
def places(world, facts):
    """The parts of the address of everything the matrix names, by the names that the description gives them."""
    found = {}
    for row in ROWS:
        shape = re.sub(r"<[^>]*>", "{}", f"/{row.first}")
        parts = list(resolve(url_of(world, row, facts)).kwargs.values())
        found.setdefault((row.second, shape), []).append(parts)
    return found


def known_places(places, operation):
    names = re.findall(r"{(\w+)}", operation.path)
    rows = places.get((operation.method.upper(), re.sub(r"{\w+}", "{}", operation.path)), [])
    return [dict(zip(names, parts, strict=True)) for parts in rows] if names else []


def faults_of(response, role):
    """Beyond the description: what every answer has, and that nobody hears what is not theirs."""
    heard = sung(words_of(response.content)) - HEARS[role]
    found = [f"heard {sorted(heard)}"] if heard else []
    if not {"ratelimit", "ratelimit-policy"} <= set(response.headers):
        found.append("does not say what may be asked")
    if response.status_code >= 400 and response.headers["content-type"] != ["application/problem+json"]:
        found.append(f"told as {response.headers['content-type']}")
    return found


@pytest.mark.filterwarnings("ignore:Exception ignored in")  # the client leaves it to chance when a sent file is closed
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
@pytest.mark.parametrize("turn", range(-(-EACH // AT_ONCE)))
def test_it_answers_as_it_is_described(world, secrets_of, places, operation, turn, request):
    if is_over():
        return
    somewhere, roles = known_places(places, operation), sorted(HEARS)
    anything = operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(GenerationMode.NEGATIVE)
    application = get_wsgi_application()

    @seed(int(request.config.getoption("--hypothesis-seed") or 0) + 1000 * turn)
    @settings(
        max_examples=min(EACH - turn * AT_ONCE, AT_ONCE),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data):
        case, role = data.draw(anything), data.draw(st.sampled_from(roles))
        if somewhere and data.draw(st.booleans()):
            case.path_parameters = data.draw(st.sampled_from(somewhere))
        for name in sorted(set(case.query or {}) & set(KNOWN)):
            if data.draw(st.booleans()):
                case.query[name] = data.draw(st.sampled_from(KNOWN[name]))
        case.headers.pop("Authorization", None)
        if role in secrets_of:
            case.headers["Authorization"] = f"Bearer {secrets_of[role]}"
        next(ASKED)
        with undone():
            response = case.call(app=application, base_url="https://testserver")
        case.validate_response(response, checks=CHECKS)
        assert not faults_of(response, role)

    with override_settings(API_LIMITS=NO_LIMIT):
        ask()
