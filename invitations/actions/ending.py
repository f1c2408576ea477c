"""Ending and lowering: each takes effect at once, for every session, every token and every link of the person."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.actions import revoke_all
from accounts.models import SignInLink, StaffRole, User
from common.days import today
from csirt_network.models import TeamMember
from invitations.powers import KEEPERS
from member_states.models import Liaison
from notices.outbox import post
from partnerships.models import PartnerContact
from review.actions import Refused

Held = StaffRole | Liaison | TeamMember | PartnerContact
MAILS = {
    StaffRole: "role ended",
    Liaison: "liaison ended",
    TeamMember: "team ended",
    PartnerContact: "contact ended",
}


@transaction.atomic
def end_membership(*, held: Held, reason: str, by: Any) -> None:
    """From this moment. Once more changes nothing; the last of the managers does not leave by themselves."""
    if _end(held, reason, by):
        post(kind=MAILS[type(held)], object_id=held.pk, people=[held.person])


@transaction.atomic
def change_role(*, held: StaffRole, role: str, reason: str, by: Any) -> None:
    """Ends the one and gives the other, so that both stand in the person's history."""
    if not _end(held, reason, by):
        raise Refused(_("This role has ended meanwhile."))
    if not StaffRole.objects.current().filter(person=held.person, role=role).exists():
        StaffRole.objects.create(person=held.person, role=role, starts_on=timezone.now().date())
    post(kind="role ended", object_id=held.pk, people=[held.person])


@transaction.atomic
def close_account(*, person: User, by: Any) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    cut_off(person)


@transaction.atomic
def open_account(*, person: User, by: Any) -> None:
    """What was cut off stays so: the person signs in anew."""
    User.objects.filter(pk=person.pk).update(is_active=True)


def cut_off(person: User) -> None:
    """Sessions, access tokens and links that were made before."""
    sessions.end_sessions(person)
    revoke_all(person=person)
    SignInLink.objects.filter(person=person, used_at=None).delete()


def _end(held: Held, reason: str, by: Any) -> bool:
    if isinstance(held, StaffRole) and held.person_id == by.pk:
        _refuse_the_last(held)
    last = max(held.starts_on, today())
    open_ = type(held).objects.filter(pk=held.pk, ended_at=None)
    if not open_.update(ended_at=timezone.now(), why_ended=reason, ends_on=last):
        return False
    cut_off(held.person)
    return True


def _refuse_the_last(held: StaffRole) -> None:
    """Two who leave at the same moment are taken one by one."""
    if held.role not in KEEPERS:
        return
    list(StaffRole.objects.current().filter(role=held.role).select_for_update(of=("self",)).order_by("pk"))
    if not User.objects.with_staff_role(held.role).exclude(pk=held.person_id).exists():
        raise Refused(
            _("You are the last programme manager: invite another one first.")
            if held.role == "manager"
            else _("You are the last administrator: invite another one first.")
        )
