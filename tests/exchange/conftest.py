from typing import Any

import pytest

from common.scope import PROGRAMME, scope
from csirt_network.models import GroupMember, SharingGroup
from tests.factories.exchange import collection_of


@pytest.fixture
def community(csirt_chl: Any) -> Any:
    return collection_of("community")


@pytest.fixture
def group(csirt_chl: Any, csirt_jam: Any, rep_chl: Any) -> Any:
    """The collection of a sharing group of Chile and Jamaica."""
    with scope(PROGRAMME):
        south = SharingGroup.objects.create(name="South", slug="south", made_by=rep_chl)
        for team in (csirt_chl, csirt_jam):
            GroupMember.objects.create(group=south, team=team)
    return collection_of("group", group=south)


@pytest.fixture
def own(csirt_chl: Any) -> Any:
    """The collection of Chile alone."""
    return collection_of("team", team=csirt_chl)
