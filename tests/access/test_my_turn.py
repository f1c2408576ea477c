"""What waits for somebody can be done by them: every link of the page "My turn" opens, for everybody of the world."""

import pytest
from django.urls import resolve

from common.scope import reach_of, scope
from notices.duties import turn_of
from tests.access.visits import visit

pytestmark = pytest.mark.django_db


def duties_of(world, role):
    person = world.people[role]
    vars(person).pop("reach", None)
    with scope(reach_of(person), read_only=True):
        return [(group.kind.name, duty) for group in turn_of(person).groups for duty in group.duties]


def test_every_link_opens_for_whom_it_waits(world):
    faults: list[str] = []
    shown: set[str] = set()
    for role in world.people:
        if role == "disabled":
            continue
        for kind, duty in duties_of(world, role):
            shown.add(kind)
            path = duty.link.partition("#")[0]
            resolve(path.partition("?")[0])
            seen = visit(world, role, "GET", path)
            if seen.code != ".":
                faults.append(f"{role}: {kind} leads to {path}, {seen.status}")

    assert not faults, "\n".join(faults)
    assert shown >= OFTEN, "the world holds these"


# Kinds of which the world holds one at least, each for somebody who may do it.
OFTEN = {
    "update to send",
    "update returned",
    "update to review",
    "alert to answer",
    "application",
    "request for support",
    "recommendation",
    "mail failed",
    "own address",
}


def test_who_only_looks_has_nothing_to_do(world):
    assert [kind for kind, _duty in duties_of(world, "observer")] == []
    assert duties_of(world, "ended") == []
