"""The organisations that the programme works with, and the people of theirs who sign in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Ending
from common.partial_dates import in_words
from common.translated import Translated
from common.walls import NOBODY, Audited, RowWall
from documents.models import Source
from member_states.models import MemberState
from partnerships.countries import name_of
from partnerships.querysets.partners import PartnerContactQuerySet, PartnerQuerySet


class Partner(models.Model):
    """An organisation. `is_of_the_oas` is false of those that are only party to agreements the programme follows.

    `state` is set where the partner is the government of a member state, `since` is as exact as the source.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        PRIVATE = "private", pgettext_lazy("partner", "Private sector")
        INTERNATIONAL = "international", _("International organisation")
        ACADEMIA = "academia", pgettext_lazy("partner", "Academia")
        CIVIL_SOCIETY = "civil society", _("Civil society and technical community")

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    country = models.CharField(_("country (ISO 3166)"), max_length=2, blank=True)
    state = models.ForeignKey(
        MemberState,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name=_("member state whose government it is"),
    )
    about_en = models.TextField(_("what it does with the programme, in English"), max_length=2000, blank=True)
    about_es = models.TextField(_("what it does with the programme, in Spanish"), max_length=2000, blank=True)
    about_fr = models.TextField(_("what it does with the programme, in French"), max_length=2000, blank=True)
    about_pt_br = models.TextField(_("what it does with the programme, in Portuguese"), max_length=2000, blank=True)
    website = models.URLField(_("website"), max_length=400, blank=True)
    since = models.CharField(_("since"), max_length=10, blank=True)
    until = models.CharField(_("until"), max_length=10, blank=True)
    is_of_the_oas = models.BooleanField(_("partner of the OAS"), default=True)
    is_published = models.BooleanField(_("everybody may know of it"), default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    source_note = models.CharField(_("further sources"), max_length=300, blank=True)
    edited = models.PositiveIntegerField(default=0, editable=False)

    name = Translated("name")
    about = Translated("about")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("name_en",)
        constraints: ClassVar = (
            RowWall(name="partner_wall", read="is_published OR id = ANY ({partners})", write=NOBODY),
            Audited(name="partner_audited", state=""),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partner-detail", args=[self.slug])

    @property
    def initials(self) -> str:
        """Two letters or three for the tile that stands for it."""
        words = [word for word in (self.short_name or self.name_en).split() if word[:1].isupper()]
        return (words[0] if len(words) == 1 else "".join(word[0] for word in words))[:3].upper()

    @property
    def period(self) -> str:
        """ "2014", "2014–" or "2014–2016", as the source gives it."""
        return self.since if self.since == self.until else f"{self.since}–{self.until}"

    @property
    def country_name(self) -> str:
        return name_of(self.country)

    @property
    def since_when(self) -> str:
        return in_words(self.since)

    @property
    def until_when(self) -> str:
        return in_words(self.until)


class PartnerContact(Ending):
    """A person of a partner in the portal.

    Every scope is made from this table, so it has no wall; `visible_to` keeps the names.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("partner"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="partners", verbose_name=_("person")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PartnerContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner contact")
        verbose_name_plural = _("partner contacts")
        ordering = ("partner", "person")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="partner_contact_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                name="partner_contact_once",
                fields=("partner", "person", "starts_on"),
                condition=models.Q(ended_at=None),
            ),
            Audited(name="partner_contact_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.partner}"
