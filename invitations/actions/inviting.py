"""Asking somebody in, asking again with a new link, and taking it back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from csirt_network.models import Team, TeamMember
from invitations.models import Invitation
from member_states.models import Liaison, MemberState
from notices.bell import ring_soon
from partnerships.models import Partner, PartnerContact
from review.actions import Refused


@transaction.atomic
def invite(
    *,
    role: str,
    state: MemberState | None,
    by: Any,
    email: str,
    name: str,
    language: str,
    team: Team | None = None,
    partner: Partner | None = None,
) -> Invitation:
    """`by` is None for the operator of the server. Whether they may is the caller's to ask (powers.may_give)."""
    address = email.lower()
    _refuse_if_held(address, role, state, team, partner)
    of = {"state": state, "team": team, "partner": partner}
    mine = Invitation.objects.filter(email=address, role=role, **of).pending()
    mine.filter(expires_at__lte=timezone.now()).update(revoked_at=timezone.now())
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=address,
                name=name,
                language=language,
                role=role,
                **of,
                invited_by=by,
                expires_at=Invitation.until(),
                status="queued" if by else "done",  # the operator hands the link over
            )
    except IntegrityError as error:
        raise Refused(_("This person is invited already. Send the invitation again, or take it back first.")) from error
    if by:
        ring_soon(invitation)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Any) -> None:
    """A new link and 72 hours more; the links before are dead. Whoever sends it again answers for it from now on."""
    held = _hold(invitation, by)
    held.invited_by, held.expires_at, held.digest = by, Invitation.until(), []
    held.status, held.not_before, held.finished_at, held.lease_until = "queued", timezone.now(), None, None
    held.sent_at = None
    held.save()
    ring_soon(held)


@transaction.atomic
def take_back(*, invitation: Invitation, by: Any) -> None:
    held = _hold(invitation, by)
    held.revoked_at, held.digest = timezone.now(), []
    held.save(update_fields=["revoked_at", "digest"])


def _hold(invitation: Invitation, by: Any) -> Invitation:
    found = Invitation.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=invitation.pk).pending()
    held = found.first()
    if held is None:
        raise Refused(_("This invitation was accepted or taken back meanwhile."))
    return held


def _refuse_if_held(
    email: str, role: str, state: MemberState | None, team: Team | None, partner: Partner | None
) -> None:
    """Said of the own state or team only: whether an address has an account elsewhere is nobody's to learn here."""
    if partner and PartnerContact.objects.current().filter(person__email=email, partner=partner).exists():
        raise Refused(_("This person holds this role already."))
    members = TeamMember.objects.current().filter(person__email=email, kind=role)
    if team and members.filter(team=team).exists():
        raise Refused(_("This person holds this role already."))
    if state and Liaison.objects.current().filter(person__email=email, state=state, kind=role).exists():
        raise Refused(_("This person holds this role already."))
