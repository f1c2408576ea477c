"""The roster of experts (point 7): who can help with what, when and in which languages. It is for the staff alone."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan import expert_letters
from action_plan.querysets.experts import AmongStaffQuerySet, ExpertLetterQuerySet, ExpertQuerySet
from capability.models import Factor
from common.walls import NOBODY, Audited, RowWall
from member_states.models import MemberState
from notices.models import Job

PERSONAL = ("name", "email", "biography", "elsewhere")
# What would tell whose row it was goes with whoever leaves the roster, so the trail never holds it.
UNTOLD = ",".join((*PERSONAL, "country_id", "languages", "available_from", "available_until"))


class Expert(models.Model):
    """One person. Who leaves the roster is kept as a row without a name, so that placements still add up.

    The audit trail leaves personal columns out: what a person takes back is not to be read there.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked to confirm")
        CONFIRMED = "confirmed", _("On the roster")
        LEFT = "left", _("Has left")

    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language of mails"), max_length=5, choices=settings.LANGUAGES, default="en")
    country = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    elsewhere = models.CharField(_("country, if it is no member state"), max_length=60, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=settings.LANGUAGES),
        verbose_name=_("works in"),
        default=list,
        blank=True,
    )
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    biography = models.TextField(_("short biography"), max_length=2000, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.ASKED, editable=False)
    turn = models.PositiveIntegerField(default=1, editable=False)  # of the link that confirms: an earlier one is dead
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, editable=False)
    left_at = models.DateTimeField(_("left on"), null=True, editable=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ("name", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(
                Lower("email"),
                name="expert_once",
                condition=~models.Q(status="left"),
                violation_error_message=_("Somebody with this address is on the roster already."),
            ),
            models.CheckConstraint(
                name="expert_available_until_later",
                condition=models.Q(available_from=None)
                | models.Q(available_until=None)
                | models.Q(available_until__gte=models.F("available_from")),
            ),
            models.CheckConstraint(
                name="expert_who_left_has_no_name",
                condition=~models.Q(status="left") | models.Q(name="", email="", biography="", elsewhere=""),
            ),
            RowWall(name="expert_wall", read=NOBODY, write=NOBODY),
            Audited(name="expert_audited", state="", without=UNTOLD),
        )

    def __str__(self) -> str:
        return self.name or str(_("Somebody who has left the roster"))

    def get_absolute_url(self) -> str:
        return reverse("expert-detail", args=[self.pk])

    @property
    def language_names(self) -> list[str]:
        names = dict(settings.LANGUAGES)
        return [str(names.get(code, code)) for code in self.languages]


class ExpertSkill(models.Model):
    class Level(models.IntegerChoices):
        SOME = 1, _("Has worked on it")
        GOOD = 2, _("Works on it")
        LEADING = 3, _("Leads others in it")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="skills")
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, related_name="+", verbose_name=_("factor"))
    level = models.PositiveSmallIntegerField(
        _("level"), choices=Level.choices, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )

    objects = AmongStaffQuerySet["ExpertSkill"].as_manager()

    class Meta:
        verbose_name = _("skill of an expert")
        verbose_name_plural = _("skills of experts")
        ordering = ("expert", "factor")
        constraints: ClassVar = (
            models.UniqueConstraint(name="expert_skill_once", fields=("expert", "factor")),
            RowWall(name="expert_skill_wall", read=NOBODY, write=NOBODY),
            Audited(name="expert_skill_audited", state="", without="factor_id,level"),
        )

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.factor_id}"


class ExpertCountry(models.Model):
    """Where the expert has worked."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="countries")
    country = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))

    objects = AmongStaffQuerySet["ExpertCountry"].as_manager()

    class Meta:
        verbose_name = _("country an expert has worked in")
        verbose_name_plural = _("countries experts have worked in")
        ordering = ("expert", "country")
        constraints: ClassVar = (
            models.UniqueConstraint(name="expert_country_once", fields=("expert", "country")),
            RowWall(name="expert_country_wall", read=NOBODY, write=NOBODY),
            Audited(name="expert_country_audited", state="", without="country_id"),
        )

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.country_id}"


class ExpertLetter(Job):
    """The mail with the links that confirm and leave. It says nobody's name, so it has no wall; no link is kept."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="letters", editable=False)
    turn = models.PositiveIntegerField(editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = ExpertLetterQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("letter to an expert")
        verbose_name_plural = _("letters to experts")
        ordering = ("-queued_at", "-id")
        constraints = (models.UniqueConstraint(name="expert_letter_once", fields=("expert", "turn")),)

    def __str__(self) -> str:
        return f"{self.expert_id}/{self.turn}"

    def perform(self) -> None:
        expert_letters.send(self)
