"""Joint operations: made, changed, moved along their life, labelled; who is let in and taken out. By the staff."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from common.days import today
from common.tlp import ORDER, UNLABELLED, Tlp
from member_states.models import Liaison
from notices.outbox import post
from partnerships.models import (
    CompartmentChange,
    Operation,
    OperationMove,
    OperationPartner,
    OperationPerson,
    OperationState,
    PartnerContact,
)
from partnerships.operation_life import Way
from review.actions import Refused

LET_IN = "compartment changed"


class EditedMeanwhile(Exception):
    """Somebody saved the operation since it was opened: nothing was changed."""


@transaction.atomic
def add_operation(
    *, operation: Operation, partners: Iterable[Any], states: Iterable[Any], tlp: str, by: Any
) -> Operation:
    """Whoever makes it and whoever is responsible are named in it from the beginning."""
    operation.slug = f"op-{secrets.token_hex(4)}"
    operation.tlp = UNLABELLED if tlp == Tlp.RED else tlp  # nobody is named in it yet
    operation.save(force_insert=True)
    people = {by.pk: by, operation.officer_id or by.pk: operation.officer or by}
    OperationPerson.objects.bulk_create(OperationPerson(operation=operation, person=one) for one in people.values())
    if tlp != operation.tlp:
        relabel(operation=operation, tlp=tlp, reason="", by=by)
    for pk in people:  # what is kept about it from here on is under its own label
        _tell(operation, by, "", is_in=True, person_id=pk)
    set_taking_part(operation=operation, partners=partners, states=states, reason="", by=by)
    return operation


@transaction.atomic
def change_operation(
    *, operation: Operation, fields: Iterable[str], partners: Iterable[Any], states: Iterable[Any], reason: str, by: Any
) -> None:
    """Saves `fields` as they stand in `operation`, and who takes part. Or EditedMeanwhile."""
    changes = {name: getattr(operation, name) for name in fields}
    held = Operation.objects.filter(pk=operation.pk, edited=operation.edited)
    if not held.update(edited=F("edited") + 1, **changes):
        raise EditedMeanwhile
    if operation.officer and operation.officer_id not in _held(operation).person_ids:
        _name(operation, operation.officer, by, reason=reason)
    set_taking_part(operation=operation, partners=partners, states=states, reason=reason, by=by)


@transaction.atomic
def set_taking_part(
    *, operation: Operation, partners: Iterable[Any], states: Iterable[Any], reason: str, by: Any
) -> None:
    """Whoever is named for a partner or a state that leaves, leaves with it."""
    chosen = {partner.pk for partner in partners} | ({operation.lead_id} if operation.lead_id else set())
    _settle(OperationPartner, "partner", operation, chosen, reason, by)
    _settle(OperationState, "state", operation, {state.pk for state in states}, reason, by)


def _settle(model: Any, what: str, operation: Operation, chosen: set[int], reason: str, by: Any) -> None:
    rows = model.objects.filter(operation=operation)
    there = set(rows.values_list(what, flat=True))
    for gone in sorted(there - chosen):
        named = OperationPerson.objects.filter(operation=operation, **{what: gone}).select_related("person")
        for row in named:
            remove_person(operation=operation, row=row, reason=reason, by=by)
        _tell(operation, by, reason, is_in=False, **{f"{what}_id": gone})
        rows.filter(**{what: gone}).delete()
    for new in sorted(chosen - there):
        model.objects.create(operation=operation, **{f"{what}_id": new})
        _tell(operation, by, reason, is_in=True, **{f"{what}_id": new})


@transaction.atomic
def name_person(
    *,
    operation: Operation,
    person: Any,
    by: Any,
    reason: str = "",
    partner: Any = None,
    state: Any = None,
    team: Any = None,
) -> None:
    """From now on the person reads what is under TLP:RED as well."""
    if person.pk in _held(operation).person_ids:
        raise Refused(_("This person is named already."))
    _name(operation, person, by, reason=reason, partner_id=partner, state_id=state, team_id=team)


@transaction.atomic
def remove_person(*, operation: Operation, row: OperationPerson, reason: str, by: Any) -> None:
    """Or Refused: somebody must stay who may read it."""
    if row.person_id == _held(operation).officer_id:
        raise Refused(_("Whoever is responsible stays named. Make somebody else responsible first."))
    if row.person_id == by.pk and _held(operation).tlp == Tlp.RED:
        raise Refused(_("You would not see this operation any more. Let somebody else take you out."))
    _tell(operation, by, reason, is_in=False, person_id=row.person_id)
    OperationPerson.objects.filter(pk=row.pk).delete()


def _name(operation: Operation, person: Any, by: Any, reason: str = "", **whom: Any) -> None:
    OperationPerson.objects.create(operation=operation, person=person, **whom)
    _tell(operation, by, reason, is_in=True, person_id=person.pk)


def _tell(operation: Operation, by: Any, reason: str, *, is_in: bool, **whom: Any) -> None:
    """Kept for good, and mailed without a word of what the operation is about."""
    change = CompartmentChange.objects.create(
        operation=operation, is_in=is_in, tlp=_held(operation).tlp, reason=reason.strip(), by=by, **whom
    )
    post(kind=LET_IN, object_id=change.pk, people=[person for person in _concerned(change) if person != by])


def _concerned(change: CompartmentChange) -> list[Any]:
    if change.person_id:
        return [change.person]
    if change.partner_id:
        contacts = PartnerContact.objects.current().filter(partner=change.partner_id)
        return [contact.person for contact in contacts.select_related("person")]
    liaisons = Liaison.objects.current().filter(state=change.state_id)
    return [liaison.person for liaison in liaisons.select_related("person")]


@transaction.atomic
def move(*, operation: Operation, way: Way, by: Any, reason: str = "") -> None:
    """Along `way`, kept in the ledger; or Refused. The day is today's where none was entered."""
    now = _held(operation)
    if now.status not in way.start:
        stands = {"status": now.get_status_display()}
        raise Refused(_("A colleague changed its status meanwhile: it is “%(status)s” now.") % stands)
    if way.needs_reason and not reason.strip():
        raise Refused(_("Write why: the reason is kept and shown."))
    _keep_move(now, now.status, way.end, by, reason)
    Operation.objects.filter(pk=now.pk).update(status=way.end, edited=F("edited") + 1, **_day_of(now, way))


def _day_of(operation: Operation, way: Way) -> dict[str, Any]:
    if way.verb == "begin" and operation.starts_on is None:
        return {"starts_on": today()}
    if way.verb == "end" and operation.ends_on is None:
        return {"ends_on": max(today(), operation.starts_on or today())}
    return {"ends_on": None} if way.verb == "reopen" else {}


@transaction.atomic
def relabel(*, operation: Operation, tlp: str, reason: str, by: Any) -> None:
    """A label rises at a word, and falls with a reason that is kept. Under TLP:RED only the persons named read on."""
    now = _held(operation)
    if tlp == now.tlp:
        raise Refused(_("It is under this label already. Choose another."))
    if ORDER[tlp] < ORDER[now.tlp] and not reason.strip():
        raise Refused(_("Write why the label falls: the reason is kept and shown."))
    if tlp == Tlp.RED and by.pk not in now.person_ids:
        raise Refused(_("You are not named in this operation and would not see it any more. Name yourself first."))
    if tlp == Tlp.RED and now.officer_id and now.officer_id not in now.person_ids:
        raise Refused(_("Whoever is responsible is not named yet. Name that person first."))
    _keep_move(now, now.tlp, tlp, by, reason, relabelled=now.relabelled + 1)
    Operation.objects.filter(pk=now.pk).update(tlp=tlp, relabelled=now.relabelled + 1)
    operation.tlp, operation.relabelled = tlp, now.relabelled + 1


def _keep_move(operation: Operation, before: str, after: str, by: Any, reason: str, **row: Any) -> None:
    OperationMove.objects.create(operation=operation, before=before, after=after, by=by, reason=reason.strip(), **row)


def _held(operation: Operation) -> Operation:
    return Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
