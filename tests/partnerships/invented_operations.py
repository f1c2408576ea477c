"""Joint operations in the invented worlds: one for each state, labelled as its activity is read. The reader is named
in some, the author in all: what is under TLP:RED must be in somebody's sight."""

import itertools
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.days import today
from common.scope import Reach, scope
from common.tlp import Tlp
from csirt_network.models import Alert, Audience
from partnerships.models import (
    CompartmentChange,
    Custody,
    Exhibit,
    LogEntry,
    Operation,
    OperationAction,
    OperationAlert,
    OperationFigure,
    OperationMove,
    OperationPartner,
    OperationPerson,
    OperationState,
    Partner,
)

MODELS = {
    CompartmentChange, Custody, Exhibit, LogEntry, Operation, OperationAction, OperationAlert, OperationFigure,
    OperationMove, OperationPartner, OperationPerson, OperationState,
}  # fmt: skip
NUMBERS = itertools.count()


def populate(partners: list[Partner], pairs: list[Any]) -> None:
    """As the author of the world: what is added bears a name."""
    people = User.objects.order_by("pk")
    author, reader = people[0], people.reverse()[0]
    with scope(Reach(staff=True, person=author.pk)):
        alerts = {tlp: _alert(author, tlp) for tlp in (Tlp.CLEAR, Tlp.GREEN)}
        for number, (state, life) in enumerate(pairs):
            taking_part = (partners[number - 1], state if life.is_accepted else pairs[number - 1][0])
            named = {author, reader} if life.is_released else {author}
            whom = ({}, {"partner": partners[number - 1]}, {"state": taking_part[1]})[next(NUMBERS) % 3]
            operation = _operation(life, author, partners[number], taking_part, named, whom)
            _parts(operation, author, alerts[Tlp.CLEAR if life.is_sent else Tlp.GREEN])
            _changes(operation, author, [{"partner": partners[number]}, {"state": state}, {"person": reader}])
            _relabel(operation, author, _label(life))


def _label(life: Any) -> Tlp:
    amber = Tlp.AMBER if life.is_accepted else Tlp.STRICT
    return {"public": Tlp.CLEAR, "states": Tlp.GREEN, "participants": amber, "staff": Tlp.RED}[life.activity_audience]


def _operation(
    life: Any, author: User, lead: Partner, taking_part: tuple[Partner, Any], named: set[User], whom: Any
) -> Operation:
    """The author is named for the programme, the other for `whom`."""
    label = min(_label(life), Tlp.STRICT, key=list(Tlp).index)  # nobody is named in it yet
    made = {"slug": f"op-{next(NUMBERS)}", "line": "analysis", "title_en": "x", "tlp": label}
    operation = Operation.objects.create(lead=lead if life.is_sent else None, **made)
    partner, state = taking_part
    OperationPartner.objects.create(operation=operation, partner=partner)
    OperationState.objects.create(operation=operation, state=state)
    for one in named:
        OperationPerson.objects.create(operation=operation, person=one, **({} if one == author else whom))
    return operation


def _parts(operation: Operation, by: User, alert: Alert) -> None:
    """Each once under the operation's label and once under TLP:RED."""
    for tlp in (operation.tlp, Tlp.RED):
        added = {"operation": operation, "by": by, "tlp": tlp}
        LogEntry.objects.create(text="x", happened_at=timezone.now(), **added)
        exhibit = Exhibit.objects.create(title="x", sha256="0" * 64, taken_on=today(), **added)
        Custody.objects.create(exhibit=exhibit, to_whom="x", why="x", handed_at=timezone.now(), by=by)
    asked = {"kind": "domain", "what": "x", "legal_basis": "x", "jurisdiction": "x", "asked_on": today()}
    OperationAction.objects.create(operation=operation, **asked)
    OperationFigure.objects.create(operation=operation, kind="arrests", number=1, counted_on=today(), said_by="x")
    OperationAlert.objects.create(operation=operation, alert=alert, by=by)


def _changes(operation: Operation, by: User, whom: list[dict[str, Any]]) -> None:
    for who in whom:
        for tlp in (Tlp.AMBER, Tlp.RED):
            CompartmentChange.objects.create(operation=operation, is_in=False, tlp=tlp, by=by, **who)


def _relabel(operation: Operation, by: User, label: Tlp) -> None:
    moved = {"before": operation.tlp, "after": label, "relabelled": 1, "by": by}
    OperationMove.objects.create(operation=operation, **moved)
    if label != operation.tlp:
        Operation.objects.filter(pk=operation.pk).update(tlp=label, relabelled=1)


def _alert(by: User, tlp: str) -> Alert:
    facts = {"kind": "warning", "title_en": "x", "tlp": tlp, "author": by, "with_programme": True}
    with scope(Reach(person=by.pk, staff=True)):
        audience = Audience.objects.create(made_by=by)
        out = {"year": 2026, "number": next(NUMBERS) + 1, "published_at": timezone.now()}
        return Alert.objects.create(audience=audience, **facts, **out)
