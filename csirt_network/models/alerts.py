from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.translated import Translated
from common.walls import Audited, RowWall
from csirt_network.models.labelled import READ, STAFF_READ, STAFF_WRITE, WRITE, Labelled
from csirt_network.querysets.alerts import AlertQuerySet
from csirt_network.rising import LabelKept


class Alert(Labelled):
    """What teams must know now. Numbered when it goes out; a version more each time it is updated; closed at the end.

    Its life is in its dates: written (nothing set), handed over, published, closed.
    """

    class Kind(models.TextChoices):
        ADVISORY = "advisory", _("Advisory")
        WARNING = "warning", _("Warning")
        REQUEST = "request", _("Request for information")
        INCIDENT = "incident", _("Incident notice")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    language = models.CharField(_("language it was written in"), max_length=5, default="en")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_pt_br = models.CharField(_("title in Portuguese"), max_length=200, blank=True)
    happening_en = models.TextField(_("what is happening, in English"), max_length=8000, blank=True)
    happening_es = models.TextField(_("what is happening, in Spanish"), max_length=8000, blank=True)
    happening_fr = models.TextField(_("what is happening, in French"), max_length=8000, blank=True)
    happening_pt_br = models.TextField(_("what is happening, in Portuguese"), max_length=8000, blank=True)
    to_do_en = models.TextField(_("what to do, in English"), max_length=8000, blank=True)
    to_do_es = models.TextField(_("what to do, in Spanish"), max_length=8000, blank=True)
    to_do_fr = models.TextField(_("what to do, in French"), max_length=8000, blank=True)
    to_do_pt_br = models.TextField(_("what to do, in Portuguese"), max_length=8000, blank=True)
    rsit = ArrayField(models.CharField(max_length=60), verbose_name=_("incident types"), default=list, blank=True)
    cves = ArrayField(models.CharField(max_length=20), verbose_name=_("CVE ids"), default=list, blank=True)
    products = models.TextField(_("affected products"), max_length=4000, blank=True)
    answer_by = models.DateTimeField(_("answer due"), null=True, blank=True)
    is_exercise = models.BooleanField(_("exercise"), default=False)
    handed_over_at = models.DateTimeField(_("handed to the programme at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closing = models.TextField(_("how it ended"), max_length=1000, blank=True)
    given_back = models.TextField(_("why the programme gave it back"), max_length=1000, blank=True, editable=False)
    quotes = models.ManyToManyField(
        "self", through="Quote", symmetrical=False, related_name="quoted_by", verbose_name=_("alerts it quotes")
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    relabelled = models.PositiveIntegerField(default=0, editable=False)  # how often its label changed since it is out
    edited = models.PositiveIntegerField(default=0, editable=False)  # two who edit at once: the second is told

    title = Translated("title")
    happening = Translated("happening")
    to_do = Translated("to_do")

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ("-published_at", "-pk")
        indexes = (models.Index(name="alert_by_publication", fields=("published_at", "id")),)
        constraints: ClassVar = (
            models.UniqueConstraint(name="alert_number_once", fields=("year", "number")),
            models.CheckConstraint(
                name="alert_out_has_number",
                condition=models.Q(published_at=None) | models.Q(number__isnull=False, year__isnull=False),
            ),
            RowWall(name="alert_wall", read=READ, write=WRITE, staff_read=STAFF_READ, staff_write=STAFF_WRITE),
            LabelKept(name="alert_label_kept"),
            Audited(name="alert_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title_in_any}".strip()

    def get_absolute_url(self) -> str:
        return reverse("alert-detail", args=[self.pk])

    @property
    def is_out(self) -> bool:
        return self.published_at is not None

    @property
    def is_offered(self) -> bool:
        """Handed to the programme, which has neither published it nor given it back."""
        return self.handed_over_at is not None and self.published_at is None

    @property
    def code(self) -> str:
        """2026-031, once it is out."""
        return f"{self.year}-{self.number:03d}" if self.number else ""

    @property
    def title_in_any(self) -> str:
        """In the reader's language, or in the one it was written in."""
        return self.title or next((t for t in (self.title_es, self.title_fr, self.title_pt_br) if t), "")
