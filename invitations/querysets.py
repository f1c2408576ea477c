"""Invitations are seen by those who keep people: staff, administrators, the liaisons of the state, and the own team."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from common.scope import reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from invitations.models import Invitation


class InvitationQuerySet(JobQuerySet["Invitation"]):
    def visible_to(self, user: Any) -> "InvitationQuerySet":
        reach = reach_of(user)
        if reach.staff or user.is_staff:
            return self
        return self.filter(Q(state_id__in=reach.states) | Q(team_id__in=reach.teams))

    def pending(self) -> "InvitationQuerySet":
        """Neither accepted nor taken back; they may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def usable(self) -> "InvitationQuerySet":
        return self.pending().filter(expires_at__gt=timezone.now())

    def of_token(self, digest: str) -> "InvitationQuerySet":
        return self.filter(digest__contains=[digest])

    def matching(self, query: str) -> "InvitationQuerySet":
        return self.filter(Q(name__icontains=query) | Q(email__icontains=query)) if query else self
