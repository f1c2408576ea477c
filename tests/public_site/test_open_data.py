"""Open data are what a visitor may read anyway: no dataset says a word more, whoever asks for it."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from action_plan.models import Activity, Instrument
from capability.models import Answer, ExternalIndex, Law
from common.scope import NOTHING, PROGRAMME, scope
from csirt_network.models import LibraryItem, Team
from documents.models import Source
from member_states.models import MemberState
from partnerships.models import Agreement, Contribution, Partner
from public_site.datasets import DATASETS
from tests.public_site.conftest import OPEN, SECRET

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("slug", sorted(DATASETS))
SHOWN = {
    "states": MemberState,
    "csirts": Team,
    "partners": Partner,
    "agreements": Agreement,
    "contributions": Contribution,
    "activities": Activity,
    "instruments": Instrument,
    "library": LibraryItem,
    "sources": Source,
    "indices": ExternalIndex,
    "laws": Law,
    "maturity": Answer,
}


def rows_of(client: Client, slug: str) -> list[dict[str, Any]]:
    return json.loads(client.get(f"/open-data/{slug}.json").content)["data"]


@EVERY
def test_nothing_is_said_that_a_visitor_may_not_read(region: None, client: Client, slug: str) -> None:
    for ending in (".csv", ".json", "/"):
        answer = client.get(f"/open-data/{slug}{ending}")

        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("slug", sorted(SHOWN))
def test_a_dataset_holds_exactly_what_the_wall_and_visible_to_let_a_visitor_see(
    region: None, client: Client, slug: str
) -> None:
    with scope(NOTHING):
        seen = SHOWN[slug]._default_manager.visible_to(AnonymousUser())
        if slug == "maturity":
            seen = seen.filter(is_current=True, stage__isnull=False)
        wanted = seen.count()

    assert len(rows_of(client, slug)) == wanted


def test_a_state_that_does_not_publish_is_named_and_nothing_of_it_told(region: None, client: Client) -> None:
    published = {row["state"]: row["publishes"] for row in rows_of(client, "states")}

    assert published == {"CHL": True, "JAM": False}
    assert {row["state"] for row in rows_of(client, "maturity")} == {"CHL"}


def test_an_activity_names_only_the_states_that_may_be_named(region: None, client: Client) -> None:
    [activity] = rows_of(client, "activities")

    assert (activity["title_en"], activity["states"]) == (OPEN, "CHL")


def test_a_party_that_is_not_published_is_not_named(region: None, client: Client) -> None:
    [agreement] = rows_of(client, "agreements")

    assert agreement["parties"] == f"OAS; {OPEN}; A partner that is not published"


@EVERY
def test_whoever_asks_gets_the_same(region: None, client: Client, manager: Any, sign_in: Any, slug: str) -> None:
    as_visitor = client.get(f"/open-data/{slug}.csv").content

    assert sign_in(manager).get(f"/open-data/{slug}.csv").content == as_visitor
    assert client.get(f"/open-data/{slug}.csv", HTTP_ACCEPT_LANGUAGE="es").content == as_visitor


@EVERY
def test_both_files_say_the_same_under_the_columns_that_are_explained(region: None, client: Client, slug: str) -> None:
    table = list(csv.DictReader(StringIO(client.get(f"/open-data/{slug}.csv").content.decode())))
    told = json.loads(client.get(f"/open-data/{slug}.json").content)
    names = [field["name"] for field in told["schema"]["fields"]]

    assert all(field["description"] for field in told["schema"]["fields"])
    assert all(list(row) == names for row in [*table, *told["data"]])
    assert [list(row.values()) for row in table] == [[written(v) for v in row.values()] for row in told["data"]]


def written(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@EVERY
def test_values_are_of_the_types_that_the_schema_names(region: None, client: Client, slug: str) -> None:
    told = json.loads(client.get(f"/open-data/{slug}.json").content)
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "date": str}
    for field in told["schema"]["fields"]:
        values = [row[field["name"]] for row in told["data"] if row[field["name"]] not in (None, "")]
        assert all(isinstance(value, types[field["type"]]) for value in values), field["name"]
        allowed = field.get("constraints", {}).get("enum")
        assert not allowed or set(values) <= set(allowed), field["name"]
    keys = [tuple(row[name] for name in told["schema"].get("primaryKey", ())) for row in told["data"]]
    assert not keys or not keys[0] or len(set(keys)) == len(keys)


def test_the_package_names_every_dataset_with_licence_publisher_and_date(db: None, client: Client) -> None:
    package = json.loads(client.get("/open-data/datapackage.json").content)

    assert [resource["name"] for resource in package["resources"]] == list(DATASETS)
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    assert package["contributors"][0]["role"] == "publisher"
    assert package["created"]
    for resource in package["resources"]:
        assert client.get(resource["path"].removeprefix("http://localhost:8000")).status_code == 200


def test_what_others_publish_keeps_their_licence(chile: Any, client: Client) -> None:
    with scope(PROGRAMME):
        source = Source.objects.create(key="an-index", title="An index", licence="All rights reserved", publisher="X")
        ExternalIndex.objects.create(state=chile, kind="gci", edition="2024", score="87.5", scale="100", source=source)
    told = json.loads(client.get("/open-data/indices.json").content)

    assert [licence["title"] for licence in told["licenses"]] == ["All rights reserved"]
    assert told["sources"] == [{"title": "An index, X"}]
    assert told["data"][0]["score"] == 87.5


def test_the_catalogue_is_dcat_in_four_languages(db: None, client: Client) -> None:
    catalog = json.loads(client.get("/open-data/catalog.jsonld").content)

    assert catalog["@type"] == "dcat:Catalog"
    assert len(catalog["dcat:dataset"]) == len(DATASETS)
    for dataset in catalog["dcat:dataset"]:
        assert [title["@language"] for title in dataset["dct:title"]] == ["en", "es", "fr", "pt-br"]
        assert len(dataset["dcat:distribution"]) == 2


def test_what_is_no_dataset_is_not_found(db: None, client: Client) -> None:
    for ending in (".csv", ".json", "/"):
        assert client.get(f"/open-data/liaisons{ending}").status_code == 404
