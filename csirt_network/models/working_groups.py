"""Working groups of the network: a mandate for all to see; members, meetings and papers for those who take part."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.days import today
from common.tlp import Tlp
from common.translated import SUFFIXES, Translated
from common.walls import NOBODY, Audited, Locked, RowWall
from csirt_network.models.files import KeptFile
from csirt_network.models.teams import OWN_TEAM, Team
from csirt_network.querysets.working_groups import OfGroupQuerySet, SeatQuerySet, WorkingGroupQuerySet

MINE = "group_id IN (SELECT seat.group_id FROM csirt_network_workinggroupseat seat WHERE seat.team_id = ANY ({teams}))"
IN_CHAIR = "group_id IN (SELECT g.id FROM csirt_network_workinggroup g WHERE g.chair_team_id = ANY ({teams}))"
IS_OPEN = "group_id IN (SELECT g.id FROM csirt_network_workinggroup g WHERE g.is_open)"


class WorkingGroup(models.Model):
    """The network reads this much; what the group does, its teams and the programme's staff."""

    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    name_es = models.CharField(_("name in Spanish"), max_length=150, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=150, blank=True)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=150, blank=True)
    mandate_en = models.TextField(_("mandate in English"), max_length=4000, blank=True)
    mandate_es = models.TextField(_("mandate in Spanish"), max_length=4000, blank=True)
    mandate_fr = models.TextField(_("mandate in French"), max_length=4000, blank=True)
    mandate_pt_br = models.TextField(_("mandate in Portuguese"), max_length=4000, blank=True)
    chair_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in the chair")
    )
    is_open = models.BooleanField(_("any team of the network may join"), default=False)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    name = Translated("name")
    mandate = Translated("mandate")

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ("slug",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="working_group_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            RowWall(name="working_group_wall", read="{community}", write=NOBODY),
            Audited(name="working_group_audited", state=""),
        )

    def __str__(self) -> str:
        return self._in_any("name")

    def get_absolute_url(self) -> str:
        return reverse("working-group", args=[self.slug])

    @property
    def aim(self) -> str:
        return self._in_any("mandate")

    @property
    def is_running(self) -> bool:
        return self.ends_on is None or self.ends_on >= today()

    def _in_any(self, prefix: str) -> str:
        given = (getattr(self, f"{prefix}_{suffix}") for suffix in SUFFIXES)
        return getattr(self, prefix) or next((text for text in given if text), "")


class WorkingGroupSeat(models.Model):
    """A team in a working group. The wall shows each team its own seat; the others are known by their members."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="seats")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    since = models.DateField(_("since"), default=today)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("team in a working group")
        verbose_name_plural = _("teams in working groups")
        ordering = ("group", "team")
        constraints: ClassVar = (
            models.UniqueConstraint(name="working_group_seat_once", fields=("group", "team")),
            RowWall(name="working_group_seat_wall", read=OWN_TEAM, write=OWN_TEAM, becomes=f"{OWN_TEAM} AND {IS_OPEN}"),
            Audited(name="working_group_seat_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.group}"


class WorkingGroupMember(models.Model):
    """A person who takes part for a team."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="members")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    since = models.DateField(_("since"), default=today)

    objects = OfGroupQuerySet["WorkingGroupMember"].as_manager()

    class Meta:
        verbose_name = _("member of a working group")
        verbose_name_plural = _("members of working groups")
        ordering = ("group", "team", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="working_group_member_once", fields=("group", "person")),
            RowWall(name="working_group_member_wall", read=MINE, write=f"{OWN_TEAM} AND {MINE}"),
            Audited(name="working_group_member_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.group}"


class Meeting(models.Model):
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=150)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to take part online"), max_length=400, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = OfGroupQuerySet["Meeting"].as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-starts_at", "-pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="meeting_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
            RowWall(name="meeting_wall", read=MINE, write=IN_CHAIR),
            Audited(name="meeting_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title


class Paper(KeptFile):
    """What a group works on, or the minutes of a meeting. Never changed: a newer one is another paper."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="papers")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="minutes", verbose_name=_("minutes of")
    )
    title = models.CharField(_("title"), max_length=150)
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = OfGroupQuerySet["Paper"].as_manager()

    class Meta:
        verbose_name = _("paper of a working group")
        verbose_name_plural = _("papers of working groups")
        ordering = ("-at", "-pk")
        constraints: ClassVar = (
            # The group reads it whole: what is for single persons or teams does not belong here.
            models.CheckConstraint(name="paper_never_red", condition=~models.Q(tlp=Tlp.RED)),
            RowWall(name="paper_wall", read=MINE, write=f"{MINE} AND by_id = {{person}}"),
            Locked(name="paper_locked"),
            Audited(name="paper_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title
