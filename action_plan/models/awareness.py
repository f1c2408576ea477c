"""Point 5: what a campaign says to whom, its materials in four languages, and how many people it reached."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.models.activities import SEES_ACTIVITY, Activity
from action_plan.querysets.awareness import (
    CampaignQuerySet,
    MaterialDownloadQuerySet,
    MaterialFileQuerySet,
    MaterialQuerySet,
    ReachQuerySet,
)
from common.translated import Translated
from common.walls import NOBODY, Audited, Locked, RowWall
from csirt_network.models.files import KeptFile
from csirt_network.models.library import LANGUAGES

IS_OUT = "published_at IS NOT NULL AND withdrawn_at IS NULL"
SEES_MATERIAL = "EXISTS (SELECT 1 FROM action_plan_material m WHERE m.id = material_id)"
SEES_FILE = "EXISTS (SELECT 1 FROM action_plan_materialfile f WHERE f.id = file_id)"


class Channel(models.TextChoices):
    WEB = "web", _("Website")
    SOCIAL = "social", _("Social media")
    TELEVISION = "television", _("Television")
    RADIO = "radio", _("Radio")
    PRESS = "press", _("Press")
    EVENTS = "events", _("Events")
    SCHOOLS = "schools", _("Schools and universities")
    STREET = "street", _("Posters and leaflets")
    MESSAGES = "messages", _("Text messages and mail")


class Group(models.TextChoices):
    """Whom a campaign speaks to."""

    EVERYBODY = "everybody", _("Everybody")
    CHILDREN = "children", _("Children and young people")
    PARENTS = "parents", _("Parents and teachers")
    OLDER = "older", _("Older people")
    WOMEN = "women", _("Women and girls")
    BUSINESSES = "businesses", _("Small businesses")
    OFFICIALS = "officials", _("Public servants")
    OPERATORS = "operators", _("Operators of critical infrastructure")


class Campaign(models.Model):
    """Read by whoever reads of its activity."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="campaign")
    message = models.CharField(_("what it says, in one sentence"), max_length=300, blank=True)
    groups = ArrayField(
        models.CharField(max_length=10, choices=Group.choices), verbose_name=_("for whom"), default=list, blank=True
    )
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel.choices), verbose_name=_("channels"), default=list, blank=True
    )
    edited = models.PositiveIntegerField(default=0, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("awareness campaign")
        verbose_name_plural = _("awareness campaigns")
        constraints: ClassVar = (
            RowWall(name="campaign_wall", read=SEES_ACTIVITY, write=NOBODY),
            Audited(name="campaign_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("campaign-detail", args=[self.activity.slug])

    def group_names(self) -> list[str]:
        return [str(Group(code).label) for code in self.groups]

    def channel_names(self) -> list[str]:
        return [str(Channel(code).label) for code in self.channels]


class Material(models.Model):
    """Something to hand out, to show or to play. Once published, everybody may read and use it."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        LEAFLET = "leaflet", _("Leaflet")
        GUIDE = "guide", _("Guide")
        PICTURE = "picture", _("Picture for social media")
        SLIDES = "slides", _("Slides")
        SHEET = "sheet", _("Worksheet")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="materials")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_pt_br = models.CharField(_("title in Portuguese"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)

    in_languages: list["MaterialFile"]  # with_files()
    title = Translated("title", or_any=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material of a campaign")
        verbose_name_plural = _("materials of campaigns")
        ordering = ("-published_at", "-pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="material_withdrawn_after_publishing",
                condition=models.Q(withdrawn_at=None) | models.Q(published_at__isnull=False),
            ),
            RowWall(name="material_wall", read=IS_OUT, write=NOBODY),
            Audited(name="material_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("material-detail", args=[self.pk])

    @property
    def is_out(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None


class MaterialFile(KeptFile):
    """A material in one language. Written once; a newer one takes its place, and the older stays with its count."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    at = models.DateTimeField(_("added at"), auto_now_add=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, editable=False)

    objects = MaterialFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a material")
        verbose_name_plural = _("files of materials")
        ordering = ("material", "language", "-at")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="material_file_once", fields=("material", "language"), condition=models.Q(replaced_at=None)
            ),
            RowWall(name="material_file_wall", read=SEES_MATERIAL, write=NOBODY),
            Locked(name="material_file_locked", but=("replaced_at",)),
            Audited(name="material_file_audited", state=""),
        )


class MaterialDownload(models.Model):
    """How often a file was downloaded on a day (UTC); nothing is kept of who did it. A counter: no audit trail."""

    file = models.ForeignKey(MaterialFile, on_delete=models.PROTECT, related_name="downloads")
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=0)

    objects = MaterialDownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("downloads of a material")
        verbose_name_plural = _("downloads of materials")
        constraints: ClassVar = (
            models.UniqueConstraint(name="material_download_once", fields=("file", "day")),
            RowWall(name="material_download_wall", read=SEES_FILE, write=SEES_FILE),
        )

    def __str__(self) -> str:
        return str(self.count)


class Reach(models.Model):
    """A figure of how many a campaign reached, and how anybody knows.

    Figures of several channels are never added up: each may have reached the same people.
    """

    class Unit(models.TextChoices):
        PEOPLE = "people", _("People")
        VIEWS = "views", _("Views")
        VISITS = "visits", _("Visits of a page")
        COPIES = "copies", _("Copies handed out")
        BROADCASTS = "broadcasts", _("Broadcasts")

    class Method(models.TextChoices):
        COUNTED = "counted", _("Counted")
        REPORTED = "reported", _("Reported by the channel")
        SURVEYED = "surveyed", _("From a survey")
        ESTIMATED = "estimated", _("Estimated")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reached")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    number = models.PositiveBigIntegerField(_("number"))
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    method = models.CharField(_("how it is known"), max_length=9, choices=Method.choices)
    note = models.CharField(_("in words: who counted, what is left out"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("reach of a campaign")
        verbose_name_plural = _("reach of campaigns")
        ordering = ("campaign", "starts_on", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="reach_ends_after_start", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            RowWall(
                name="reach_wall",
                read="EXISTS (SELECT 1 FROM action_plan_campaign c WHERE c.id = campaign_id)",
                write=NOBODY,
            ),
            Audited(name="reach_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.get_unit_display()}"
