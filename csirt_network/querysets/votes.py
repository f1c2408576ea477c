"""Proposals are read by the group. Votes by the team that cast them, and by the group once the vote is closed."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.scope import reach_of
from csirt_network.querysets.working_groups import OfGroupQuerySet

if TYPE_CHECKING:
    from csirt_network.models import Proposal, Vote


class ProposalQuerySet(OfGroupQuerySet["Proposal"]):
    def open(self) -> "OfGroupQuerySet[Proposal]":
        return self.filter(closes_at__gt=timezone.now())

    def closed(self) -> "OfGroupQuerySet[Proposal]":
        return self.filter(closes_at__lte=timezone.now())


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, user: Any) -> "VoteQuerySet":
        proposals: Any = apps.get_model("csirt_network", "Proposal")._base_manager.all()
        closed = ProposalQuerySet(proposals.model).closed().visible_to(user)
        return self.filter(Q(team__in=reach_of(user).teams) | Q(proposal__in=closed.values("pk")))
