"""What an update says of a national strategy in rows: when each stage was reached, its versions, who was consulted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from capability.models.facts import FACT_WALL, Fact, StrategyStatus
from common.mandate import Sector
from common.partial_dates import in_words
from common.walls import Audited, RowWall, SameState

PEOPLE = ("women", "men", "other", "not_stated")


class StrategyStep(Fact):
    """When one of the seven stages was reached: a year, a year and month, or a day."""

    step = models.CharField(_("stage"), max_length=14, choices=StrategyStatus.Step.choices)
    reached = models.CharField(_("reached"), max_length=10)

    class Meta:
        verbose_name = _("stage of a national strategy")
        verbose_name_plural = _("stages of national strategies")
        default_related_name = "strategy_steps"
        constraints = (
            models.UniqueConstraint(name="strategy_step_once", fields=("update", "step")),
            RowWall(name="strategy_step_wall", **FACT_WALL),
            SameState(name="strategy_step_same_state", parent="update"),
            Audited(name="strategy_step_audited"),
        )

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {self.reached}"


class StrategyVersion(Fact):
    """A strategy before or after the one that is in force."""

    title = models.CharField(_("title"), max_length=250)
    adopted = models.CharField(_("adopted"), max_length=10, blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("version of a national strategy")
        verbose_name_plural = _("versions of national strategies")
        default_related_name = "strategy_versions"
        constraints = (
            RowWall(name="strategy_version_wall", **FACT_WALL),
            SameState(name="strategy_version_same_state", parent="update"),
            Audited(name="strategy_version_audited"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> str:
        return in_words(self.adopted)


class StrategyConsultation(Fact):
    """A sector that was consulted, when, and how many people took part, as far as they were counted."""

    sector = models.CharField(_("sector"), max_length=14, choices=Sector.choices)
    held = models.CharField(_("held"), max_length=10, blank=True)
    women = models.PositiveIntegerField(_("women"), null=True, blank=True)
    men = models.PositiveIntegerField(_("men"), null=True, blank=True)
    other = models.PositiveIntegerField(_("other"), null=True, blank=True)
    not_stated = models.PositiveIntegerField(_("not stated"), null=True, blank=True)

    class Meta:
        verbose_name = _("consultation on a national strategy")
        verbose_name_plural = _("consultations on national strategies")
        default_related_name = "strategy_consultations"
        constraints = (
            RowWall(name="strategy_consultation_wall", **FACT_WALL),
            SameState(name="strategy_consultation_same_state", parent="update"),
            Audited(name="strategy_consultation_audited"),
        )

    def __str__(self) -> str:
        return str(self.get_sector_display())

    @property
    def when(self) -> str:
        return in_words(self.held)

    @property
    def participants(self) -> int | None:
        """All that were counted; None when nobody was."""
        counted = [number for number in (self.women, self.men, self.other, self.not_stated) if number is not None]
        return sum(counted) if counted else None
