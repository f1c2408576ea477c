from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import SignInLinkQuerySet, StaffRoleQuerySet, UserQuerySet
from common.walls import Audited


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: Any) -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def with_staff_role(self, *roles: str) -> UserQuerySet:
        return self.get_queryset().with_staff_role(*roles)

    def create_user(self, email: str, name: str, password: str | None = None, **facts: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **facts)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address; what the person may do follows from memberships."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/New_York")
    shortcuts = models.BooleanField(_("single keys as shortcuts when reviewing"), default=True)
    tour_left = models.BooleanField(_("has left the tour of the first day"), default=False)
    tour_done = ArrayField(
        models.CharField(max_length=30), verbose_name=_("steps of the tour done"), default=list, blank=True
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)
    invited_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invited",
        verbose_name=_("invited by"),
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)
        constraints = (
            # has_perm answers yes to everything for a superuser: every rule would be void (DECISIONS: nobody is one).
            models.CheckConstraint(name="nobody_is_superuser", condition=models.Q(is_superuser=False)),
            Audited(name="user_audited", state=""),
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0]

    @cached_property
    def staff_roles(self) -> frozenset[str]:
        """The programme roles held today; one query per request."""
        return frozenset(self.roles.current().values_list("role", flat=True)) if self.is_active else frozenset()

    @property
    def is_programme_staff(self) -> bool:
        """Manager, officer or observer: those who see what states have sent."""
        return bool(self.staff_roles & StaffRole.PROGRAMME)

    @property
    def is_staff(self) -> bool:
        """May enter the administration (Django's word)."""
        return StaffRole.Role.ADMINISTRATOR in self.staff_roles


class Ending(models.Model):
    """A membership that somebody may end before its last day: from that moment, with a reason."""

    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    why_ended = models.CharField(_("why it ended"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True


class StaffRole(Ending):
    """A role in the programme, held from a day and perhaps until one."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("Programme manager")
        OFFICER = "officer", _("Programme officer")
        OBSERVER = "observer", _("Observer")
        ADMINISTRATOR = "administrator", _("Administrator")

    PROGRAMME = frozenset({Role.MANAGER.value, Role.OFFICER.value, Role.OBSERVER.value})

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = StaffRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff role")
        verbose_name_plural = _("staff roles")
        ordering = ("person", "-starts_on")
        constraints = (
            models.CheckConstraint(
                name="staff_role_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                name="staff_role_once",
                fields=("person", "role", "starts_on"),
                condition=models.Q(ended_at=None),
            ),
            Audited(name="staff_role_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class SignInLink(models.Model):
    """A one-time way into the trial: only its hash is kept, and it serves once."""

    LIFETIME_MINUTES: ClassVar[int] = 30

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person}, {self.made_at:%Y-%m-%d %H:%M}"
