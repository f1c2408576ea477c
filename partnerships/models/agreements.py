"""Agreements: who agreed on what with whom, when and where, who says so, and what they are worth today."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity, Instrument
from common.mandate import Objective, Point
from common.translated import Translated
from common.walls import NOBODY, SHARED, Audited, RowWall
from documents.models import Source
from partnerships.models.partners import Partner
from partnerships.querysets.agreements import (
    AgreementInstrumentQuerySet,
    AgreementLinkQuerySet,
    AgreementQuerySet,
    PartyQuerySet,
)

PARTY_TO_IT = "(audience <> 'staff' AND party_ids && ({partners}))"
SEES_AGREEMENT = "EXISTS (SELECT 1 FROM partnerships_agreement a WHERE a.id = agreement_id)"
SEES_OTHER = "EXISTS (SELECT 1 FROM partnerships_agreement o WHERE o.id = other_id)"


class Audience(models.TextChoices):
    """Who reads an agreement. Each is wider than the one before."""

    STAFF = "staff", _("The programme’s staff")
    PARTIES = "parties", _("The partners that are party to it")
    STATES = "states", _("All member states")
    PUBLIC = "public", _("Everybody")


class Agreement(models.Model):
    """What two or more agreed on; the OAS need not be one of them.

    `phase` is what people do to it (actions/agreements.py); what the dates make of it on a day is its `status`, which
    is worked out by `AgreementQuerySet.with_status` and never kept. `party_ids` are the keys of the partners that are
    party to it, kept by a trigger (partnerships/gathering.py) so that the wall need not look at another table.
    """

    class Kind(models.TextChoices):
        COOPERATION = "cooperation agreement", _("Cooperation agreement")
        MEMORANDUM = "memorandum of understanding", _("Memorandum of understanding")
        CONTRIBUTION = "contribution", _("Contribution or grant")
        LETTER = "letter of intent", _("Letter of intent")
        AGREEMENT = "agreement", _("Agreement")  # a source says no more
        MEMBERSHIP = "membership", _("Founding membership")

    class Phase(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("agreement", "Draft")
        NEGOTIATION = "negotiation", _("In negotiation")
        CONCLUDED = "concluded", _("Concluded")  # signed; or, of a contribution, announced

    class End(models.TextChoices):
        STATED = "stated", _("On a day")
        OPEN = "open", _("Without an end")
        NOT_STATED = "not stated", _("Not stated")

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        WEEK = "week", _("the week")
        MONTH = "month", _("the month")
        YEAR = "year", _("the year")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=200, blank=True)
    aims_en = models.TextField(_("aims in English"), max_length=4000, blank=True)
    aims_es = models.TextField(_("aims in Spanish"), max_length=4000, blank=True)
    aims_fr = models.TextField(_("aims in French"), max_length=4000, blank=True)
    aims_pt_br = models.TextField(_("aims in Portuguese"), max_length=4000, blank=True)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, default=Phase.DRAFT, editable=False)
    audience = models.CharField(_("who reads it"), max_length=8, choices=Audience.choices, default=Audience.STAFF)
    concluded_on = models.DateField(_("signed or announced on"), null=True, blank=True)
    precision = models.CharField(
        _("how exact this date is"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    event = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("event")
    )
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    end = models.CharField(_("end"), max_length=10, choices=End.choices, default=End.NOT_STATED)
    ends_on = models.DateField(_("in force until"), null=True, blank=True)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True, editable=False)
    ended_because = models.TextField(_("why it was ended"), max_length=500, blank=True, editable=False)
    renews = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("agreement that it renews"),
    )
    objectives = ArrayField(
        models.PositiveSmallIntegerField(choices=Objective.choices),
        verbose_name=_("objectives"),
        default=list,
        blank=True,
    )
    points = ArrayField(
        models.PositiveSmallIntegerField(choices=Point.choices), verbose_name=_("points"), default=list, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("responsible"),
    )
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    note_en = models.TextField(_("what the sources leave open, in English"), max_length=1000, blank=True)
    note_es = models.TextField(_("what the sources leave open, in Spanish"), max_length=1000, blank=True)
    note_fr = models.TextField(_("what the sources leave open, in French"), max_length=1000, blank=True)
    note_pt_br = models.TextField(_("what the sources leave open, in Portuguese"), max_length=1000, blank=True)
    party_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    name = Translated("name")
    aims = Translated("aims")
    note = Translated("note")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-concluded_on", "-pk")
        indexes = (
            models.Index(name="agreement_by_date", fields=("concluded_on", "id")),
            GinIndex(name="agreement_by_party", fields=("party_ids",)),
        )
        constraints: ClassVar = (
            models.CheckConstraint(
                name="agreement_end_is_a_day",
                condition=models.Q(end="stated", ends_on__isnull=False)
                | ~models.Q(end="stated") & models.Q(ends_on=None),
            ),
            models.CheckConstraint(
                name="agreement_ends_after_start",
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="agreement_ended_because",
                condition=models.Q(ended_on=None, ended_because="")
                | models.Q(ended_on__isnull=False) & ~models.Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="agreement_renews_another",
                condition=models.Q(renews=None) | ~models.Q(renews=models.F("pk")),
            ),
            RowWall(name="agreement_wall", read=f"{SHARED} OR {PARTY_TO_IT}", write=NOBODY),
            Audited(name="agreement_audited", state=""),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agreement-detail", args=[self.slug])

    @property
    def address(self) -> str:
        """Whole, for what leaves the portal."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def objective_names(self) -> list[str]:
        return [f"{number}. {Objective(number).label}" for number in self.objectives]

    @property
    def point_names(self) -> list[str]:
        return [f"{number}. {Point(number).label}" for number in self.points]


class Party(models.Model):
    """One side of an agreement. Without a partner it is the OAS itself; `as_stated` is how the source names it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="sides", verbose_name=_("partner")
    )
    as_stated = models.CharField(_("as the source names it"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("agreement", "position", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="party_once", fields=("agreement", "partner"), nulls_distinct=False),
            RowWall(name="party_wall", read=SEES_AGREEMENT, write=NOBODY),
            Audited(name="party_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.partner_id or 'OAS'}"

    @property
    def is_the_oas(self) -> bool:
        return self.partner_id is None

    @property
    def name(self) -> str:
        """As far as the reader may know the partner."""
        if self.is_the_oas:
            return gettext("OAS")
        return self.partner.name if self.partner else self.as_stated or gettext("A partner that is not published")


class AgreementInstrument(models.Model):
    """That an agreement implements an instrument of the member states, and who says so."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="implements")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="agreements")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    objects = AgreementInstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument that an agreement implements")
        verbose_name_plural = _("instruments that agreements implement")
        ordering = ("agreement", "instrument")
        constraints: ClassVar = (
            models.UniqueConstraint(name="agreement_instrument_once", fields=("agreement", "instrument")),
            RowWall(name="agreement_instrument_wall", read=SEES_AGREEMENT, write=NOBODY),
            Audited(name="agreement_instrument_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.instrument_id}"


class AgreementLink(models.Model):
    """That another agreement belongs to this one's story, and why the programme follows it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+", verbose_name=_("other agreement"))
    why_en = models.CharField(_("why, in English"), max_length=300, blank=True)
    why_es = models.CharField(_("why, in Spanish"), max_length=300, blank=True)
    why_fr = models.CharField(_("why, in French"), max_length=300, blank=True)
    why_pt_br = models.CharField(_("why, in Portuguese"), max_length=300, blank=True)

    why = Translated("why")

    objects = AgreementLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("related agreement")
        verbose_name_plural = _("related agreements")
        ordering = ("agreement", "other")
        constraints: ClassVar = (
            models.UniqueConstraint(name="agreement_link_once", fields=("agreement", "other")),
            models.CheckConstraint(name="agreement_link_to_another", condition=~models.Q(agreement=models.F("other"))),
            RowWall(name="agreement_link_wall", read=f"{SEES_AGREEMENT} AND {SEES_OTHER}", write=NOBODY),
            Audited(name="agreement_link_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id} → {self.other_id}"
