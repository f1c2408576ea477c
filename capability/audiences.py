"""What each audience sees of a state's accepted answers, and what a change of sharing would do to it.

Nothing here knows the rule. An audience is a reader like any other: its rows are read through both walls in its own
reach, and a change is tried by making it in a savepoint that is taken back. Only the ids of rows leave a reach.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet, Value
from django.utils.translation import gettext

from accounts.models import User
from capability.actions.sharing import FACTS, set_sharing
from capability.models import Answer, Evidence, Update
from common.scope import NOTHING, PROGRAMME, Reach, scope
from documents.models import File
from member_states.models import Liaison, MemberState

Key = tuple[str, int]  # the model's label and the row's id
Keys = frozenset[Key]
NO_STATE = 0  # the reach of a liaison of another state when there is no other


@dataclass(frozen=True)
class Audience:
    code: str
    label: str
    reader: Any


@dataclass(frozen=True)
class Sight:
    """What one audience sees now, and would see after the change (the same where none is tried)."""

    audience: Audience
    now: Keys
    then: Keys


def audiences_of(state: MemberState) -> list[Audience]:
    """The programme's staff, a liaison of another state, and somebody who is not signed in."""
    other = MemberState.objects.exclude(pk=state.pk).values_list("pk", flat=True).first() or NO_STATE
    return [
        Audience("programme", gettext("The programme’s staff"), _person(PROGRAMME, "observer")),
        Audience("states", gettext("Liaisons of other states"), _person(Reach(states=(other,)))),
        Audience("public", gettext("Everybody"), _nobody()),
    ]


def sights(state: MemberState) -> list[Sight]:
    """One query for each audience."""
    return [Sight(audience, seen, seen) for audience in audiences_of(state) for seen in [_seen(state, audience)]]


def sights_after(state: MemberState, sharing: str, by: Any) -> list[Sight]:
    """The change is really made, looked at by each audience, and taken back: nothing of it stays."""
    audiences, held = audiences_of(state), state.sharing
    before = [_seen(state, audience) for audience in audiences]
    with transaction.atomic():
        set_sharing(state=state, sharing=sharing, by=by)
        after = [_seen(state, audience) for audience in audiences]
        transaction.set_rollback(True)
    state.sharing = held
    return [Sight(*sight) for sight in zip(audiences, before, after, strict=True)]


def fingerprint(sharing: str, seen: list[Sight]) -> str:
    """Tells whether what somebody confirms is still what they were shown."""
    told = [sharing, *(str((sight.audience.code, sorted(sight.now), sorted(sight.then))) for sight in seen)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _seen(state: MemberState, audience: Audience) -> Keys:
    with scope(audience.reader.reach, read_only=True):
        first, *others = [
            rows.order_by().annotate(of_model=Value(rows.model._meta.label_lower)).values_list("of_model", "pk")
            for rows in shown(state, audience.reader)
        ]
        return frozenset(first.union(*others))


def shown(state: MemberState, reader: Any) -> Iterator[QuerySet[Any]]:
    """All that pages, files and the API show of what a state had accepted, and of who speaks for it."""
    of_state = {"state": state}
    yield Answer.objects.visible_to(reader).filter(is_accepted=True, **of_state)
    yield Update.objects.visible_to(reader).accepted().filter(**of_state)
    yield Evidence.objects.visible_to(reader).filter(answer__is_accepted=True, **of_state)
    yield File.objects.visible_to(reader).filter(state_id=state.pk)
    yield Liaison.objects.visible_to(reader).current().filter(**of_state)
    for fact in FACTS:
        yield fact._default_manager.visible_to(reader).filter(**of_state)


def _person(reach: Reach, *roles: str) -> User:
    person = User()
    person.reach, person.staff_roles = reach, frozenset(roles)  # type: ignore[attr-defined]
    return person


def _nobody() -> AnonymousUser:
    nobody = AnonymousUser()
    nobody.reach = NOTHING  # type: ignore[attr-defined]
    return nobody
