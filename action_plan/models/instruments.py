"""The instruments that the programme's mandate rests on, and what implements them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.models.activities import SEES_ACTIVITY, Activity
from action_plan.querysets.instruments import (
    InstrumentActivityQuerySet,
    InstrumentPointQuerySet,
    InstrumentQuerySet,
)
from common.mandate import Point
from common.partial_dates import in_words
from common.translated import Translated
from common.walls import NOBODY, Audited, RowWall
from documents.models import Source


class Instrument(models.Model):
    """A strategy or declaration of the member states: published. `adopted` is as exact as the source."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("Strategy")
        DECLARATION = "declaration", _("Declaration")

    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=250)
    name_es = models.CharField(_("name in Spanish"), max_length=250, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=250, blank=True)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=250, blank=True)
    about_en = models.TextField(_("what it is, in English"), max_length=2000, blank=True)
    about_es = models.TextField(_("what it is, in Spanish"), max_length=2000, blank=True)
    about_fr = models.TextField(_("what it is, in French"), max_length=2000, blank=True)
    about_pt_br = models.TextField(_("what it is, in Portuguese"), max_length=2000, blank=True)
    adopted = models.CharField(_("adopted"), max_length=10)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)
    also_called = models.CharField(_("also called"), max_length=250, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    dated_by = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of the date and the reference"),
    )

    name = Translated("name")
    about = Translated("about")

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ("adopted", "pk")
        constraints: ClassVar = (Audited(name="instrument_audited", state=""),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("instrument-detail", args=[self.slug])

    @property
    def address(self) -> str:
        """Whole, for what leaves the portal."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def year(self) -> str:
        return self.adopted[:4]

    @property
    def when(self) -> str:
        return in_words(self.adopted)


class InstrumentPoint(models.Model):
    """That a point of the action plan implements an instrument, and who says so."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="points")
    point = models.PositiveSmallIntegerField(_("point"), choices=Point.choices)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    objects = InstrumentPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point that implements an instrument")
        verbose_name_plural = _("points that implement instruments")
        ordering = ("instrument", "point")
        constraints: ClassVar = (
            models.UniqueConstraint(name="instrument_point_once", fields=("instrument", "point")),
            Audited(name="instrument_point_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.get_point_display())


class InstrumentActivity(models.Model):
    """That an activity implements an instrument. Whoever reads of the activity reads this."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="implemented_by")
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="implements", verbose_name=_("activity")
    )

    objects = InstrumentActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity that implements an instrument")
        verbose_name_plural = _("activities that implement instruments")
        ordering = ("instrument", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="instrument_activity_once", fields=("instrument", "activity")),
            RowWall(name="instrument_activity_wall", read=SEES_ACTIVITY, write=NOBODY),
            Audited(name="instrument_activity_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.instrument}, {self.activity_id}"
