"""A dataset asks the database as often for many rows as for few."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from public_site.datasets import DATASETS
from tests.factories.action_plan import make_activity
from tests.factories.library import make_item, publish
from tests.factories.member_states import make_state
from tests.factories.partnerships import make_agreement, make_partner

pytestmark = pytest.mark.django_db
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config")
PATHS = [f"/open-data/{slug}.json" for slug in DATASETS] + [
    "/open-data/", "/open-data/indices/", "/open-data/datapackage.json", "/embed/map/", "/es/embed/", "/en/",
]  # fmt: skip
MOST = 20


def asked(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(path).status_code == 200
    return sum(not query["sql"].startswith(CONTROL) for query in found.captured_queries)


def test_many_rows_cost_no_more_questions_than_few(region: None, officer: Any, client: Client) -> None:
    few = {path: asked(client, path) for path in PATHS}
    grow(officer)
    many = {path: asked(client, path) for path in PATHS}

    assert many == few
    assert {path: number for path, number in few.items() if number > MOST} == {}


def grow(officer: Any) -> None:
    with scope(PROGRAMME):
        states = [make_state(name) for name in ("Peru", "Belize", "Haiti")]
        for number in range(4):
            partner = make_partner(f"Partner {number}")
            make_agreement(f"Agreement {number}", partner, audience="public")
            make_activity(f"Activity {number}", *states, audience="public")
    for number in range(3):
        publish(make_item(officer, title_en=f"Guide {number}"), officer, tlp=Tlp.CLEAR)
