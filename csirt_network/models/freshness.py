"""Whether a team can be reached as its entry says: contact tests, and the security.txt of its website."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.walls import NOBODY, Audited, Locked, RowWall, SameState
from csirt_network import calls
from csirt_network.models.directory import IN_THE_NETWORK, OfTeam
from csirt_network.models.teams import OWN_TEAM_OR_STATE, Team
from csirt_network.querysets.freshness import DrillCallQuerySet, DrillQuerySet, SecurityTxtQuerySet
from member_states.models import MemberState
from notices.models import Job

CALLED = "id IN (SELECT call.drill_id FROM csirt_network_drillcall call)"  # itself under its wall


class SecurityTxt(OfTeam):
    """What was found the last time at the well-known address of the team's website (RFC 9116). The portal writes it."""

    host = models.CharField(_("host"), max_length=253)
    asked_at = models.DateTimeField(_("asked at"))
    is_found = models.BooleanField(_("found"), default=False)
    is_valid = models.BooleanField(_("valid"), default=False)
    expires = models.DateTimeField(_("holds until"), null=True)
    findings = models.JSONField(_("findings"), default=list)

    objects = SecurityTxtQuerySet.as_manager()

    class Meta:
        verbose_name = _("security.txt of a team")
        verbose_name_plural = _("security.txt of teams")
        ordering = ("team",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="security_txt_once", fields=("team",)),
            RowWall(name="security_txt_wall", read=IN_THE_NETWORK, write=NOBODY),
            SameState(name="security_txt_same_state", parent="team"),
            Audited(name="security_txt_audited"),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.host}"


class Drill(models.Model):
    """A contact test of the network: each team called is to answer, and the time it takes is kept."""

    title = models.CharField(_("title"), max_length=120)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("answer until"))

    objects = DrillQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact test")
        verbose_name_plural = _("contact tests")
        ordering = ("-started_at", "-pk")
        constraints: ClassVar = (
            RowWall(name="drill_wall", read=f"{{community}} OR {CALLED}", write=NOBODY),
            Locked(name="drill_locked"),
            Audited(name="drill_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("drill-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.ends_at > timezone.now()


class DrillCall(Job):
    """One team called in a contact test, and when and how it answered. The row is also the mail that calls it.

    Of the secrets in its links only digests are kept, one for each attempt at sending. `address` is where it went.
    """

    class How(models.TextChoices):
        LINK = "link", _("By the link in the mail")
        PORTAL = "portal", _("In the portal")
        PHONE = "phone", _("By telephone")

    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, related_name="calls", verbose_name=_("contact test"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="calls", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    digests = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    called_at = models.DateTimeField(_("called at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    how = models.CharField(_("how"), max_length=6, choices=How.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DrillCallQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("call of a contact test")
        verbose_name_plural = _("calls of contact tests")
        ordering = ("drill_id", "team_id")
        constraints: ClassVar = (
            models.UniqueConstraint(name="drill_call_once", fields=("drill", "team")),
            RowWall(name="drill_call_wall", read=OWN_TEAM_OR_STATE, write=NOBODY),
            SameState(name="drill_call_same_state", parent="team"),
            Audited(name="drill_call_audited"),
        )

    def __str__(self) -> str:
        return f"{self.drill}, {self.team}"

    def perform(self) -> None:
        calls.send(self)

    @property
    def minutes(self) -> int | None:
        """From the call to the answer, whole and at least one; from the start where nothing could be sent."""
        if self.answered_at is None:
            return None
        began = min(self.called_at or self.drill.started_at, self.answered_at)
        return max(1, round((self.answered_at - began).total_seconds() / 60))
