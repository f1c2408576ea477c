from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from common.scope import reach_of
from csirt_network.models import NetworkMembership, TeamMember
from csirt_network.querysets.subscriptions import is_portal

if TYPE_CHECKING:
    from exchange.models import MachineToken


class MachineTokenQuerySet(models.QuerySet["MachineToken"]):
    def visible_to(self, user: Any) -> "MachineTokenQuerySet":
        reach = reach_of(user)
        return self if is_portal(reach) else self.filter(team__in=reach.teams)

    def with_standing(self) -> "MachineTokenQuerySet":
        """Adds what a token rests on: whether its maker still acts for the team, and the team is of the network."""
        acting = TeamMember.objects.current().filter(kind=TeamMember.Kind.REPRESENTATIVE, team=OuterRef("team"))
        return self.annotate(
            is_represented=Exists(acting.filter(person=OuterRef("made_by"))),
            is_connected=Exists(NetworkMembership.objects.current().filter(team=OuterRef("team"))),
        )

    def usable(self) -> "MachineTokenQuerySet":
        held = self.with_standing().filter(Q(is_represented=True) & Q(is_connected=True))
        return held.filter(revoked_at=None, expires_at__gt=timezone.now())

    def note_use(self, token: "MachineToken", *, address: str) -> None:
        """To the minute: a program that asks often does not write each time."""
        now = timezone.now()
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
        self.filter(stale, pk=token.pk).update(last_used_at=now, last_used_from=address)
