"""What the pages on security name exists, and nothing is left out of them."""

import ast
import re

import pytest
from django.apps import apps

from tests.house.sources import APPS, ROOT

PAGES = ("docs/security.md", "docs/asvs.md", "docs/operations.md")
NAMED = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|txt|html|js|sh|sql|css))(?:::(\w+))?`")
ROW = re.compile(r"^\| ([\d., ]+) \|.*\| (met|partly|not) \|$", re.MULTILINE)
ABUSE = re.compile(r"^\| (\d+) \|.*`(tests/[\w/.]+::\w+)` \|$", re.MULTILINE)


def names_of_tests(path):
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_every_test_that_is_named_exists(page):
    named = set(NAMED.findall((ROOT / page).read_text()))
    files = {(path, test) for path, test in named if "/" in path}
    faults = [path for path, _test in files if not (ROOT / path).exists()]
    faults += [f"{p}::{t}" for p, t in files if t and (ROOT / p).exists() and t not in names_of_tests(ROOT / p)]

    assert not faults


def test_each_abuse_has_its_test():
    assert [int(number) for number, _test in ABUSE.findall((ROOT / "docs/security.md").read_text())] == [*range(1, 53)]


def test_each_requirement_stands_once_and_the_sums_are_right():
    text = (ROOT / "docs/asvs.md").read_text()
    states = [(number, state) for numbers, state in ROW.findall(text) for number in numbers.split(", ")]
    sums = {state: sum(one == state for _number, one in states) for state in ("met", "partly", "not")}
    said = re.search(r"Of (\d+) requirements (\d+) are met, (\d+) partly, (\d+) not", text)

    assert len({number for number, _state in states}) == len(states) == 192
    assert [int(number) for number in said.groups()] == [192, sums["met"], sums["partly"], sums["not"]]


def test_every_secret_of_the_deployment_is_in_the_inventory():
    composed = (ROOT / "docker-compose.yml").read_text().split("\nsecrets:\n")[1]
    secrets = set(re.findall(r"^  (\w+): \{file", composed, re.MULTILINE))
    listed = {
        "secret_key": "`SECRET_KEY`", "field_keys": "`OAS_FIELD_KEYS`", "database_url": "`oas_app`",
        "database_app_password": "`oas_app`", "database_owner_url": "`oas_owner`", "redis_password": "the broker",
        "database_owner_password": "`oas_owner`", "database_backup_password": "`oas_backup`",
        "database_backup_url": "`oas_backup`", "redis_url": "the broker", "smtp_password": "the mail server",
        "postgres_password": "`postgres`",
    }  # fmt: skip
    assert secrets <= set(listed)
    assert [name for name, words in listed.items() if words not in inventory()] == []


def test_every_secret_that_is_handed_out_is_in_the_inventory():
    """By the columns that keep a digest of it, or it itself, sealed."""
    columns = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model._meta.app_label in APPS and field.name in ("digest", "digests", "secret") and not field.is_relation
    }
    listed = {
        "accounts.apitoken.digest": "| access tokens |",
        "accounts.recoverycode.digest": "recovery codes |",
        "accounts.signinlink.digest": "signing in at a trial",
        "action_plan.calendarfeed.digest": "| addresses of calendars |",
        "action_plan.courseletter.digests": "| links of participants |",
        "csirt_network.drillcall.digests": "tests of contacts",
        "csirt_network.feedtoken.digest": "| feed tokens |",
        "csirt_network.webhook.secret": "| secrets of webhooks |",
        "exchange.machinetoken.digest": "| machine tokens |",
        "invitations.invitation.digest": "invitations",
        "ministry_desk.letter.digests": "colleagues of a ministry",
    }

    assert columns - {"audit.fingerprint.digest", "audit.seal.digest"} == set(listed)
    assert [name for name, words in listed.items() if words not in inventory()] == []


def inventory():
    return (ROOT / "docs/security.md").read_text().split("## Keys")[1].split("\n## ")[0]
