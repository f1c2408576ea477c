"""The people whom public texts name, with the title they held then: titles belong to the occasion, not the person."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan.models import Activity
from common.translated import Translated
from common.walls import NOBODY, Audited, RowWall
from documents.models import Source
from partnerships.models.agreements import Agreement, Party
from partnerships.querysets.people import AppearanceQuerySet, NamedPersonQuerySet

SEES_ONE = (
    "EXISTS (SELECT 1 FROM partnerships_agreement a WHERE a.id = agreement_id)"
    " OR EXISTS (SELECT 1 FROM action_plan_activity a WHERE a.id = activity_id)"
)


class NamedPerson(models.Model):
    """Somebody whom a public text names. No account, and no more than the name."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    objects = NamedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person named in public")
        verbose_name_plural = _("people named in public")
        ordering = ("name",)
        constraints: ClassVar = (Audited(name="named_person_audited", state=""),)

    def __str__(self) -> str:
        return self.name


class Appearance(models.Model):
    """What a source says of a person at an agreement or an activity. To sign, to be there and to be quoted differ."""

    class Part(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("person", "Signed")
        PRESENT = "present", pgettext_lazy("person", "Present")
        QUOTED = "quoted", _("Quoted")
        PICTURED = "pictured", _("Pictured")
        ANNOUNCED = "announced", _("Announced it")
        NAMED = "named", _("Named")  # the source says no more

    person = models.ForeignKey(NamedPerson, on_delete=models.PROTECT, related_name="appearances")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, null=True, related_name="people")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, related_name="people_named")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    organisation = models.CharField(_("organisation"), max_length=200)
    title_en = models.CharField(_("title then, in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title then, in Spanish"), max_length=200, blank=True)
    title_fr = models.CharField(_("title then, in French"), max_length=200, blank=True)
    title_pt_br = models.CharField(_("title then, in Portuguese"), max_length=200, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    title = Translated("title")

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance of a person")
        verbose_name_plural = _("appearances of people")
        ordering = ("agreement", "activity", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="appearance_at_one",
                condition=models.Q(agreement=None, activity__isnull=False)
                | models.Q(agreement__isnull=False, activity=None),
            ),
            models.UniqueConstraint(
                name="appearance_once",
                fields=("person", "agreement", "activity", "part", "source"),
                nulls_distinct=False,
            ),
            RowWall(name="appearance_wall", read=SEES_ONE, write=NOBODY),
            Audited(name="appearance_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_part_display()}"
