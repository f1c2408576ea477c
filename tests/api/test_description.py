"""The description of the API is valid, whole, and open to those who are in."""

import json
import re
from io import StringIO

from django.core.management import call_command
from django.urls import get_resolver
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from oas_cyber.api_examples import EXAMPLES
from oas_cyber.api_pages import OFFERS, _description
from oas_cyber.api_urls import router


def test_the_description_validates_without_a_warning(db):
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_another_validator_finds_it_valid_too_and_no_name_twice(program_of, lead_chl):
    described = json.loads(program_of(lead_chl).get("schema/").content)
    names = [one["operationId"] for path in described["paths"].values() for one in path.values()]

    validate(described)
    assert len(names) == len(set(names))


def test_whatever_is_sent_has_an_example_and_every_example_holds(program_of, lead_chl):
    described = json.loads(program_of(lead_chl).get("schema/").content)
    components = described["components"]["schemas"]
    sent = {
        one["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path in described["paths"].values()
        for one in path.values()
        if "requestBody" in one
    }

    assert sent | {"Problem"} <= set(EXAMPLES) <= set(components)
    for name in EXAMPLES:
        whole = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        for example in components[name]["examples"]:
            Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(example)
            assert set(example) <= set(components[name]["properties"]), name


def test_it_is_read_with_a_token_or_signed_in_and_by_nobody_else(program_of, lead_chl, client, sign_in):
    assert client.get("/api/v1/schema/").status_code == 401

    by_token = program_of(lead_chl).get("schema/")
    by_session = sign_in(lead_chl).get("/api/v1/schema/")

    assert json.loads(by_token.content)["openapi"].startswith("3.")
    assert by_token.content == by_session.content
    assert program_of(lead_chl).get("schema/", accept="application/yaml").content.startswith(b"openapi: 3")


def test_a_language_that_the_portal_does_not_speak_is_answered_in_english(program_of, lead_chl):
    asked = [program_of(lead_chl).get(f"schema/?lang={word}").content for word in ("en", "xx", "../../etc")]
    kept = _description.cache_info().currsize

    assert asked[0] == asked[1] == asked[2]
    assert program_of(lead_chl).get("schema/?lang=es").content != asked[0]
    assert program_of(lead_chl).get("schema/?lang=yy").content == asked[0]
    assert _description.cache_info().currsize <= kept + 1


def test_every_path_is_described_and_says_how_it_fails(program_of, lead_chl):
    paths = json.loads(program_of(lead_chl).get("schema/").content)["paths"]

    for path, operations in paths.items():
        for operation in operations.values():
            assert {"400", "401", "403", "429"} <= set(operation["responses"]), path
            assert operation["description"], path
            assert operation["security"] == [{"token": []}], path
    assert len(paths) == len({str(p.pattern) for p in _patterns()} - {"", "schema/"})


def test_every_route_has_its_line_on_the_page_but_single_rows_of_its_lists(program_of, lead_chl):
    paths = json.loads(program_of(lead_chl).get("schema/").content)["paths"]
    described = {(path, method.upper()) for path, operations in paths.items() for method in operations}
    offered = [(f"/api/v1/{offer.path}", offer.method) for offer in OFFERS]
    lists = {f"/api/v1/{prefix}/" for prefix, _viewset, _name in router.registry}
    rows = {(path, "GET") for path in paths if re.sub(r"\{\w+\}/$", "", path) in lists - {path}}

    assert set(offered) == described - (rows - set(offered))
    assert len(offered) == len(set(offered))


def _patterns():
    api = next(p for p in get_resolver().url_patterns if str(p.pattern) == "api/v1/")
    return api.url_patterns


def test_the_page_shows_what_the_api_offers(lead_chl, officer, client, sign_in):
    assert client.get("/api/v1/")["Location"].startswith("/sign-in/")

    for person in (lead_chl, officer):
        page = sign_in(person).get("/api/v1/").content.decode()
        assert "curl" in page
        assert all(offer.path in page for offer in OFFERS)
