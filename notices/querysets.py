"""Claiming work, and who sees which mail."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from common.scope import reach_of

if TYPE_CHECKING:
    from notices.models import Job, Mail, MailPreference

J = TypeVar("J", bound="Job")


class JobQuerySet(models.QuerySet[J]):
    def waiting(self) -> "JobQuerySet[J]":
        """What a worker may take now: queued and due, or running under a lease that ran out."""
        due = Q(status="queued", not_before__lte=Now())
        abandoned = Q(status="running", lease_until__lt=Now())
        return self.filter(due | abandoned)

    def spent(self) -> "JobQuerySet[J]":
        """Whose lease ran out at the last of its attempts.

        Attempts go on counting when staff try again, so that a token is never given twice: hence the remainder.
        """
        lost = self.alias(after=F("attempts") % self.model.MAX_ATTEMPTS)
        return lost.filter(status="running", lease_until__lt=Now(), after=0)  # type: ignore[return-value]


class MailQuerySet(JobQuerySet["Mail"]):
    def visible_to(self, user: Any) -> "MailQuerySet":
        reach = reach_of(user)
        mine = Q(person_id=reach.person)
        if reach.staff:
            return self.filter(Q(is_private=False) | mine) if reach.person else self.all()
        return self.filter(mine)


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    def visible_to(self, user: Any) -> "MailPreferenceQuerySet":
        """Everybody the own, staff too."""
        return self.filter(person_id=reach_of(user).person)
