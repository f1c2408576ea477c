"""Coming in: the one place where an account is opened, for the address that was invited and for nothing more."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.actions import digest_of
from accounts.models import StaffRole, User
from common.scope import PROGRAMME, Reach, scope
from csirt_network.models import TeamMember
from invitations import powers
from invitations.models import APPLICANT, Invitation
from member_states.models import Liaison
from notices.outbox import post
from partnerships.models import PartnerContact

PAGE = "invitation"  # what the audit trail names: the path holds the secret


@dataclass(frozen=True)
class Call:
    """An invitation that may be accepted now, and the account of that address, if there is one."""

    invitation: Invitation
    person: User | None


def call_of(secret: str) -> Call | None:
    """None when it is unknown, used, taken back or too old, or when who invited may do so no more."""
    with scope(PROGRAMME, page=PAGE):
        return _call(Invitation.objects.usable().of_token(digest_of(secret)))


def accept(*, secret: str, by: Any, password: str = "") -> User | None:
    """Opens the account with `password`, or adds the role to that of `by`, who is signed in to it; None as above.

    Two at once are taken one by one: the second finds it used.
    """
    with scope(PROGRAMME, page=PAGE):
        locked = Invitation.objects.usable().of_token(digest_of(secret)).select_for_update(of=("self",))
        call = _call(locked)
        if call is None or (call.person and call.person.pk != getattr(by, "pk", None)):
            return None
        person = call.person or _open_account(call.invitation, password)
        if person is None:
            return None
        with scope(_as(person), page=PAGE):
            _give(call.invitation, person)
        return person


def _call(found: Any) -> Call | None:
    invitation = found.select_related("state", "team", "partner", "invited_by").first()
    if invitation is None or not still_stands(invitation):
        return None
    person = User.objects.filter(email=invitation.email).first()
    return None if person and not person.is_active else Call(invitation, person)


def still_stands(invitation: Invitation) -> bool:
    """Asked anew: an invitation is worth what whoever sent it may do now. The operator's brings in the first."""
    by = invitation.invited_by
    if by is None:
        return not User.objects.with_staff_role(invitation.role).exists()
    return powers.may_give(by, invitation.role, invitation.state, invitation.team, invitation.partner)


def _open_account(invitation: Invitation, password: str) -> User | None:
    """None when another invitation opened the account at the same moment."""
    facts = {"language": invitation.language, "invited_by": invitation.invited_by}
    try:
        with transaction.atomic():
            return User.objects.create_user(invitation.email, invitation.name, password, **facts)
    except IntegrityError:
        return None


def _give(invitation: Invitation, person: User) -> None:
    """Of whoever applies for a team the account is all: they reach their application by its address."""
    if invitation.role != APPLICANT:
        _give_role(invitation, person)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=datetime.now(UTC), accepted_by=person, digest=[])
    if invitation.invited_by:
        post(kind="invitation accepted", object_id=invitation.pk, people=[invitation.invited_by])


def _give_role(invitation: Invitation, person: User) -> None:
    today = datetime.now(UTC).date()
    if invitation.partner:
        speaks: dict[str, Any] = {"partner": invitation.partner, "person": person}
        if not PartnerContact.objects.current().filter(**speaks).exists():
            PartnerContact.objects.create(starts_on=today, **speaks)
    elif invitation.team:
        work: dict[str, Any] = {"team": invitation.team, "person": person, "kind": invitation.role}
        if not TeamMember.objects.current().filter(**work).exists():
            TeamMember.objects.create(starts_on=today, **work)
    elif invitation.state:
        held = {"state": invitation.state, "person": person, "kind": invitation.role}
        if not Liaison.objects.current().filter(**held).exists():
            Liaison.objects.create(starts_on=today, **held)
    elif not StaffRole.objects.current().filter(person=person, role=invitation.role).exists():
        StaffRole.objects.create(person=person, role=invitation.role, starts_on=today)


def _as(person: User) -> Reach:
    """The programme's reach, under the person's own name: so the trail says who accepted."""
    return Reach(person=person.pk, staff=True)
