from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ending, User
from common.walls import EVERYBODY, NOBODY, OWN_STATE, Audited, RowWall, SameState
from csirt_network.querysets.teams import NetworkMembershipQuerySet, TeamMemberQuerySet, TeamQuerySet
from csirt_network.sectors import LANGUAGES, Sector
from documents.models import Source
from member_states.models import MemberState

OWN_TEAM = "team_id = ANY ({teams})"
OWN_TEAM_OR_STATE = f"{OWN_TEAM} OR {OWN_STATE}"


class Team(models.Model):
    """An incident response team of a member state: what is published about it. Everybody may read this much."""

    class Kind(models.TextChoices):
        """Whom it serves (the published procedure of CSIRTAmericas speaks of national and of sectoral teams)."""

        NATIONAL = "national", _("National")
        GOVERNMENT = "government", _("Government")
        POLICE = "police", _("Police")
        DEFENCE = "defence", _("Armed forces")
        LOCAL = "local", _("Local government")
        SECTOR = "sector", _("Sector")
        ACADEMIC = "academic", _("Academia")

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="teams", verbose_name=_("state"))
    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NATIONAL)
    host = models.CharField(_("host organisation"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    year_established = models.PositiveSmallIntegerField(_("year established"), null=True, blank=True)
    countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("countries served (ISO 3166)"), default=list, blank=True
    )
    sectors = ArrayField(
        models.CharField(max_length=12, choices=Sector.choices),
        verbose_name=_("sectors served"),
        default=list,
        blank=True,
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=LANGUAGES), verbose_name=_("languages spoken"), default=list, blank=True
    )
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=1000)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("name",)
        constraints = (
            RowWall(name="team_wall", read=EVERYBODY, write="id = ANY ({teams})"),
            Audited(name="team_audited"),
        )

    def __str__(self) -> str:
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        return reverse("team-detail", args=[self.slug])


class NetworkMembership(Ending):
    """That a team is a member of the hemispheric network, from a day; it ends, or is suspended, with a reason.

    Only the programme writes it, for it decides what a team reads. `constituent_of` is the member team whose
    constituent this one is: what that team receives under TLP:AMBER reaches this one too.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))
    constituent_of = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="constituents",
        verbose_name=_("constituent of"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = NetworkMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of the network")
        verbose_name_plural = _("memberships of the network")
        ordering = ("team", "-starts_on")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="network_membership_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="network_membership_of_another",
                condition=models.Q(constituent_of=None) | ~models.Q(constituent_of=models.F("team")),
            ),
            models.UniqueConstraint(
                name="network_membership_once", fields=("team", "starts_on"), condition=models.Q(ended_at=None)
            ),
            RowWall(name="network_membership_wall", read=EVERYBODY, write=NOBODY),
            SameState(name="network_membership_same_state", parent="team"),
            SameState(name="network_membership_patron_same_state", parent="constituent_of"),
            Audited(name="network_membership_audited"),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.starts_on:%Y-%m-%d}"


class TeamMember(Ending):
    """A person of a team in the portal. Representatives act for the team; analysts read, answer and discuss.

    Every scope is made from this table, so it has no wall; `visible_to` keeps the names.
    """

    class Kind(models.TextChoices):
        REPRESENTATIVE = "representative", _("Representative")
        ANALYST = "analyst", _("Analyst")

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members", verbose_name=_("team"))
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="teams", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ("team", "kind", "person")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="team_member_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                name="team_member_once",
                fields=("team", "person", "kind", "starts_on"),
                condition=models.Q(ended_at=None),
            ),
            Audited(name="team_member_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}, {self.team}"
