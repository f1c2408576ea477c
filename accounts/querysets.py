"""Who sees which people, roles and audit entries."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils import timezone

from common.days import today
from common.scope import reach_of

if TYPE_CHECKING:
    from accounts.models import ApiToken, AuditEntry, FactorReset, RecoveryCode, SentKey, SignInLink, StaffRole, User


def today_in_force(prefix: str = "") -> Q:
    """Rows with ``starts_on``/``ends_on`` that hold, whoever asks and wherever they are.

    They begin with the day in UTC and hold until their last day is over in every member state.
    """
    return Q(**{f"{prefix}starts_on__lte": timezone.now().date()}) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": today()})
    )


def held_now(prefix: str = "") -> Q:
    """Memberships that hold today and that nobody has ended."""
    return today_in_force(prefix) & Q(**{f"{prefix}ended_at": None})


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> "UserQuerySet":
        """Staff and administrators see everybody; others themselves."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_programme_staff or user.is_staff else self.filter(pk=user.pk)

    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_staff_role(self, *roles: str) -> "UserQuerySet":
        return self.active().filter(held_now("roles__"), roles__role__in=roles).distinct()


class StaffRoleQuerySet(models.QuerySet["StaffRole"]):
    def visible_to(self, user: Any) -> "StaffRoleQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self if user.is_programme_staff or user.is_staff else self.filter(person=user)

    def current(self) -> "StaffRoleQuerySet":
        return self.filter(held_now())


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def visible_to(self, user: Any) -> "SignInLinkQuerySet":
        return self.none()

    def usable(self) -> "SignInLinkQuerySet":
        oldest = timezone.now() - timedelta(minutes=self.model.LIFETIME_MINUTES)
        return self.filter(used_at=None, made_at__gt=oldest, person__is_active=True)

    def use(self, link: "SignInLink") -> bool:
        """True for the one who came first."""
        return self.filter(pk=link.pk).update(used_at=timezone.now()) == 1


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: Any) -> "ApiTokenQuerySet":
        """Everybody the own; administrators all, to see what is in use."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(person=user)

    def usable(self) -> "ApiTokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), person__is_active=True)

    def note_use(self, token: "ApiToken") -> None:
        """To the minute: a program that asks often does not write each time."""
        now = timezone.now()
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
        self.filter(stale, pk=token.pk).update(last_used_at=now)


class SentKeyQuerySet(models.QuerySet["SentKey"]):
    LASTS: ClassVar = timedelta(days=1)

    def visible_to(self, user: Any) -> "SentKeyQuerySet":
        return self.filter(person=user) if user.is_authenticated else self.none()

    def current(self) -> "SentKeyQuerySet":
        return self.filter(made_at__gt=timezone.now() - self.LASTS)

    def over(self) -> "SentKeyQuerySet":
        return self.filter(made_at__lte=timezone.now() - self.LASTS)


class RecoveryCodeQuerySet(models.QuerySet["RecoveryCode"]):
    def visible_to(self, user: Any) -> "RecoveryCodeQuerySet":
        """Everybody the own; administrators all, to see who still has some."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(person=user)

    def usable(self) -> "RecoveryCodeQuerySet":
        return self.filter(used_at=None, person__is_active=True)

    def use(self, person: Any, digest: str) -> bool:
        """True for the one who came first."""
        return self.usable().filter(person=person, digest=digest).update(used_at=timezone.now()) == 1


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def visible_to(self, user: Any) -> "FactorResetQuerySet":
        """Those who may take one away, and the person."""
        if not user.is_authenticated:
            return self.none()
        sees_all = user.is_staff or "manager" in user.staff_roles
        return self if sees_all else self.filter(person=user)


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: Any) -> "AuditEntryQuerySet":
        """Programme staff all but drafts; others the own state's; administrators what they keep, no answers.

        What staff decide and say among themselves is read by nobody who speaks for that state.
        """
        reach = reach_of(user)
        if reach.staff:
            return self.filter(is_private=False)._without_talk_of(reach.states)
        own = Q(state_id__in=reach.states) & ~Q(model__in=self.model.AMONG_STAFF)
        kept = Q(model__in=self.model.KEPT) if user.is_staff else Q(pk__in=())
        return self.filter(own | kept)

    def _without_talk_of(self, states: tuple[int, ...]) -> "AuditEntryQuerySet":
        if not states:
            return self
        of_state = Coalesce(KT("after__state_id"), KT("before__state_id"))
        talk = self.alias(of_state=of_state)
        return talk.exclude(model__in=self.model.AMONG_STAFF, of_state__in=[str(state) for state in states])

    def of(self, instance: models.Model) -> "AuditEntryQuerySet":
        return self.filter(model=instance._meta.label_lower, object_id=instance.pk)
