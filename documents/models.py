import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.translated import Translated
from common.walls import NOBODY, OWN_STATE, Audited, Locked, RowWall, SameState
from documents.querysets import FileQuerySet, LinkQuerySet, LoadedQuerySet, ReadingQuerySet, SourceQuerySet
from documents.readings import choices_of_facts, name_of


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


OWN_GUEST = "guest_id = {guest}"
OWN_STATE_OR_GUEST = f"{OWN_STATE} OR {OWN_GUEST}"


def storage_name(file: "File", name: str) -> str:
    """Random, so that nothing can be told or guessed from it."""
    return f"{file.token.hex[:2]}/{file.token.hex}"


class File(models.Model):
    """A checked upload. Kept under a random name, served only by one view that asks the wall first.

    The state's own until it is part of something sent: staff cannot read it before (``is_sent``). A newer version
    `replaces` an older one, which stays. Of a file that was withdrawn the row stays and the content goes.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state_id = models.BigIntegerField(_("member state"))  # a plain number: member_states stands above this app
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=storage_name, max_length=100)
    is_sent = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="files"
    )  # nobody: by a guest, somebody of a ministry who was asked
    guest_id = models.BigIntegerField(null=True, editable=False)  # the enquiry; ministry_desk stands above this app
    uploaded_at = models.DateTimeField(auto_now_add=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="newer")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="withdrawn_files"
    )
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True, max_length=500)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = (
            RowWall(
                name="file_wall",
                read=OWN_STATE_OR_GUEST,
                write=OWN_STATE,
                becomes=f"{OWN_STATE} OR ({OWN_GUEST} AND uploaded_by_id IS NULL AND NOT is_sent)",
                staff_read="is_sent",
                staff_write=NOBODY,
            ),
            models.CheckConstraint(
                name="file_by_somebody", condition=~models.Q(uploaded_by=None) | models.Q(guest_id__isnull=False)
            ),
            SameState(name="file_same_state_as_before", parent="replaces"),
            Locked(name="file_locked", but=("is_sent", "withdrawn_at", "withdrawn_by_id", "withdrawn_because")),
            models.CheckConstraint(
                name="file_withdrawn_by_somebody_because",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdrawn_because=""),
            ),
            Audited(name="file_audited", private=True),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


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


class Link(models.Model):
    """What became of an address that is named somewhere, when the link checker last asked for it (links.py).

    With a state it stands in what that state sent, and is known to the state and to staff; without one it is public.
    """

    FAILURES = 3  # on as many days before a link is called broken

    state_id = models.BigIntegerField(_("member state"), null=True)
    url = models.CharField(_("link"), max_length=500)
    host = models.CharField(_("server"), max_length=255)
    checked_at = models.DateTimeField(_("last checked"), null=True)
    next_check_at = models.DateTimeField(_("next check"), db_default=Now())
    claimed_until = models.DateTimeField(null=True, editable=False)
    status = models.PositiveSmallIntegerField(_("status by HTTP"), null=True)
    is_refused = models.BooleanField(_("never asked, because its address is not public"), default=False)
    failed_since = models.DateTimeField(_("first failed at"), null=True)
    failures = models.PositiveSmallIntegerField(_("days on which it failed"), default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ("host", "url")
        indexes = (models.Index(name="link_next_check", fields=("next_check_at",)),)
        constraints = (
            models.UniqueConstraint(name="link_once", fields=("state_id", "url"), nulls_distinct=False),
            RowWall(name="link_wall", read=f"state_id IS NULL OR {OWN_STATE}", write=NOBODY),
        )

    def __str__(self) -> str:
        return self.url

    @property
    def is_broken(self) -> bool:
        return self.failures >= self.FAILURES


class Reading(models.Model):
    """What one source says of a fact. Two sources that say different things are shown beside each other.

    `fact` is a name from readings.py; without a state it is of the region or of the programme. `subject` is what else
    it is about, as "agreement:a-slug": the app that names the fact knows it (readings.name_subjects).
    """

    fact = models.CharField(_("fact"), max_length=60, choices=choices_of_facts)
    subject = models.CharField(_("subject"), max_length=100, blank=True)
    state_id = models.BigIntegerField(_("member state"), null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="readings", verbose_name=_("source"))
    says_en = models.CharField(_("what it says, in English"), max_length=300)
    says_es = models.CharField(_("what it says, in Spanish"), max_length=300)
    says_fr = models.CharField(_("what it says, in French"), max_length=300)
    says_pt_br = models.CharField(_("what it says, in Portuguese"), max_length=300)
    says = Translated("says")
    place = models.CharField(_("where in the source"), max_length=200, blank=True)
    dated = models.CharField(_("date as stated"), max_length=60, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a source")
        verbose_name_plural = _("readings of sources")
        ordering = ("fact", "dated", "pk")
        constraints = (
            models.UniqueConstraint(
                name="reading_once", fields=("fact", "state_id", "subject", "source"), nulls_distinct=False
            ),
            Audited(name="reading_audited"),
        )

    def __str__(self) -> str:
        return self.says

    @property
    def fact_name(self) -> str:
        return name_of(self.fact)
