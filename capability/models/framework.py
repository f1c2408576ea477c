"""The maturity model: editions, dimensions, factors, indicators. A further edition is data, not code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from capability.querysets import FrameworkQuerySet
from common.translated import Translated
from common.walls import Audited
from documents.models import Source


class Stage(models.IntegerChoices):
    """The five stages of the Cybersecurity Capacity Maturity Model for Nations."""

    START_UP = 1, _("Start-up")
    FORMATIVE = 2, _("Formative")
    ESTABLISHED = 3, _("Established")
    STRATEGIC = 4, _("Strategic")
    DYNAMIC = 5, _("Dynamic")


class FourNames(models.Model):
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=200)
    name = Translated("name")

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ShortNames(models.Model):
    """A heading for narrow places."""

    short_en = models.CharField(_("short name in English"), max_length=60)
    short_es = models.CharField(_("short name in Spanish"), max_length=60)
    short_fr = models.CharField(_("short name in French"), max_length=60)
    short_pt_br = models.CharField(_("short name in Portuguese"), max_length=60)
    short = Translated("short")

    class Meta:
        abstract = True


class Edition(FourNames):
    """An edition of the model, by its year. `is_rated_by_states`: the one that rounds ask for."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    is_rated_by_states = models.BooleanField(_("rated by the states themselves"), default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    class Meta:
        verbose_name = _("framework edition")
        verbose_name_plural = _("framework editions")
        ordering = ("-year",)
        constraints = (Audited(name="edition_audited", state=""),)


class Dimension(FourNames, ShortNames):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="dimensions")
    code = models.CharField(_("code"), max_length=8)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(name="dimension_once", fields=("edition", "code")),
            Audited(name="dimension_audited", state=""),
        )


class Factor(FourNames, ShortNames):
    """What a dimension is made of. `question` and `aspects` (lines of "a | b | c") guide whoever answers."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="factors")
    code = models.CharField(_("code"), max_length=8)
    position = models.PositiveSmallIntegerField(_("position"))
    question_en = models.CharField(_("question in English"), max_length=250, blank=True)
    question_es = models.CharField(_("question in Spanish"), max_length=250, blank=True)
    question_fr = models.CharField(_("question in French"), max_length=250, blank=True)
    question_pt_br = models.CharField(_("question in Portuguese"), max_length=250, blank=True)
    question = Translated("question")
    aspects_en = models.TextField(_("aspects in English"), blank=True)
    aspects_es = models.TextField(_("aspects in Spanish"), blank=True)
    aspects_fr = models.TextField(_("aspects in French"), blank=True)
    aspects_pt_br = models.TextField(_("aspects in Portuguese"), blank=True)
    aspects = Translated("aspects")

    class Meta:
        verbose_name = _("factor")
        verbose_name_plural = _("factors")
        ordering = ("dimension", "position")
        constraints = (
            models.UniqueConstraint(name="factor_once", fields=("dimension", "code")),
            Audited(name="factor_audited", state=""),
        )

    @property
    def aspect_list(self) -> list[str]:
        return [aspect.strip() for aspect in self.aspects.split("|") if aspect.strip()]


class Indicator(FourNames):
    """What is rated. In the 2021 edition one per factor; in the 2016 edition 49, each led to a 2021 factor or none."""

    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, related_name="indicators")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=8)
    crosswalk = models.ForeignKey(
        Factor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forerunners",
        verbose_name=_("factor of the later edition"),
    )

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("factor__dimension__edition", "number")
        constraints = (
            models.UniqueConstraint(name="indicator_once", fields=("factor", "number")),
            Audited(name="indicator_audited", state=""),
        )


class StageSentence(models.Model):
    """What a stage means for one indicator: the programme's own words, not the model's official text."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="sentences")
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage.choices)
    text_en = models.TextField(_("sentence in English"))
    text_es = models.TextField(_("sentence in Spanish"))
    text_fr = models.TextField(_("sentence in French"))
    text_pt_br = models.TextField(_("sentence in Portuguese"))
    text = Translated("text")

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage sentence")
        verbose_name_plural = _("stage sentences")
        ordering = ("indicator", "stage")
        constraints = (
            models.UniqueConstraint(name="stage_sentence_once", fields=("indicator", "stage")),
            Audited(name="stage_sentence_audited", state=""),
        )

    def __str__(self) -> str:
        return self.text


class ThreatClass(FourNames):
    """A class of the Reference Security Incident Taxonomy (RSIT)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    help_en = models.CharField(_("help in English"), max_length=250)
    help_es = models.CharField(_("help in Spanish"), max_length=250)
    help_fr = models.CharField(_("help in French"), max_length=250)
    help_pt_br = models.CharField(_("help in Portuguese"), max_length=250)
    help = Translated("help")

    class Meta:
        verbose_name = _("threat class")
        verbose_name_plural = _("threat classes")
        ordering = ("position",)
        constraints = (Audited(name="threat_class_audited", state=""),)
