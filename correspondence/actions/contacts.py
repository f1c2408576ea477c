"""Points of contact: named by a note of the state, confirmed, and ended by a note; none is ever deleted."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from correspondence.models import Note, PointOfContact
from member_states.models import MemberState
from review.actions import Refused


def name(*, state: MemberState, by: Any, **facts: Any) -> PointOfContact:
    """`facts` are columns, with the number of the state's note. Raises Refused where the address stands already."""
    try:
        with transaction.atomic():
            return PointOfContact.objects.create(state=state, recorded_by=by, confirmed_on=facts["starts_on"], **facts)
    except IntegrityError as error:
        if "point_of_contact_once" not in str(error):
            raise
        raise Refused(_("A point of contact of this state with this address is in the register already.")) from error


def change(*, contact: PointOfContact, edited: int, **facts: Any) -> None:
    """How somebody is reached; another person is another point of contact. Raises Refused."""
    try:
        with transaction.atomic():
            standing = PointOfContact.objects.filter(pk=contact.pk, edited=edited, ended_by=None)
            changed = standing.update(edited=edited + 1, **facts)
    except IntegrityError as error:
        if "point_of_contact_once" not in str(error):
            raise
        raise Refused(_("A point of contact of this state with this address is in the register already.")) from error
    if not changed:
        raise Refused(_("This was changed or ended meanwhile. Open it again to see what stands there now."))


def confirm(*, contact: PointOfContact, on: date) -> None:
    standing = PointOfContact.objects.filter(pk=contact.pk, ended_by=None)
    if not standing.update(confirmed_on=on):
        raise Refused(_("This point of contact was ended meanwhile."))


def end(*, contact: PointOfContact, on: date, note: Note | None, reference: str, by: Any) -> None:
    """By the state's note of that number, in answer to `note` where the programme had asked."""
    standing = PointOfContact.objects.filter(pk=contact.pk, ended_by=None)
    if not standing.update(ends_on=on, ended_note=note, ended_reference=reference, ended_by=by):
        raise Refused(_("This point of contact was ended meanwhile."))
