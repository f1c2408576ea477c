"""Whom something is for: as its author chose it, and as the portal worked it out on that day."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.days import today
from common.walls import NOBODY, Audited, Locked, RowWall
from csirt_network.models.teams import OWN_TEAM, Team
from csirt_network.querysets.audiences import (
    AudienceQuerySet,
    GroupMemberQuerySet,
    ReaderQuerySet,
    RecipientQuerySet,
    SharingGroupQuerySet,
)
from member_states.models import MemberState

OWN_AUDIENCE = "audience_id IN (SELECT own.id FROM csirt_network_audience own WHERE own.origin_id = ANY ({teams}))"
MY_GROUPS = "(SELECT my.group_id FROM csirt_network_groupmember my WHERE my.team_id = ANY ({teams}))"


class SharingGroup(models.Model):
    """Teams that are written to together. With hidden members, each sees that it is in the group, and no other."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    purpose = models.TextField(_("what it is for"), blank=True, max_length=1000)
    hides_members = models.BooleanField(_("members are hidden from each other"), default=False)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = SharingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("sharing group")
        verbose_name_plural = _("sharing groups")
        ordering = ("name",)
        constraints: ClassVar = (
            RowWall(name="sharing_group_wall", read=f"id IN {MY_GROUPS}", write=NOBODY),
            Audited(name="sharing_group_audited", state=""),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group-detail", args=[self.slug])

    @property
    def is_running(self) -> bool:
        return self.ends_on is None or self.ends_on >= today()


class GroupMember(models.Model):
    """A team in a sharing group. The wall shows each team its own row; where a group shows its members, the portal
    reads the others for it."""

    group = models.ForeignKey(SharingGroup, on_delete=models.CASCADE, related_name="members")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="groups", verbose_name=_("team"))

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("team in a sharing group")
        verbose_name_plural = _("teams in sharing groups")
        ordering = ("group", "team")
        constraints: ClassVar = (
            models.UniqueConstraint(name="group_member_once", fields=("group", "team")),
            RowWall(name="group_member_wall", read=OWN_TEAM, write=NOBODY),
            Audited(name="group_member_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.group}"


class Audience(models.Model):
    """Whom one item is for. `origin` is the team it comes from, also when readers are not told; None: the programme.

    Its readers are worked out once, when the item goes out, and never after: a new version has a new audience.
    """

    origin = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints: ClassVar = (
            RowWall(name="audience_wall", read="origin_id = ANY ({teams})", write="origin_id = ANY ({teams})"),
            Locked(name="audience_locked", but=("settled_at",)),
            Audited(name="audience_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Recipient(models.Model):
    """What an author chose: the whole network, a sub-region, a group, a team, a person, or the programme itself."""

    class Kind(models.TextChoices):
        NETWORK = "network", _("All teams of the network")
        SUB_REGION = "sub-region", _("The teams of a sub-region")
        GROUP = "group", _("A sharing group")
        TEAM = "team", _("A team")
        PERSON = "person", _("A person")
        PROGRAMME = "programme", _("The programme’s staff")

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="recipients")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    sub_region = models.CharField(_("sub-region"), max_length=20, choices=MemberState.SubRegion.choices, blank=True)
    group = models.ForeignKey(SharingGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="recipient_once",
                fields=("audience", "kind", "sub_region", "group", "team", "person"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="recipient_is_one",
                condition=models.Q(kind__in=("network", "programme"), sub_region="", group=None, team=None, person=None)
                | models.Q(models.Q(kind="sub-region", group=None, team=None, person=None) & ~models.Q(sub_region=""))
                | models.Q(kind="group", sub_region="", group__isnull=False, team=None, person=None)
                | models.Q(kind="team", sub_region="", group=None, team__isnull=False, person=None)
                | models.Q(kind="person", sub_region="", group=None, team=None, person__isnull=False),
            ),
            RowWall(name="recipient_wall", read=OWN_AUDIENCE, write=OWN_AUDIENCE),
            Locked(name="recipient_locked"),
            Audited(name="recipient_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.team or self.group or self.person or self.get_sub_region_display() or self.get_kind_display())


class Reader(models.Model):
    """One team, or one person, that an audience came to on the day it was settled. Each sees its own row alone."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="readers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints: ClassVar = (
            models.UniqueConstraint(name="reader_once", fields=("audience", "team", "person"), nulls_distinct=False),
            models.CheckConstraint(
                name="reader_is_one",
                condition=models.Q(team=None, person__isnull=False) | models.Q(team__isnull=False, person=None),
            ),
            RowWall(
                name="reader_wall",
                read=f"{OWN_TEAM} OR team_id = ANY ({{patrons}}) OR person_id = {{person}} OR {OWN_AUDIENCE}",
                write=OWN_AUDIENCE,
            ),
            Locked(name="reader_locked"),
            Audited(name="reader_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.team or self.person)
