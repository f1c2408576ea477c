"""Joint operations: the lines of work of the agreements of 2014, who takes part, and under which label."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.tlp import UNLABELLED, Tlp
from common.translated import Translated
from common.walls import NOBODY, Audited, Locked, RowWall, SameState
from csirt_network.models import Team
from documents.models import Source
from member_states.models import MemberState
from partnerships.compartments import KeepsCompartment, KeepsNamed, OperationLabelKept
from partnerships.models.agreements import Agreement
from partnerships.models.operation_walls import CONCERNS_ME, INSIDE, READ, SEES, STAFF_READ
from partnerships.models.partners import Partner
from partnerships.querysets.operations import (
    CompartmentChangeQuerySet,
    InsideQuerySet,
    OfOperationQuerySet,
    OperationQuerySet,
)


class Line(models.TextChoices):
    """The four lines of work, as the texts of 2014 name them."""

    ANALYSIS = "analysis", _("Forensic and technical analysis of malware and botnets")
    ASSESSMENT = "assessment", _("Assessment and investigation of emerging malware threats")
    ENFORCEMENT = "enforcement", _("Enforcement actions")
    DISMANTLING = "dismantling", _("Dismantling of criminal organisations")


class Operation(models.Model):
    """A compartment: who takes part stands in `partner_ids`, `state_ids` and `person_ids`, kept by triggers.

    Without a lead and without `is_led_by_oas` the source does not say who led it. What `is_historic` is an example
    that a source names: the programme took no part. `slug` says nothing, since addresses travel further than pages.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("operation", "Planned")
        UNDER_WAY = "under way", pgettext_lazy("operation", "Under way")
        ENDED = "ended", pgettext_lazy("operation", "Ended")

    slug = models.SlugField(_("slug"), unique=True, max_length=60, editable=False)
    line = models.CharField(_("line of work"), max_length=12, choices=Line.choices, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_pt_br = models.CharField(_("title in Portuguese"), max_length=200, blank=True)
    about_en = models.TextField(_("what it is about, in English"), max_length=4000, blank=True)
    about_es = models.TextField(_("what it is about, in Spanish"), max_length=4000, blank=True)
    about_fr = models.TextField(_("what it is about, in French"), max_length=4000, blank=True)
    about_pt_br = models.TextField(_("what it is about, in Portuguese"), max_length=4000, blank=True)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="operations",
        verbose_name=_("agreement"),
    )
    lead = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead")
    )
    is_led_by_oas = models.BooleanField(_("led by the OAS"), default=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices, default=UNLABELLED, editable=False)
    relabelled = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PLANNED, editable=False
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_historic = models.BooleanField(_("example that a source names"), default=False, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    partner_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    state_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    person_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    named_for = ArrayField(models.TextField(), default=list, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    title = Translated("title")
    about = Translated("about")

    objects = OperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint operation")
        verbose_name_plural = _("joint operations")
        ordering = ("-made_at", "-pk")
        indexes = (
            GinIndex(name="operation_by_partner", fields=("partner_ids",)),
            GinIndex(name="operation_by_state", fields=("state_ids",)),
        )
        constraints: ClassVar = (
            models.CheckConstraint(name="operation_has_line", condition=Q(is_historic=True) | ~Q(line="")),
            models.CheckConstraint(name="operation_has_one_lead", condition=Q(lead=None) | Q(is_led_by_oas=False)),
            models.CheckConstraint(
                name="operation_ends_after_start",
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=models.F("starts_on")),
            ),
            RowWall(name="operation_wall", read=READ, write=NOBODY, staff_read=STAFF_READ, staff_write=STAFF_READ),
            OperationLabelKept(name="operation_label_kept"),
            Audited(name="operation_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.title_in_any or self.slug

    def get_absolute_url(self) -> str:
        return reverse("operation-detail", args=[self.slug])

    @property
    def title_in_any(self) -> str:
        """In the reader's language, or in one there is."""
        return self.title or next((text for text in (self.title_es, self.title_fr, self.title_pt_br) if text), "")

    @property
    def about_in_any(self) -> str:
        return self.about or next((text for text in (self.about_es, self.about_fr, self.about_pt_br) if text), "")


class OperationPartner(models.Model):
    """A partner that takes part."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="partners")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="operations")

    objects = OfOperationQuerySet["OperationPartner"].as_manager()

    class Meta:
        verbose_name = _("partner of a joint operation")
        verbose_name_plural = _("partners of joint operations")
        ordering = ("operation_id", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="operation_partner_once", fields=("operation", "partner")),
            RowWall(name="operation_partner_wall", read=SEES, write=NOBODY, staff_read=SEES, staff_write=SEES),
            KeepsCompartment(name="operation_partner_kept", column="partner_id"),
            Audited(name="operation_partner_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.partner_id}"


class OperationState(models.Model):
    """A member state that takes part."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="states")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="operations")

    objects = OfOperationQuerySet["OperationState"].as_manager()

    class Meta:
        verbose_name = _("state of a joint operation")
        verbose_name_plural = _("states of joint operations")
        ordering = ("operation_id", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="operation_state_once", fields=("operation", "state")),
            RowWall(name="operation_state_wall", read=SEES, write=NOBODY, staff_read=SEES, staff_write=SEES),
            KeepsCompartment(name="operation_state_kept", column="state_id"),
            Audited(name="operation_state_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.state_id}"


class OperationPerson(models.Model):
    """Somebody who is named: works on it, and alone reads what is under TLP:RED. For a partner or a state; without
    either, for the programme. Of a team of the network of CSIRTs: for its state, as long as the person is of it."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InsideQuerySet["OperationPerson"].as_manager()

    class Meta:
        verbose_name = _("person named in a joint operation")
        verbose_name_plural = _("people named in joint operations")
        ordering = ("operation_id", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="operation_person_once", fields=("operation", "person")),
            models.CheckConstraint(name="operation_person_for_one", condition=Q(partner=None) | Q(state=None)),
            models.CheckConstraint(
                name="operation_person_of_team_of_state", condition=Q(team=None) | Q(state__isnull=False)
            ),
            RowWall(name="operation_person_wall", read=INSIDE, write=NOBODY, staff_read=SEES, staff_write=SEES),
            SameState(name="operation_person_same_state", parent="team"),
            KeepsNamed(name="operation_person_named"),
            Audited(name="operation_person_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.person_id}"


class OperationMove(models.Model):
    """The ledger of an operation's life: its status, and its label with the number of that change. Written once."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(_("before"), max_length=12)
    after = models.CharField(_("after"), max_length=12)
    relabelled = models.PositiveIntegerField(null=True, editable=False)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = InsideQuerySet["OperationMove"].as_manager()

    class Meta:
        verbose_name = _("move of a joint operation")
        verbose_name_plural = _("moves of joint operations")
        ordering = ("operation_id", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="operation_move_label_once", fields=("operation", "relabelled")),
            RowWall(name="operation_move_wall", read=INSIDE, write=NOBODY, staff_read=SEES, staff_write=SEES),
            Locked(name="operation_move_locked"),
            Audited(name="operation_move_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.before} → {self.after}"

    @property
    def is_of_label(self) -> bool:
        return self.relabelled is not None

    @property
    def words(self) -> tuple[str, str]:
        choices = Tlp if self.is_of_label else Operation.Status
        return str(choices(self.before).label), str(choices(self.after).label)


class CompartmentChange(models.Model):
    """Who was let into a compartment or taken out of it, by whom and why. Written once; `tlp` as it was then."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="changes")
    is_in = models.BooleanField(_("let in"))
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = CompartmentChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a compartment")
        verbose_name_plural = _("changes of compartments")
        ordering = ("operation_id", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="compartment_change_of_one",
                condition=Q(partner__isnull=False, state=None, person=None)
                | Q(partner=None, state__isnull=False, person=None)
                | Q(partner=None, state=None, person__isnull=False),
            ),
            RowWall(
                name="compartment_change_wall",
                read=f"{INSIDE} OR {CONCERNS_ME}",
                write=NOBODY,
                staff_read=f"{SEES} OR {CONCERNS_ME}",
                staff_write=SEES,
            ),
            Locked(name="compartment_change_locked"),
            Audited(name="compartment_change_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return str(self.person or self.partner or self.state)
