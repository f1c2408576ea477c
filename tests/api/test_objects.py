"""What programs read of the objects of the collections and of imports: what the pages show the token's owner."""

import json
from typing import Any

import pytest

from common.scope import reach_of, scope
from exchange.actions.adding import Given, add
from exchange.actions.collections import keep_collections
from exchange.actions.importing import look
from exchange.models import Collection
from exchange.stix.labels import MARKINGS
from tests.exchange.files import indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(rep_chl: Any, csirt_chl: Any) -> dict[str, str]:
    """By the collection they were brought into, as the tool of the team wrote them."""
    keep_collections()
    kept = {}
    for kind, label, of in (("community", "GREEN", {}), ("team", "AMBER+STRICT", {"team": csirt_chl})):
        value = indicator(marking=MARKINGS[label], name=f"Of the {kind}")
        kept[kind] = json.dumps(value, indent=3)
        with scope(reach_of(rep_chl)):
            collection = Collection.objects.get(kind=kind, **of)
            add(collection=collection, team=csirt_chl, objects=[Given(kept[kind], value)], by=rep_chl)
    return kept


def test_an_object_comes_with_its_facts_and_its_exact_text(program_of, rep_chl, rep_jam, manager, texts):
    for person, kinds in ((rep_chl, ["team", "community"]), (rep_jam, ["community"]), (manager, ["community"])):
        found = program_of(person).get("exchange/objects/?type=indicator").json()["results"]
        assert [one["name"] for one in found] == [f"Of the {kind}" for kind in kinds]

    one = program_of(rep_jam).get(f"exchange/objects/{found[0]['id']}/").json()

    assert one["stix"] == texts["community"]
    assert (one["tlp"], one["observables"]) == ("GREEN", [{"kind": "ipv4", "value": "198.51.100.7"}])


def test_the_filters_are_those_of_the_page(program_of, rep_chl, texts):
    program = program_of(rep_chl)

    assert len(program.get("exchange/objects/?value=198.51.100.7").json()["results"]) == 2
    assert len(program.get("exchange/objects/?tlp=GREEN&type=indicator").json()["results"]) == 1
    assert program.get("exchange/objects/?valve=198.51.100.7").status_code == 400


def test_an_import_says_what_became_of_each_row(program_of, rep_chl, rep_jam, csirt_chl, texts):
    with scope(reach_of(rep_chl)):
        own = Collection.objects.get(kind="team", team=csirt_chl)
        file = {"content": b"value\n198.51.100.9\nnothing\n", "name": "list.csv"}
        importing = look(team=csirt_chl, target=own, label="AMBER", by=rep_chl, **file)

    [listed] = program_of(rep_chl).get("exchange/imports/").json()["results"]
    one = program_of(rep_chl).get(f"exchange/imports/{importing.pk}/").json()

    assert (listed["id"], listed["status"]) == (importing.pk, "")
    assert [row["result"] for row in one["rows"]] == ["new", "refused"]
    assert program_of(rep_jam).get(f"exchange/imports/{importing.pk}/").status_code == 404
