"""What teams claim as theirs, and what was found to touch it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.tlp import Tlp
from common.walls import EVERYBODY, NOBODY, Audited, Locked, RowWall, SameState
from csirt_network import indicators
from csirt_network.models import Alert, Team
from csirt_network.models.subscriptions import PORTAL_ITSELF
from csirt_network.models.teams import OWN_TEAM
from exchange import early_warning
from exchange.assets import CHOICES
from exchange.models.collections import Collection
from exchange.models.objects import StixObject
from exchange.querysets.claims import AssetClaimQuerySet, EarlyWarningQuerySet, WarningLookQuerySet
from notices.models import Job

# The inner SELECTs are under the walls of their own tables.
OF_READABLE_ITEM = """(alert_id IS NULL OR EXISTS (SELECT 1 FROM csirt_network_alert a WHERE a.id = alert_id))
    AND (object_id IS NULL OR EXISTS (SELECT 1 FROM exchange_stixobject o WHERE o.id = object_id))"""
READ = f"({OWN_TEAM} OR backup_id = ANY ({{teams}})) AND {OF_READABLE_ITEM}"
WRITE = f"{OWN_TEAM} AND {OF_READABLE_ITEM}"


class AssetClaim(models.Model):
    """That a team says a network, a domain or an autonomous system is its own; approved by the programme.

    `edited` counts its steps: of two who decide at once, the second is told.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for the programme")
        APPROVED = "approved", pgettext_lazy("claim", "Approved")
        REFUSED = "refused", pgettext_lazy("claim", "Refused")
        ENDED = "ended", pgettext_lazy("claim", "Ended")

    MOST: ClassVar[int] = 500  # standing ones of one team

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="asset_claims", verbose_name=_("team"))
    kind = models.CharField(_("kind"), max_length=16, choices=CHOICES)
    value = models.CharField(_("network, domain or system"), max_length=255)
    note = models.TextField(_("what shows that it is the team’s"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    why_ended = models.TextField(_("why it ended"), max_length=1000, blank=True)
    edited = models.PositiveIntegerField(default=0, editable=False)

    objects = AssetClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of a network or domain")
        verbose_name_plural = _("claims of networks and domains")
        ordering = ("team", "kind", "value")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="asset_claim_once",
                fields=("team", "kind", "value"),
                condition=models.Q(status__in=("asked", "approved")),
            ),
            models.CheckConstraint(
                name="asset_claim_decided_by_another",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="asset_claim_says_who_decided",
                condition=models.Q(status__in=("asked", "ended")) | models.Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="asset_claim_refused_with_reason", condition=~models.Q(status="refused") | ~models.Q(reason="")
            ),
            # A team asks and ends; it is the programme that approves and refuses.
            RowWall(
                name="asset_claim_wall",
                read=OWN_TEAM,
                write=OWN_TEAM,
                becomes=f"{OWN_TEAM} AND status IN ('asked', 'ended')",
            ),
            Audited(name="asset_claim_audited", state=""),
        )

    def __str__(self) -> str:
        return self.value

    def get_absolute_url(self) -> str:
        return reverse("claim-detail", args=[self.pk])

    @property
    def defanged(self) -> str:
        return indicators.defang(self.value, self.kind)


class EarlyWarning(models.Model):
    """That a value of an alert or of a stored object touches what a team claims. Written once, by the portal alone.

    `item` names the alert or the object in all its versions. `backup` is whom it was told besides the team, because it
    may read the item too; it is not told the claim. `told_with`: the first of those in the same mail.
    """

    class Status(models.TextChoices):
        NEW = "new", pgettext_lazy("early warning", "New")
        LOOKING = "looking", pgettext_lazy("early warning", "We look into it")
        DONE = "done", pgettext_lazy("early warning", "Done")
        FALSE = "false", pgettext_lazy("early warning", "False alarm")

    claim = models.ForeignKey(AssetClaim, on_delete=models.PROTECT, related_name="warnings", verbose_name=_("claim"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="early_warnings", verbose_name=_("team"))
    backup = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("back-up that was told as well")
    )
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("alert"))
    object = models.ForeignKey(
        StixObject, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("STIX object")
    )
    item = models.CharField(max_length=150, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=indicators.Kind.choices)
    value = models.TextField(_("value"))
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    told_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("seen by")
    )
    seen_at = models.DateTimeField(_("seen at"), null=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.NEW)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("handled by")
    )
    handled_at = models.DateTimeField(_("handled at"), null=True)

    objects = EarlyWarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("early warning")
        verbose_name_plural = _("early warnings")
        ordering = ("-found_at", "-pk")
        indexes: ClassVar = (models.Index(name="early_warning_by_mail", fields=("told_with",)),)
        constraints: ClassVar = (
            models.UniqueConstraint(name="early_warning_once", fields=("claim", "item", "kind", "value")),
            models.CheckConstraint(
                name="early_warning_of_one_item",
                condition=models.Q(alert=None, object__isnull=False) | models.Q(alert__isnull=False, object=None),
            ),
            RowWall(
                name="early_warning_wall",
                read=READ,
                write=WRITE,
                staff_read=f"({READ}) OR {PORTAL_ITSELF}",
                staff_write=f"({WRITE}) OR {PORTAL_ITSELF}",
            ),
            SameState(name="early_warning_same_team", parent="claim", column="team_id"),
            Locked(
                name="early_warning_locked",
                but=("seen_by_id", "seen_at", "status", "note", "handled_by_id", "handled_at"),
            ),
            Audited(name="early_warning_audited", state="", private=True, without="value"),
        )

    def __str__(self) -> str:
        return f"{self.claim_id}, {self.item}"

    def get_absolute_url(self) -> str:
        return reverse("warning-detail", args=[self.pk])

    @property
    def defanged(self) -> str:
        return indicators.defang(self.value, self.kind)

    @property
    def look(self) -> str:
        """A code of the house's table of status words."""
        return f"warning {self.status}"

    @property
    def tlp(self) -> str:
        """The label under which the item is held."""
        held = self.alert or self.object
        return held.tlp if held else Tlp.STRICT

    @property
    def item_name(self) -> str:
        return str(self.alert.code if self.alert else self.object)

    @property
    def item_url(self) -> str:
        return self.alert.get_absolute_url() if self.alert else reverse("object-detail", args=[self.object_id])


class WarningLook(Job):
    """What is to be looked through: an alert's version, what came into a collection, all for a new claim; or all anew.

    `up_to` is how far a collection was looked through, for the next look to go on from there.
    """

    MAX_ATTEMPTS = 16

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    claim = models.ForeignKey(AssetClaim, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    up_to = models.DateTimeField(null=True, editable=False)

    objects = WarningLookQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("look for early warnings")
        verbose_name_plural = _("looks for early warnings")
        ordering = ("-queued_at", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="warning_look_at_version_once",
                fields=("alert", "version"),
                condition=models.Q(alert__isnull=False),
            ),
            models.UniqueConstraint(
                name="warning_look_for_claim_once", fields=("claim",), condition=models.Q(claim__isnull=False)
            ),
            # One that nobody has begun is enough for a collection, and for everything.
            models.UniqueConstraint(
                name="warning_look_into_collection_once",
                fields=("collection",),
                condition=models.Q(collection__isnull=False, status="queued", attempts=0),
            ),
            models.UniqueConstraint(
                name="warning_look_anew_once",
                fields=("status",),
                condition=models.Q(alert=None, collection=None, claim=None, status="queued", attempts=0),
            ),
            RowWall(
                name="warning_look_wall",
                read=NOBODY,
                write=NOBODY,
                becomes=EVERYBODY,
                staff_read=PORTAL_ITSELF,
                staff_write=PORTAL_ITSELF,
                staff_becomes=EVERYBODY,
            ),
            Audited(name="warning_look_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def perform(self) -> None:
        early_warning.walk(self)
