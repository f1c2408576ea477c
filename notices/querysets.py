"""Claiming work, and who sees which mail."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from common.scope import reach_of

if TYPE_CHECKING:
    from notices.models import DeadAddress, Job, Mail, MailPreference

J = TypeVar("J", bound="Job")
FAILED_OF_LATE = timedelta(days=30)


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
        """Everybody the own; staff all but what is private, administrators what failed of it."""
        reach = reach_of(user)
        mine = Q(person_id=reach.person)
        if reach.staff:
            return self.filter(Q(is_private=False) | mine) if reach.person else self.all()
        return self.filter(mine | Q(status="failed", is_private=False) if user.is_staff else mine)

    def failed(self) -> "MailQuerySet":
        """Given up for good, of late; not those to an address that is known to be dead."""
        dead: Any = apps.get_model("notices", "DeadAddress").objects.standing().values("person")
        return self.filter(status="failed", finished_at__gte=timezone.now() - FAILED_OF_LATE).exclude(person__in=dead)


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    def visible_to(self, user: Any) -> "MailPreferenceQuerySet":
        """Everybody the own, staff too."""
        return self.filter(person_id=reach_of(user).person)


class DeadAddressQuerySet(models.QuerySet["DeadAddress"]):
    def visible_to(self, user: Any) -> "DeadAddressQuerySet":
        """Everybody the own; staff and administrators all."""
        reach = reach_of(user)
        return self if reach.staff or user.is_staff else self.filter(person_id=reach.person)

    def standing(self) -> "DeadAddressQuerySet":
        """Of addresses that people still have."""
        return self.filter(ended_at=None, address=F("person__email"))
