"""Every verb in every status by every role, as transitions.txt declares it, and what the status is afterwards."""

import pytest

from capability.models import Round, Update
from common.scope import PROGRAMME, scope
from review.states import WAYS
from tests.access.payloads import PAYLOADS, QUESTION, UPDATE, answer, proof
from tests.access.routes import ARGUMENT
from tests.access.tables import rows
from tests.access.test_matrix import faults_of, named
from tests.access.visits import visit

pytestmark = pytest.mark.django_db
TRANSITIONS = rows("transitions.txt")


def another_answer(_):
    return {key.replace("D1-1", "D1-2"): value for key, value in answer(_).items()}


# What is done: the route, its form, and which of its questions.
VERBS = {
    "save an answer": (f"{QUESTION}/save/", answer, {}),
    "save another answer": (f"{QUESTION}/save/", another_answer, {"question": "D1.2"}),
    "save a section": (f"{UPDATE}/<slug:section>/", answer, {}),
    "attach a proof": (f"{QUESTION}/evidence/", proof, {}),
    "send": (f"{UPDATE}/send/", PAYLOADS[f"{UPDATE}/send/"], {}),
    "take back": (f"{UPDATE}/take-back/", PAYLOADS[f"{UPDATE}/take-back/"], {}),
    "give more time": (f"{UPDATE}/extend/", PAYLOADS[f"{UPDATE}/extend/"], {}),
    "decide an answer": (f"{UPDATE}/review/<int:number>/<str:question>/", None, {}),
    "accept the unchanged": (f"{UPDATE}/review/unchanged/", PAYLOADS[f"{UPDATE}/review/unchanged/"], {}),
    "return": (f"{UPDATE}/review/return/", PAYLOADS[f"{UPDATE}/review/return/"], {}),
    "accept": (f"{UPDATE}/review/accept/", PAYLOADS[f"{UPDATE}/review/accept/"], {}),
    "withdraw acceptance": (f"{UPDATE}/review/withdraw/", PAYLOADS[f"{UPDATE}/review/withdraw/"], {}),
    "open": ("rounds/<slug:round>/open/", PAYLOADS["rounds/<slug:round>/open/"], {}),
    "close": ("rounds/<slug:round>/close/", PAYLOADS["rounds/<slug:round>/close/"], {}),
}
STATUSES = ("draft", "submitted", "returned", "accepted")


def body_of(world, row):
    payload = VERBS[row.first][1]
    if payload:
        return payload(world)
    seen_version = "0" if row.second == "update:undecided" else "1"
    return PAYLOADS[VERBS[row.first][0]](world) | {"version": seen_version}


def url_of(world, row):
    route, _payload, more = VERBS[row.first]
    given = world.arguments(row.second) | more
    return "/" + ARGUMENT.sub(lambda found: str(given[found[1]]), route)


def status_of(world, thing):
    kind, name = thing.split(":")
    if kind == "round":
        round = Round.objects.get(slug=world.arguments(thing)["round"])
        return "closed" if round.closed_at else "open" if round.opened_at else "planned"
    with scope(PROGRAMME):
        return Update.objects.get(pk=world.update(name).pk).status


@pytest.mark.parametrize("row", named(TRANSITIONS))
def test_transition(world, row):
    faults = []
    for role, wanted in row.wanted().items():
        seen = visit(
            world,
            role,
            "POST",
            url_of(world, row),
            body_of(world, row),
            look=lambda: status_of(world, row.second),
        )
        if seen.code == "." and not seen.changed:
            seen.code = "M"
        faults += faults_of(role, seen, wanted)
        if seen.changed and seen.code != ".":
            faults.append(f"{role}: refused, and yet it changed {sorted(seen.changed)}")
        if seen.code == "." and seen.looked != row.third:
            faults.append(f"{role}: afterwards it is {seen.looked}, not {row.third}")

    assert not faults, "\n".join(faults)


def test_every_verb_is_declared():
    assert {row.first for row in TRANSITIONS} == set(VERBS)


def test_no_status_moves_but_along_the_ways_of_the_house():
    """What transitions.txt lets happen is what review/states.py allows, and the other way round."""
    said = {
        (status(row.second), row.third)
        for row in TRANSITIONS
        if row.second.startswith("update:") and row.third and status(row.second) != row.third
    }

    assert said == {(str(start), str(way.end)) for way in WAYS.values() for start in way.start}


def test_every_step_of_review_is_declared_from_every_status():
    for verb in ("send", "take back", "return", "accept", "decide an answer", "save an answer"):
        assert {status(row.second) for row in TRANSITIONS if row.first == verb} == set(STATUSES), verb


def status(thing):
    name = thing.split(":")[1]
    return {"objected": "submitted", "undecided": "submitted", "late": "submitted", "closed": "draft"}.get(name, name)
