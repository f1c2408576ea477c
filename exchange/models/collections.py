"""What a team's programs poll: one collection per audience (TAXII 2.1, section 5)."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from common.walls import NOBODY, Audited, RowWall
from csirt_network.models import SharingGroup, Team
from csirt_network.models.audiences import MY_GROUPS
from csirt_network.models.subscriptions import PORTAL_ITSELF
from exchange.querysets.collections import CollectionQuerySet

READ = f"""kind = 'public' OR (kind = 'community' AND {{community}})
    OR team_id = ANY ({{teams}}) OR group_id IN {MY_GROUPS}"""


class Collection(models.Model):
    """Objects for the same readers: everybody, the community, a sharing group, or one team."""

    class Kind(models.TextChoices):
        PUBLIC = "public", _("Public")
        COMMUNITY = "community", _("Community of the network")
        GROUP = "group", _("Sharing group")
        TEAM = "team", _("One team")

    LABELS: ClassVar = {Kind.PUBLIC: Tlp.CLEAR, Kind.COMMUNITY: Tlp.GREEN, Kind.GROUP: Tlp.AMBER, Kind.TEAM: Tlp.STRICT}

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    group = models.ForeignKey(
        SharingGroup, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("sharing group")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="collection_once", fields=("kind", "group", "team"), nulls_distinct=False),
            models.CheckConstraint(
                name="collection_is_of_one",
                condition=models.Q(kind__in=("public", "community"), group=None, team=None)
                | models.Q(kind="group", group__isnull=False, team=None)
                | models.Q(kind="team", group=None, team__isnull=False),
            ),
            RowWall(
                name="collection_wall",
                read=READ,
                write=NOBODY,
                staff_read=f"{READ} OR kind = 'community' OR {PORTAL_ITSELF}",
                staff_write=PORTAL_ITSELF,
            ),
            Audited(name="collection_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.group or self.team or self.get_kind_display())

    @property
    def tlp(self) -> Tlp:
        """The widest label it takes, under which it holds whatever is labelled wider."""
        return self.LABELS[self.Kind(self.kind)]

    @property
    def hides_members(self) -> bool:
        """Whether its readers may not learn from one another who is among them."""
        return self.group is not None and self.group.hides_members

    @property
    def alias(self) -> str:
        """A readable name for addresses (TAXII 2.1, section 5.2.1)."""
        of = self.group or self.team
        return f"{self.kind}-{of.slug}" if of else self.kind

    def takes_from(self, team: Team) -> bool:
        """Whether a team that may read it may bring objects into it."""
        if self.kind == self.Kind.GROUP and self.group:
            return self.group.is_running
        return self.kind == self.Kind.COMMUNITY or (self.kind == self.Kind.TEAM and self.team_id == team.pk)

    @property
    def title(self) -> str:
        """In English, which TAXII titles are."""
        named = {
            self.Kind.PUBLIC: gettext("Public"),
            self.Kind.COMMUNITY: gettext("Community of the network"),
        }
        return named.get(self.Kind(self.kind)) or str(self)

    @property
    def takes_pushes(self) -> bool:
        """What everybody reads is published by people alone, and a group that has ended is read on."""
        return self.kind != self.Kind.PUBLIC and (self.group is None or self.group.is_running)
