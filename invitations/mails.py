"""What people are told: who invited, that it was accepted; who held a role, that it has ended."""

from typing import Any

from django.urls import reverse

from accounts.models import StaffRole
from common.scope import PROGRAMME, scope
from csirt_network.models import TeamMember
from invitations.models import Invitation
from member_states.models import Liaison
from notices.kinds import mail_kind
from partnerships.models import PartnerContact


def register() -> None:
    mail_kind("invitation accepted", find=accepted_one, template="emails/invitation_accepted")
    mail_kind("role ended", find=ended_role, template="emails/role_ended", link=to_profile)
    mail_kind("liaison ended", find=ended_liaison, template="emails/liaison_ended", link=to_profile)
    mail_kind("team ended", find=ended_member, template="emails/team_ended", link=to_profile)
    mail_kind("contact ended", find=ended_contact, template="emails/contact_ended", link=to_profile)


def accepted_one(person: Any, object_id: int) -> Invitation | None:
    found = Invitation.objects.visible_to(person).select_related(
        "state", "team", "partner", "invited_by", "accepted_by"
    )
    return found.filter(pk=object_id, invited_by=person).exclude(accepted_by=None).first()


def ended_role(person: Any, object_id: int) -> StaffRole | None:
    return StaffRole.objects.visible_to(person).filter(pk=object_id, person=person).exclude(ended_at=None).first()


def ended_liaison(person: Any, object_id: int) -> Liaison | None:
    """Asked of the own rows, for the state is out of reach by now."""
    mine = Liaison.objects.filter(person=person).select_related("state")
    return mine.filter(pk=object_id).exclude(ended_at=None).first()


def ended_member(person: Any, object_id: int) -> TeamMember | None:
    mine = TeamMember.objects.filter(person=person).select_related("team")
    return mine.filter(pk=object_id).exclude(ended_at=None).first()


def ended_contact(person: Any, object_id: int) -> PartnerContact | None:
    """With the name of the partner, which may be out of the person's reach by now."""
    mine = PartnerContact.objects.filter(person=person).select_related("partner")
    with scope(PROGRAMME, page="worker"):
        return mine.filter(pk=object_id).exclude(ended_at=None).first()


def to_profile(_held: Any) -> str:
    return reverse("profile")
