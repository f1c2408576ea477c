"""Who is invited in the world: deputies by their leads, an officer, an analyst, a contact, one with a link at hand."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.actions import digest_of
from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from invitations.models import Invitation
from member_states.models import MemberState
from partnerships.models import Partner
from tests.access.canaries import CHILE, JAMAICA, canary

INVITED = "the-token-of-an-invitation"


def make_invitations(world: Any) -> dict[str, Invitation]:
    with scope(PROGRAMME):
        found = {
            slug: _invitation("deputy", world.people[lead], canary(code, "PEOPLE", "invited"), slug)
            for slug, code, lead in (("chile", CHILE, "own"), ("jamaica", JAMAICA, "other"))
        }
        found["staff"] = _invitation("officer", world.staff, "Nina Newcomer")
        team = Team.objects.get(slug="csirt-chile")
        name = canary(CHILE, "COLLEAGUES", "invited")
        found["team"] = _invitation("analyst", world.people["team"], name, team=team)
        contact = canary(CHILE, "PARTNERS", "invited")
        partner = Partner.objects.get(slug="harbour-foundation")
        found["contact"] = _invitation("partner contact", world.staff, contact, partner=partner)
        digest = [digest_of(INVITED)]
        found["link"] = _invitation("observer", world.staff, "Nora Newcomer", digest=digest)
        return found


def _invitation(role: str, by: Any, name: str, slug: str = "", **facts: Any) -> Invitation:
    return Invitation.objects.create(
        role=role,
        name=name,
        email=f"{role.replace(' ', '-')}-{slug or 'staff'}@example.org",
        language="en",
        state=MemberState.objects.get(slug=slug) if slug else None,
        invited_by=by,
        expires_at=timezone.now() + timedelta(hours=72),
        status="done",
        sent_at=timezone.now(),
        **facts,
    )
