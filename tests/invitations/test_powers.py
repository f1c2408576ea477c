"""Each role, each role, each verb: the whole table, and nothing in it points upwards (abuse case 15)."""

from itertools import product
from typing import Any

import pytest

from accounts.models import StaffRole, User
from accounts.standing import RANKS
from invitations import powers
from member_states.models import Liaison
from tests.factories.accounts import make_staff
from tests.factories.member_states import make_liaison

HOLDERS = ("administrator", "manager", "officer", "observer", "lead", "deputy", "contact point", "abroad")
LOW = {"lead", "deputy", "contact point", "abroad"}
NOBODY: set[str] = set()
BELOW_ADMIN = {"manager", "officer", "observer"} | LOW
BELOW_MANAGER = {"officer", "observer"} | LOW

# verb -> who acts -> upon whom. "abroad" is the lead liaison of another state; invited as one, a lead of that state.
TABLE: dict[str, dict[str, set[str]]] = {
    "invite": {
        "administrator": {"administrator"},
        "manager": {"manager", "officer", "observer"} | LOW,
        "officer": {"lead", "deputy", "abroad"},
        "observer": NOBODY,
        "lead": {"deputy"},
        "deputy": NOBODY,
        "contact point": NOBODY,
        "abroad": NOBODY,
    },
    "end": {
        "administrator": BELOW_ADMIN,
        "manager": BELOW_MANAGER,
        "officer": {"lead", "deputy", "abroad"},
        "observer": NOBODY,
        "lead": {"deputy"},
        "deputy": NOBODY,
        "contact point": NOBODY,
        "abroad": NOBODY,
    },
    "disable": {"administrator": BELOW_ADMIN, "manager": BELOW_MANAGER},
    "reset factor": {"administrator": BELOW_ADMIN, "manager": BELOW_MANAGER},
    "change address": {"administrator": BELOW_ADMIN},
}
PERMS = {
    "disable": "invitations.close_account",
    "reset factor": "accounts.reset_second_factor",
    "change address": "invitations.change_address",
}


@pytest.fixture
def pairs(chile: Any, jamaica: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    def hold(role: str, number: int) -> Any:
        if role in powers.STAFF_ROLES:
            return make_staff(f"{role} {number}", role)
        return make_liaison(f"{role} {number}", *((jamaica, "lead") if role == "abroad" else (chile, role)))

    return tuple({role: hold(role, number) for role in HOLDERS} for number in (1, 2))  # type: ignore[return-value]


def may(verb: str, actor: Any, role: str, person: Any, states: dict[str, Any]) -> bool:
    state = None if role in powers.STAFF_ROLES else states["jamaica" if role == "abroad" else "chile"]
    if verb == "invite":
        return powers.may_give(actor, "lead" if role == "abroad" else role, state)
    if verb == "end":
        model: Any = StaffRole if state is None else Liaison
        return actor.has_perm("invitations.end_membership", model.objects.get(person=person))
    return actor.has_perm(PERMS[verb], person)


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_the_whole_table(pairs: Any, chile: Any, jamaica: Any, closed: bool) -> None:
    """Of somebody whose account is closed too: nobody opens, or resets, what stands above."""
    actors, people = pairs
    if closed:
        User.objects.filter(pk__in=[person.pk for person in people.values()]).update(is_active=False)
        people = {role: User.objects.get(pk=person.pk) for role, person in people.items()}
    states, faults = {"chile": chile, "jamaica": jamaica}, []
    for verb, actor, person in product(TABLE, HOLDERS, HOLDERS):
        wanted = person in TABLE[verb].get(actor, NOBODY)
        if may(verb, actors[actor], person, people[person], states) is not wanted:
            faults.append(f"{actor} {verb} {person}: {not wanted}")

    assert not faults, faults


def test_nothing_in_the_table_points_upwards() -> None:
    def rank(role: str) -> int:
        return RANKS.get(role, 0)

    for verb, rows in TABLE.items():
        for actor, persons in rows.items():
            for person in persons:
                assert rank(actor) >= rank(person), (verb, actor, person)
                assert rank(actor) > rank(person) or verb == "invite" or (actor, person) == ("lead", "deputy")


def test_a_closed_actor_may_nothing(manager: Any, officer: Any) -> None:
    User.objects.filter(pk=manager.pk).update(is_active=False)
    closed = User.objects.get(pk=manager.pk)

    assert powers.gives(closed) == frozenset()
    assert not closed.has_perm("invitations.close_account", officer)


def test_a_lead_ends_no_deputy_who_is_staff_as_well(lead_chl: Any, chile: Any) -> None:
    deputy = make_liaison("Both", chile, "deputy")
    StaffRole.objects.create(person=deputy, role="observer", starts_on="2020-01-01")

    assert not powers.may_end(lead_chl, Liaison.objects.get(person=deputy))


CHANGES = {  # who changes whose role from what to which
    ("manager", "officer"): {"observer", "manager"},
    ("manager", "observer"): {"officer", "manager"},
    ("administrator", "manager"): {"officer", "observer", "administrator"},
    ("administrator", "officer"): {"administrator"},
    ("administrator", "observer"): {"administrator"},
}


def test_which_role_may_be_given_instead(pairs: Any) -> None:
    actors, people = pairs
    staff = ("administrator", "manager", "officer", "observer")
    for actor, person in product(HOLDERS, staff):
        held = StaffRole.objects.get(person=people[person])
        may_be = {role for role in staff if powers.may_change(actors[actor], held, role)}
        assert may_be == CHANGES.get((actor, person), set()), (actor, person)
