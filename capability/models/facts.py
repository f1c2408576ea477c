"""What is known of a state beside its stages, row by row with its source: reported until the state confirms it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from capability.models.framework import ThreatClass
from capability.models.updates import Update
from capability.querysets import FactQuerySet
from common.mandate import Point
from common.walls import NOBODY, OWN_STATE_OR_SHARED, Audited, RowWall, SameState
from documents.models import Source
from member_states.models import MemberState, Sharing

FACT_WALL = {"read": OWN_STATE_OR_SHARED, "write": NOBODY}


class Fact(models.Model):
    """`as_of` is the source's own date (a year, a year and month, or a day). With an `update`, the state said it."""

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, verbose_name=_("member state"))
    update = models.ForeignKey(Update, on_delete=models.PROTECT, null=True, blank=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    source_note = models.TextField(_("where in the source"), blank=True)
    as_of = models.CharField(_("as of"), max_length=10, blank=True)
    is_current = models.BooleanField(_("current"), default=True)
    audience = models.CharField(_("who sees it"), max_length=10, choices=Sharing.choices, default=Sharing.PUBLIC)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_confirmed(self) -> bool:
        return self.update_id is not None


class CsirtStatus(Fact):
    class Status(models.TextChoices):
        NONE = "none", _("No national CSIRT")
        PLANNED = "planned", _("Planned")
        SETTING_UP = "setting up", _("Being set up")
        OPERATIONAL = "operational", _("Operational")
        UNKNOWN = "unknown", _("Not known")

    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    host = models.CharField(_("host organisation"), max_length=200, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    established = models.PositiveSmallIntegerField(_("year established"), null=True, blank=True)
    constituency = models.CharField(_("constituency"), max_length=60, blank=True)
    answers_day_and_night = models.BooleanField(_("answers 24 hours a day, 7 days a week"), null=True, blank=True)
    is_national = models.BooleanField(_("the national team"), default=True)

    class Meta:
        verbose_name = _("CSIRT status")
        verbose_name_plural = _("CSIRT status")
        default_related_name = "csirt_statuses"
        constraints = (
            models.UniqueConstraint(
                name="csirt_status_current_once",
                fields=("state",),
                condition=models.Q(is_current=True, is_national=True),
            ),
            RowWall(name="csirt_status_wall", **FACT_WALL),
            SameState(name="csirt_status_same_state", parent="update"),
            Audited(name="csirt_status_audited"),
        )

    def __str__(self) -> str:
        return self.short_name or self.name or self.get_status_display()


class StrategyStatus(Fact):
    """The seven stages a national strategy goes through, and whether one is adopted and in force."""

    class Step(models.TextChoices):
        NONE = "none", _("None yet")
        INITIATION = "initiation", _("Initiation")
        STOCKTAKING = "stocktaking", _("Stocktaking")
        DRAFTING = "drafting", _("Drafting")
        CONSULTATION = "consultation", _("Consultation")
        ADOPTION = "adoption", _("Adoption")
        IMPLEMENTATION = "implementation", _("Implementation")
        EVALUATION = "evaluation", _("Evaluation")
        UNKNOWN = "unknown", _("Not known")

    step = models.CharField(_("stage"), max_length=14, choices=Step.choices)
    in_force = models.BooleanField(_("an adopted strategy is in force"), default=False)
    title = models.CharField(_("title"), max_length=250, blank=True)
    adopted = models.CharField(_("adopted"), max_length=10, blank=True)
    later_versions = models.CharField(_("later versions"), max_length=250, blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("national strategy")
        verbose_name_plural = _("national strategies")
        default_related_name = "strategy_statuses"
        constraints = (
            models.UniqueConstraint(
                name="strategy_status_current_once", fields=("state",), condition=models.Q(is_current=True)
            ),
            RowWall(name="strategy_status_wall", **FACT_WALL),
            SameState(name="strategy_status_same_state", parent="update"),
            Audited(name="strategy_status_audited"),
        )

    def __str__(self) -> str:
        return self.title or self.get_step_display()


class ThreatLevel(Fact):
    """How far one kind of threat reaches in a state, in the period of an update.

    What nobody assessed is another answer than what was looked for and not seen.
    """

    class Level(models.TextChoices):
        UNASSESSED = "unassessed", _("Not assessed")
        NONE = "none", _("Not seen")
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Trend(models.TextChoices):
        FALLING = "falling", _("Falling")
        STEADY = "steady", _("Steady")
        RISING = "rising", _("Rising")

    threat = models.ForeignKey(ThreatClass, on_delete=models.PROTECT, related_name="+", verbose_name=_("threat"))
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    trend = models.CharField(_("trend"), max_length=7, choices=Trend.choices, blank=True)

    class Meta:
        verbose_name = _("threat level")
        verbose_name_plural = _("threat picture")
        default_related_name = "threat_levels"
        constraints = (
            models.UniqueConstraint(name="threat_level_once", fields=("update", "threat")),
            RowWall(name="threat_level_wall", **FACT_WALL),
            SameState(name="threat_level_same_state", parent="update"),
            Audited(name="threat_level_audited"),
        )

    def __str__(self) -> str:
        return f"{self.threat}: {self.get_level_display()}"


class SupportRequest(Fact):
    class Answer(models.TextChoices):
        NEW = "new", _("New")
        PLANNED = "planned", _("Planned")
        DECLINED = "declined", _("Declined")

    point = models.PositiveSmallIntegerField(_("point"), choices=Point.choices)
    need = models.TextField(_("what is needed"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, default=Answer.NEW)

    class Meta:
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")
        default_related_name = "support_requests"
        constraints = (
            models.UniqueConstraint(name="support_request_once", fields=("update", "point")),
            RowWall(name="support_request_wall", **FACT_WALL),
            SameState(name="support_request_same_state", parent="update"),
            Audited(name="support_request_audited"),
        )

    def __str__(self) -> str:
        return self.need


class PublishedFact(models.Model):
    """What somebody else published of a state: public by nature, so it needs no wall."""

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, verbose_name=_("member state"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    source_note = models.TextField(_("where in the source"), blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True


class ExternalIndex(PublishedFact):
    """A figure of an index of others (ITU GCI, NCSI) by its edition: shown beside a state's answers, never mixed in."""

    class Kind(models.TextChoices):
        GCI = "gci", _("Global Cybersecurity Index (ITU)")
        NCSI = "ncsi", _("National Cyber Security Index (e-Governance Academy)")

    kind = models.CharField(_("index"), max_length=4, choices=Kind.choices)
    edition = models.CharField(_("edition"), max_length=120)
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=3)
    scale = models.CharField(_("scale"), max_length=10)
    rank = models.PositiveSmallIntegerField(_("world rank"), null=True, blank=True)
    tier = models.CharField(_("tier"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("external index")
        verbose_name_plural = _("external indices")
        default_related_name = "external_indices"
        ordering = ("kind", "edition")
        constraints: ClassVar = (
            models.UniqueConstraint(name="external_index_once", fields=("state", "kind", "edition")),
            Audited(name="external_index_audited"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.edition}: {self.score}"


class Law(PublishedFact):
    class Kind(models.TextChoices):
        BUDAPEST = "budapest", _("Convention on Cybercrime (Budapest)")
        CYBERCRIME = "cybercrime", _("Cybercrime law")
        DATA_PROTECTION = "data protection", _("Data protection law")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("name or status"), max_length=250)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        default_related_name = "laws"
        ordering = ("kind",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="law_once", fields=("state", "kind")),
            Audited(name="law_audited"),
        )

    def __str__(self) -> str:
        return self.name
