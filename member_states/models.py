from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ending, User
from common.translated import Translated
from common.walls import Audited
from documents.models import Source
from member_states.querysets import LiaisonQuerySet, MemberStateQuerySet, ParticipationQuerySet


class Sharing(models.TextChoices):
    """Who sees the accepted answers of a state besides itself and the programme's staff."""

    PROGRAMME = "programme", _("Only the programme's staff")
    STATES = "states", _("Liaisons of all member states")
    PUBLIC = "public", _("Everybody")


class MemberState(models.Model):
    """One of the member states of the OAS. Names in four languages; the URL is the slug, in all of them."""

    class SubRegion(models.TextChoices):
        NORTH = "North America", _("North America")
        CENTRAL = "Central America", _("Central America")
        CARIBBEAN = "Caribbean", _("Caribbean")
        SOUTH = "South America", _("South America")

    alpha2 = models.CharField(_("ISO 3166 alpha-2"), max_length=2, unique=True)
    alpha3 = models.CharField(_("ISO 3166 alpha-3"), max_length=3, unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_es = models.CharField(_("name in Spanish"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=80)
    name = Translated("name")
    sub_region = models.CharField(_("sub-region"), max_length=20, choices=SubRegion.choices)
    official_languages = models.CharField(_("official languages"), max_length=120)
    year_joined = models.PositiveSmallIntegerField(_("year joined"))
    is_founder = models.BooleanField(_("founding member"), default=False)
    in_caricom = models.BooleanField(_("member of CARICOM"), default=False)
    sharing = models.CharField(
        _("who sees accepted answers"), max_length=10, choices=Sharing.choices, default=Sharing.PROGRAMME
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    objects = MemberStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("member state")
        verbose_name_plural = _("member states")
        ordering = ("name_en",)
        constraints = (Audited(name="member_state_audited", state="id"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("state-detail", args=[self.slug])

    @property
    def code(self) -> str:
        """What the flag's file is named after."""
        return self.alpha2.lower()


class Participation(models.Model):
    """How a state takes part in the organisation, from a date; dated because it changes."""

    class Status(models.TextChoices):
        PARTICIPATING = "participating", _("Participating")
        NOT_PARTICIPATING = "not participating", _("Not participating")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DISPUTED = "disputed", _("Disputed")

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="participations")
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participation")
        ordering = ("state", "-starts_on")
        constraints = (
            models.UniqueConstraint(name="participation_once", fields=("state", "starts_on")),
            Audited(name="participation_audited"),
        )

    def __str__(self) -> str:
        return f"{self.state}, {self.get_status_display()}"


class Liaison(Ending):
    """A person who speaks for a state in the portal, from a day and perhaps until one."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("Lead liaison")
        DEPUTY = "deputy", _("Deputy liaison")
        CONTACT_POINT = "contact point", _("National contact point")

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="liaisons")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="liaisons", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = LiaisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("liaison")
        verbose_name_plural = _("liaisons")
        ordering = ("state", "kind", "person")
        constraints = (
            models.CheckConstraint(
                name="liaison_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                name="liaison_once",
                fields=("state", "person", "kind", "starts_on"),
                condition=models.Q(ended_at=None),
            ),
            Audited(name="liaison_audited"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}, {self.state}"
