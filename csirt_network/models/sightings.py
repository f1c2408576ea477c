"""That a team has seen, or not seen, what an alert describes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.walls import Audited, Locked, RowWall
from csirt_network.indicators import defang
from csirt_network.models.alerts import Alert
from csirt_network.models.of_alerts import AMONG_US, BY_ME, OWN_TEAM, READ_OF_TEAM, STAFF_READ_OF_TEAM
from csirt_network.models.teams import Team
from csirt_network.models.writing import Indicator
from csirt_network.querysets.sightings import SightingQuerySet

SEE = f"{AMONG_US} AND {BY_ME} AND {OWN_TEAM}"


class Sighting(models.Model):
    """`indicator` is empty where the team says that it saw this, and not what. A count of 0: looked for, not there."""

    class Kind(models.TextChoices):
        """The three of MISP."""

        SEEN = "seen", _("Seen")
        FALSE_POSITIVE = "false-positive", _("False positive")
        EXPIRED = "expired", _("Expired: no longer used")

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="sightings", verbose_name=_("alert"))
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("indicator")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    count = models.PositiveIntegerField(_("how often"), default=1)
    seen_on = models.DateField(_("seen on"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    key = models.UUIDField(unique=True, editable=False)

    objects = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ("-at", "-pk")
        constraints: ClassVar = (
            RowWall(name="sighting_wall", read=READ_OF_TEAM, write=SEE, staff_read=STAFF_READ_OF_TEAM, staff_write=SEE),
            Locked(name="sighting_locked"),
            Audited(name="sighting_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.get_kind_display()} {self.count}"

    @property
    def harmless(self) -> str:
        return defang(self.indicator.value, self.indicator.kind) if self.indicator else ""
