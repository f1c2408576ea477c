"""Good practices: guides, templates and exercises, each with its versions, a file per language and its TLP label."""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.mandate import Point
from common.tlp import Tlp
from common.translated import SUFFIXES, Translated
from common.walls import Audited, Locked, RowWall
from csirt_network.models.files import KeptFile
from csirt_network.models.labelled import READ, STAFF_READ, STAFF_WRITE, WRITE, Labelled
from csirt_network.querysets.library import (
    LibraryDownloadQuerySet,
    LibraryFileQuerySet,
    LibraryItemQuerySet,
    LibraryVersionQuerySet,
)
from csirt_network.rising import LibraryLabelKept
from csirt_network.rsit import CLASSES, class_choices
from csirt_network.sim3 import HIGHEST, PARAMETERS, Parameter, parameter_choices

SEES_ITEM = "item_id IN (SELECT i.id FROM csirt_network_libraryitem i)"
CHANGES_ITEM = "item_id IN (SELECT i.id FROM csirt_network_libraryitem i WHERE {})"
SEES_VERSION = "version_id IN (SELECT v.id FROM csirt_network_libraryversion v)"
OF_ITEM = {
    "read": SEES_ITEM,
    "write": CHANGES_ITEM.format(WRITE),
    "staff_read": SEES_ITEM,
    "staff_write": CHANGES_ITEM.format(STAFF_WRITE),
}
LANGUAGES: tuple[tuple[str, str | Promise], ...] = (
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("pt-br", _("Portuguese")),
)


def coded_parameters() -> list[tuple[str | Promise, list[tuple[str, str]]]]:
    """For `choices=` of forms: P-9 Emergency reachability process."""
    return [(group, [(code, f"{code} {name}") for code, name in held]) for group, held in parameter_choices()]


class Topic(models.TextChoices):
    BUILDING = "building", _("Setting up and running a team")
    HANDLING = "handling", _("Handling incidents")
    SHARING = "sharing", _("Sharing information")
    VULNERABILITIES = "vulnerabilities", _("Vulnerabilities and their disclosure")
    DETECTION = "detection", _("Detection and monitoring")
    RANSOMWARE = "ransomware", _("Ransomware")
    EXERCISES = "exercises", _("Exercises")
    AWARENESS = "awareness", _("Awareness")
    INFRASTRUCTURE = "infrastructure", _("Critical infrastructure")
    LAW = "law", _("Law and policy")
    PRESS = "press", _("Speaking to the public and the press")


class LibraryItem(Labelled):
    """Something to learn from or to work with. Its label holds for every version of it.

    Its life is in its dates: written (nothing set), published with its first version, withdrawn.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", _("Guide")
        TEMPLATE = "template", _("Template")
        EXERCISE = "exercise", _("Exercise")
        PRACTICE = "practice", _("Good practice")
        POLICY = "policy", _("Policy")
        TOOL = "tool", _("Tool")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_pt_br = models.CharField(_("title in Portuguese"), max_length=200, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=2000, blank=True)
    summary_es = models.TextField(_("summary in Spanish"), max_length=2000, blank=True)
    summary_fr = models.TextField(_("summary in French"), max_length=2000, blank=True)
    summary_pt_br = models.TextField(_("summary in Portuguese"), max_length=2000, blank=True)
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic.choices), verbose_name=_("topics"), default=list, blank=True
    )
    rsit = ArrayField(
        models.CharField(max_length=60, choices=class_choices),
        verbose_name=_("incident classes"),
        default=list,
        blank=True,
    )
    sim3 = ArrayField(
        models.CharField(max_length=4, choices=parameter_choices),
        verbose_name=_("SIM3 parameters"),
        default=list,
        blank=True,
    )
    sim3_level = models.PositiveSmallIntegerField(
        _("SIM3 level it helps to reach"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(HIGHEST)),
    )
    point = models.PositiveSmallIntegerField(_("point of the mandate"), choices=Point.choices, null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        editable=False,
    )
    latest = models.PositiveIntegerField(_("version"), default=0, editable=False)
    updated_at = models.DateTimeField(_("last version at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True, max_length=500)
    is_sample = models.BooleanField(_("invented, for the trial"), default=False, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)  # two who edit at once: the second is told

    title = Translated("title")
    summary = Translated("summary")

    objects = LibraryItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the library")
        verbose_name_plural = _("items of the library")
        ordering = ("-updated_at", "-pk")
        constraints: ClassVar = (
            # What only named persons may keep is no matter for a library.
            models.CheckConstraint(name="library_item_never_red", condition=~models.Q(tlp=Tlp.RED)),
            models.CheckConstraint(
                name="library_item_out_has_version", condition=models.Q(published_at=None) | models.Q(latest__gt=0)
            ),
            models.CheckConstraint(
                name="library_item_withdrawn_because",
                condition=models.Q(withdrawn_at=None, withdrawn_because="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_because=""),
            ),
            RowWall(name="library_item_wall", read=READ, write=WRITE, staff_read=STAFF_READ, staff_write=STAFF_WRITE),
            LibraryLabelKept(name="library_label_kept"),
            Audited(name="library_item_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.in_any("title")

    def get_absolute_url(self) -> str:
        return reverse("library-item", args=[self.pk])

    @property
    def heading(self) -> str:
        return self.in_any("title")

    @property
    def about(self) -> str:
        return self.in_any("summary")

    def in_any(self, prefix: str) -> str:
        """In the reader's language, in English, or in whichever there is."""
        given = (getattr(self, f"{prefix}_{suffix}") for suffix in SUFFIXES)
        return getattr(self, prefix) or next((text for text in given if text), "")

    def topic_names(self) -> list[str]:
        return [str(Topic(code).label) for code in self.topics]

    def class_names(self) -> list[str]:
        return [CLASSES[code].name for code in self.rsit if code in CLASSES]

    def parameters(self) -> list[Parameter]:
        return [PARAMETERS[code] for code in self.sim3 if code in PARAMETERS]

    def language_names(self) -> list[str | Promise]:
        return names_of(self.languages)


def names_of(codes: Iterable[str]) -> list[str | Promise]:
    held = set(codes)
    return [name for code, name in LANGUAGES if code in held]


class LibraryVersion(models.Model):
    """An item as it was published at one time; written once."""

    item = models.ForeignKey(
        LibraryItem, on_delete=models.PROTECT, related_name="versions", verbose_name=_("item of the library")
    )
    number = models.PositiveIntegerField(_("version"))
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices)
    lowered_because = models.CharField(_("why the label is lower now"), max_length=300, blank=True)
    changes = models.TextField(_("what changed"), blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("published at"), auto_now_add=True)

    objects = LibraryVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an item of the library")
        verbose_name_plural = _("versions of items of the library")
        ordering = ("item", "-number")
        constraints: ClassVar = (
            models.UniqueConstraint(name="library_version_once", fields=("item", "number")),
            RowWall(name="library_version_wall", **OF_ITEM),
            Locked(name="library_version_locked"),
            Audited(name="library_version_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return str(self.number)


class LibraryFile(KeptFile):
    """A version in one language: a file that is kept here, or a link to where it is published."""

    item = models.ForeignKey(LibraryItem, on_delete=models.PROTECT, related_name="files")
    version = models.ForeignKey(LibraryVersion, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    link = models.URLField(_("link"), max_length=400, blank=True)

    objects = LibraryFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of the library")
        verbose_name_plural = _("files of the library")
        ordering = ("version", "language")
        constraints: ClassVar = (
            models.UniqueConstraint(name="library_file_once", fields=("version", "language")),
            models.CheckConstraint(
                name="library_file_or_link",
                condition=models.Q(link="") & ~models.Q(content="") | ~models.Q(link="") & models.Q(content=""),
            ),
            RowWall(name="library_file_wall", **OF_ITEM),
            Locked(name="library_file_locked"),
            Audited(name="library_file_audited", state="", private=True),
        )


class LibraryDownload(models.Model):
    """How often one language of a version was downloaded; nothing is kept of who did it. A counter: no audit trail."""

    version = models.ForeignKey(LibraryVersion, on_delete=models.PROTECT, related_name="downloads")
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    count = models.PositiveIntegerField(_("downloads"), default=0)

    objects = LibraryDownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("downloads of a version")
        verbose_name_plural = _("downloads of versions")
        constraints: ClassVar = (
            models.UniqueConstraint(name="library_download_once", fields=("version", "language")),
            RowWall(name="library_download_wall", read=SEES_VERSION, write=SEES_VERSION, staff_read=SEES_VERSION),
        )

    def __str__(self) -> str:
        return str(self.count)
