import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.walls import NOBODY, OWN_STATE, Audited, Locked, RowWall
from documents.querysets import FileQuerySet, LoadedQuerySet, SourceQuerySet


class Source(models.Model):
    """A public document or dataset that facts are taken from."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=250)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    dated = models.CharField(_("date as stated"), max_length=60, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    caution = models.TextField(_("caution"), blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("title",)
        constraints = (Audited(name="source_audited", state=""),)

    def __str__(self) -> str:
        return self.title

    @property
    def site(self) -> str:
        """Where it is published, short enough for a phone."""
        return urlsplit(self.link).hostname or ""


def storage_name(file: "File", name: str) -> str:
    """Random, so that nothing can be told or guessed from it."""
    return f"{file.token.hex[:2]}/{file.token.hex}"


class File(models.Model):
    """A checked upload. Kept under a random name, served only by one view that asks the wall first.

    The state's own until it is part of something sent: staff cannot read it before (``is_sent``).
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state_id = models.BigIntegerField(_("member state"))  # a plain number: member_states stands above this app
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=storage_name, max_length=100)
    is_sent = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = (
            RowWall(name="file_wall", read=OWN_STATE, write=OWN_STATE, staff_read="is_sent", staff_write=NOBODY),
            Locked(name="file_locked", but=("is_sent",)),
            Audited(name="file_audited", private=True),
        )

    def __str__(self) -> str:
        return self.name


class Loaded(models.Model):
    """What the loader of published data wrote into one row, so that it never undoes a correction (loading.py)."""

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    object_id = models.BigIntegerField()
    values = models.JSONField(encoder=DjangoJSONEncoder)

    objects = LoadedQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(name="loaded_once", fields=("model", "key")),)

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
