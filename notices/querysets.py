"""Claiming work, and who sees which mail."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from common.scope import reach_of

if TYPE_CHECKING:
    from notices.models import Job, Mail  # noqa: F401

J = TypeVar("J", bound="Job")


class JobQuerySet(models.QuerySet[J]):
    def waiting(self) -> "JobQuerySet[J]":
        """What a worker may take now: queued and due, or running under a lease that ran out."""
        due = Q(status="queued", not_before__lte=Now())
        abandoned = Q(status="running", lease_until__lt=Now())
        return self.filter(due | abandoned)


class MailQuerySet(JobQuerySet["Mail"]):
    def visible_to(self, user: Any) -> "MailQuerySet":
        return self if reach_of(user).staff else self.filter(person_id=reach_of(user).person)
