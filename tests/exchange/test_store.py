"""What a team brings comes back as it was; whose it is, under which label, and in which order."""

import json
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from common.scope import PROGRAMME, scope
from csirt_network.models import GroupMember, SharingGroup
from exchange.models import StixObject
from exchange.stix.cutting import cut
from tests.factories.exchange import collection_of

pytestmark = pytest.mark.django_db

NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def community(csirt_chl: Any) -> Any:
    return collection_of("community")


@pytest.fixture
def group(csirt_chl: Any, csirt_jam: Any, rep_chl: Any) -> Any:
    with scope(PROGRAMME):
        group = SharingGroup.objects.create(name="South", slug="south", made_by=rep_chl)
        for team in (csirt_chl, csirt_jam):
            GroupMember.objects.create(group=group, team=team)
    return collection_of("group", group=group)


def held(collection: Any, reach: Any = PROGRAMME) -> list[StixObject]:
    with scope(reach):
        found = StixObject.objects.readable_in(reach).newest().filter(collection=collection)
        return list(found.exclude(type="marking-definition").order_by("date_added"))


def why(added: Any) -> str:
    return added.failures[0]["message"]


# Exactly as it came


@settings(max_examples=60)
@drawn(
    extra=st.dictionaries(st.text(max_size=8), JSON, max_size=4),
    indent=st.sampled_from([None, 0, 3]),
    ascii=st.booleans(),
)
def test_every_object_is_cut_out_exactly_as_it_came(extra: dict[str, Any], indent: int | None, ascii: bool) -> None:
    texts = [json.dumps(one, indent=indent, ensure_ascii=ascii) for one in (extra, {"a": [extra]}, {})]
    envelope = '{"more": false, "x": [1, {"objects": []}],\n"objects"\t: [' + " ,\r\n".join(texts) + ' ], "y": null}'
    assert [one.text for one in cut(envelope)] == texts
    assert [one.value for one in cut(envelope.encode("utf-8", "surrogatepass"))] == [json.loads(text) for text in texts]
