"""Access to expertise (point 7): what a state needs, whom of the roster it is given, and how it was."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan.models.activities import SEES_ACTIVITY, Activity
from action_plan.models.experts import Expert
from action_plan.querysets.expertise import ExpertiseQuerySet, OfExpertiseQuerySet
from action_plan.querysets.experts import AmongStaffQuerySet
from capability.models import Factor
from common.walls import NOBODY, OTHER_STATES, OWN_STATE, SPOKEN_FOR, Audited, Locked, RowWall, SameState
from member_states.models import MemberState

SEES_EXPERTISE = "EXISTS (SELECT 1 FROM action_plan_expertise x WHERE x.id = expertise_id)"


class Expertise(models.Model):
    """What an activity of kind placement has besides: the need. Its dates are the activity's."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="expertise")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="expertise", verbose_name=_("state"))
    task = models.TextField(_("what is to be done"), max_length=4000, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=settings.LANGUAGES), verbose_name=_("in which languages"), default=list
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ExpertiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for expertise")
        verbose_name_plural = _("requests for expertise")
        ordering = ("-pk",)
        constraints: ClassVar = (
            RowWall(
                name="expertise_wall",
                read=f"{OWN_STATE} AND {SEES_ACTIVITY}",
                write=NOBODY,
                staff_write=OTHER_STATES,
            ),
            Audited(name="expertise_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("expertise-detail", args=[self.activity.slug])

    @property
    def language_names(self) -> list[str]:
        names = dict(settings.LANGUAGES)
        return [str(names.get(code, code)) for code in self.languages]


class ExpertiseNeed(models.Model):
    """A factor that the help is about."""

    expertise = models.ForeignKey(Expertise, on_delete=models.CASCADE, related_name="needs")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", editable=False)
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, related_name="+", verbose_name=_("factor"))

    objects = OfExpertiseQuerySet["ExpertiseNeed"].as_manager()

    class Meta:
        verbose_name = _("factor that expertise is asked for")
        verbose_name_plural = _("factors that expertise is asked for")
        ordering = ("expertise", "factor")
        constraints: ClassVar = (
            models.UniqueConstraint(name="expertise_need_once", fields=("expertise", "factor")),
            RowWall(name="expertise_need_wall", read=SEES_EXPERTISE, write=NOBODY),
            SameState(name="expertise_need_same_state", parent="expertise"),
            Audited(name="expertise_need_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.expertise_id}: {self.factor_id}"


class Placement(models.Model):
    """Whom the programme sends. It names somebody of the roster, so it is among the staff."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        UNDER_WAY = "under way", _("Under way")
        ENDED = "ended", pgettext_lazy("placement", "Ended")
        DECLINED = "declined", _("Declined")

    expertise = models.ForeignKey(Expertise, on_delete=models.PROTECT, related_name="placements")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="placements")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.PROPOSED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = AmongStaffQuerySet["Placement"].as_manager()

    class Meta:
        verbose_name = _("placement of an expert")
        verbose_name_plural = _("placements of experts")
        ordering = ("-pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="placement_once", fields=("expertise", "expert")),
            models.CheckConstraint(
                name="placement_ends_after_start", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            RowWall(name="placement_wall", read=NOBODY, write=NOBODY),
            Audited(name="placement_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.expertise_id}: {self.expert_id}"


class ExpertiseEvaluation(models.Model):
    """How it was, by the officer and by a liaison of the state; written once by each."""

    expertise = models.ForeignKey(Expertise, on_delete=models.PROTECT, related_name="evaluations")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", editable=False)
    score = models.PositiveSmallIntegerField(
        _("how useful it was, from 1 to 5"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    words = models.TextField(_("in your words"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = OfExpertiseQuerySet["ExpertiseEvaluation"].as_manager()

    class Meta:
        verbose_name = _("evaluation of expertise")
        verbose_name_plural = _("evaluations of expertise")
        ordering = ("-pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="expertise_evaluation_once", fields=("expertise", "by")),
            RowWall(
                name="expertise_evaluation_wall",
                read=SEES_EXPERTISE,
                write=NOBODY,
                becomes=f"{SPOKEN_FOR} AND by_id = {{person}} AND {SEES_EXPERTISE}",
                staff_becomes="by_id = {person}",
            ),
            SameState(name="expertise_evaluation_same_state", parent="expertise"),
            Locked(name="expertise_evaluation_locked"),
            Audited(name="expertise_evaluation_audited"),
        )

    def __str__(self) -> str:
        return f"{self.expertise_id}: {self.score}"
