from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffRole
from accounts.models.audit import IS_ADMINISTRATOR
from common.walls import OWN_STATE, Audited, RowWall
from csirt_network.models import Team, TeamMember
from invitations import letters
from invitations.querysets import InvitationQuerySet
from member_states.models import Liaison, MemberState
from notices.models import Job
from partnerships.models import Partner

# The head of a team that applies to the network gets an account and no role: the application names the address.
APPLICANT = "applicant"
PARTNER_CONTACT = "partner contact"
IS_OF_A_STATE = models.Q(role__in=[*Liaison.Kind.values, APPLICANT])
IS_OF_A_TEAM = models.Q(role__in=TeamMember.Kind.values)
IS_OF_A_PARTNER = models.Q(role=PARTNER_CONTACT)
TO_OWN_TEAM = "team_id = ANY ({teams}) AND role IN ('representative', 'analyst')"


class Invitation(Job):
    """A mail that lets somebody in: one address, one role, perhaps of a state, team or partner; once, for 72 hours.

    Of the secrets in its link only hashes are kept (`digest`): one for each attempt at sending since it was last asked
    for, because an attempt that failed may have arrived. `invited_by` is empty for the operator of the server.
    """

    HOURS: ClassVar = 72
    MAX_ATTEMPTS = 16
    ROLES: ClassVar = (
        *StaffRole.Role.choices,
        *Liaison.Kind.choices,
        *TeamMember.Kind.choices,
        (APPLICANT, _("Head of a team that applies to the network")),
        (PARTNER_CONTACT, _("Partner contact")),
    )

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    role = models.CharField(_("role"), max_length=16, choices=ROLES)
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("member state")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("partner")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    digest = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by")
    )
    revoked_at = models.DateTimeField(_("taken back at"), null=True)

    objects = InvitationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-invited_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="invitation_of_a_state",
                condition=models.Q(IS_OF_A_STATE, state__isnull=False) | models.Q(~IS_OF_A_STATE, state=None),
            ),
            models.CheckConstraint(
                name="invitation_of_a_team",
                condition=models.Q(IS_OF_A_TEAM, team__isnull=False) | models.Q(~IS_OF_A_TEAM, team=None),
            ),
            models.CheckConstraint(
                name="invitation_of_a_partner",
                condition=models.Q(IS_OF_A_PARTNER, partner__isnull=False) | models.Q(~IS_OF_A_PARTNER, partner=None),
            ),
            models.UniqueConstraint(
                name="invitation_once",
                fields=("email", "role", "state", "team", "partner"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
            ),
            RowWall(
                name="invitation_wall",
                read=f"{OWN_STATE} OR team_id = ANY ({{teams}}) OR {IS_ADMINISTRATOR}",
                write=f"({OWN_STATE} AND role IN ('deputy', '{APPLICANT}')) OR ({TO_OWN_TEAM})"
                f" OR (role = 'administrator' AND {IS_ADMINISTRATOR})",
            ),
            Audited(name="invitation_audited"),
        )

    def __str__(self) -> str:
        return f"{self.email}, {self.what}"

    def get_absolute_url(self) -> str:
        """Where whoever invited looks after it."""
        if self.state and self.invited_by and not self.invited_by.is_programme_staff:
            return reverse("colleagues", args=[self.state.slug])
        if self.team and self.invited_by and not self.invited_by.is_programme_staff:
            return reverse("team-people", args=[self.team.slug])
        return reverse("people")

    def perform(self) -> None:
        letters.send(self)

    @property
    def what(self) -> str | Promise:
        return self.get_role_display()

    @property
    def is_open(self) -> bool:
        return not (self.accepted_at or self.revoked_at) and self.expires_at > timezone.now()

    @property
    def standing(self) -> str:
        """A code of the house's table of status words."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "invited" if self.is_open else "expired"

    @classmethod
    def until(cls) -> datetime:
        return timezone.now() + timedelta(hours=cls.HOURS)
