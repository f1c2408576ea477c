"""What a party gives: money or something in kind, as it was stated; what came in of it and where it goes."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan.models import Activity
from action_plan.models.activity_parts import staff_only
from action_plan.querysets.staff_only import StaffOnlyQuerySet
from common.mandate import Point
from common.partial_dates import in_words
from common.translated import Translated
from common.walls import NOBODY, Audited, RowWall, SameState, SqlCheck
from documents.models import Source
from member_states.models import MemberState
from partnerships.models.agreements import SEES_AGREEMENT, Agreement, Party
from partnerships.models.commitments import OWN_PARTNER
from partnerships.models.partners import Partner
from partnerships.querysets.contributions import AllocationQuerySet, ContributionQuerySet, InstalmentQuerySet

LEAST = Decimal("0.01")
SEES_CONTRIBUTION = "EXISTS (SELECT 1 FROM partnerships_contribution c WHERE c.id = contribution_id)"
ISO_4217 = RegexValidator(r"\A[A-Z]{3}\Z", _("Enter the three letters of ISO 4217, such as USD."))
AMOUNT = {"max_digits": 16, "decimal_places": 2}


class Contribution(models.Model):
    """Money or in kind, from one party of an agreement. Read by whoever reads the agreement.

    `amount` is what was stated, `precision` how: exactly, "over", "about", or no amount at all. An empty `currency`
    was not stated; such an amount is added to no other. `as_stated` are the words of the source.
    """

    class Kind(models.TextChoices):
        MONEY = "money", _("Money")
        IN_KIND = "in kind", _("In kind")

    class Precision(models.TextChoices):
        EXACT = "exact", _("Exactly")
        AT_LEAST = "at least", _("Over, or at least")
        ABOUT = "about", pgettext_lazy("amount", "About")
        NOT_STATED = "not stated", _("No amount stated")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="contributions")
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("given by"))
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.MONEY)
    what_en = models.TextField(_("what it is for, or what is given, in English"), max_length=1000, blank=True)
    what_es = models.TextField(_("what it is for, or what is given, in Spanish"), max_length=1000, blank=True)
    what_fr = models.TextField(_("what it is for, or what is given, in French"), max_length=1000, blank=True)
    what_pt_br = models.TextField(_("what it is for, or what is given, in Portuguese"), max_length=1000, blank=True)
    precision = models.CharField(_("how the amount is stated"), max_length=10, choices=Precision.choices)
    amount = models.DecimalField(_("amount"), null=True, blank=True, validators=[MinValueValidator(LEAST)], **AMOUNT)  # type: ignore[arg-type]
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[ISO_4217])
    as_stated = models.CharField(_("amount in the words of the source"), max_length=120, blank=True)
    programme = models.CharField(_("programme it comes from"), max_length=200, blank=True)
    announced_on = models.CharField(_("announced on"), max_length=10, blank=True)
    announced_by = models.CharField(_("announced by"), max_length=200, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    what = Translated("what")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ("agreement", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="contribution_amount_is_stated",
                condition=models.Q(precision="not stated", amount=None, currency="")
                | ~models.Q(precision="not stated") & models.Q(amount__gt=0),
            ),
            SqlCheck(name="contribution_currency", check="currency ~ '^([A-Z]{3})?$'"),
            RowWall(name="contribution_wall", read=SEES_AGREEMENT, write=NOBODY),
            SameState(name="contribution_of_its_giver", parent="giver", column="agreement_id"),
            SameState(name="contribution_same_partner", parent="giver", column="partner_id", follows="yes"),
            Audited(name="contribution_audited", state=""),
        )

    def __str__(self) -> str:
        return self.programme or self.slug

    def save(self, *args: object, **kwargs: object) -> None:
        """The partner is the giver's and is not entered."""
        self.partner_id = self.giver.partner_id
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("contribution-detail", args=[self.slug])

    @property
    def address(self) -> str:
        """Whole, for what leaves the portal."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def announced_when(self) -> str:
        return in_words(self.announced_on)


class Instalment(models.Model):
    """A part of a contribution that is due, or came in: known to the programme and to the partner that gives it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="instalments")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    amount = models.DecimalField(_("amount"), validators=[MinValueValidator(LEAST)], **AMOUNT)  # type: ignore[arg-type]
    due_on = models.DateField(_("due on"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ("contribution", "due_on", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(name="instalment_of_something", condition=models.Q(amount__gt=0)),
            RowWall(name="instalment_wall", read=f"{OWN_PARTNER} AND {SEES_CONTRIBUTION}", write=NOBODY),
            SameState(name="instalment_same_partner", parent="contribution", column="partner_id"),
            Audited(name="instalment_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.amount}"


class Allocation(models.Model):
    """What part of a contribution goes to an activity or a state, and how much of that is spent.

    All of a contribution together never exceed its amount: partnerships/actions/allocations.py asks under a lock, and
    a trigger refuses what came another way (partnerships/never_exceed.py).
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="allocations")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="allocations",
        verbose_name=_("activity"),
    )
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("state")
    )
    point = models.PositiveSmallIntegerField(_("point"), choices=Point.choices, null=True, blank=True)
    amount = models.DecimalField(_("amount set aside"), validators=[MinValueValidator(LEAST)], **AMOUNT)  # type: ignore[arg-type]
    spent = models.DecimalField(
        _("of which spent"),
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        **AMOUNT,  # type: ignore[arg-type]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ("contribution", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="allocation_of_something",
                condition=models.Q(amount__gt=0, spent__gte=0, spent__lte=models.F("amount")),
            ),
            models.CheckConstraint(
                name="allocation_to_something",
                condition=models.Q(activity__isnull=False) | models.Q(state__isnull=False),
            ),
            RowWall(name="allocation_wall", read=f"{OWN_PARTNER} AND {SEES_CONTRIBUTION}", write=NOBODY),
            SameState(name="allocation_same_partner", parent="contribution", column="partner_id"),
            Audited(name="allocation_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.amount}"


class ExchangeRate(models.Model):
    """What one unit of a currency was worth in another on a day, as somebody of the programme entered it."""

    base = models.CharField(_("from"), max_length=3, validators=[ISO_4217])
    quote = models.CharField(_("to"), max_length=3, validators=[ISO_4217])
    rate = models.DecimalField(
        _("rate"), max_digits=18, decimal_places=8, validators=[MinValueValidator(Decimal("0.00000001"))]
    )
    on = models.DateField(_("of"))
    taken_from = models.CharField(_("taken from"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = StaffOnlyQuerySet["ExchangeRate"].as_manager()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ("base", "quote", "-on")
        constraints: ClassVar = (
            models.UniqueConstraint(name="exchange_rate_once", fields=("base", "quote", "on")),
            models.CheckConstraint(
                name="exchange_rate_between_two",
                condition=models.Q(rate__gt=0) & ~models.Q(base=models.F("quote")),
            ),
            staff_only("exchange_rate_wall"),
            Audited(name="exchange_rate_audited", state=""),
        )

    def __str__(self) -> str:
        return f"1 {self.base} = {self.rate} {self.quote}"
