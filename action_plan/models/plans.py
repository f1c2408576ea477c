"""A country's plan: for each of the seven points what it needs, what will be done, and until when."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.querysets.plans import (
    CountryPlanQuerySet,
    LineNeedQuerySet,
    PlanLineQuerySet,
    PlanMoveQuerySet,
    PlanVersionQuerySet,
)
from action_plan.states import IN_FORCE, STATE, UNTOLD, Proposal, Verb
from action_plan.states import Status as PlanStatus
from capability.models import Factor, Stage, SupportRequest, ThreatClass, ThreatLevel, Update
from common.mandate import Point
from common.walls import NOBODY, OWN_STATE, SPOKEN_FOR, Audited, Locked, RowWall, SameState
from member_states.models import MemberState

WAS_OFFERED = f"{OWN_STATE} AND first_offered_at IS NOT NULL"
IS_OPEN = f"{OWN_STATE} AND is_open"
TOLD = f"{OWN_STATE} AND verb NOT IN ({', '.join(repr(str(verb.value)) for verb in UNTOLD)})"
ANSWERS = ", ".join(repr(verb) for verb in sorted(map(str, STATE)))
SIGNS = f"{SPOKEN_FOR} AND by_id = {{person}} AND verb IN ({ANSWERS}) AND paper = ''"
LEVELS = ThreatLevel.Level.choices
ASKED = ("request", "asked")


def _none(*columns: str) -> dict[str, None]:
    return dict.fromkeys(columns)


class CountryPlan(models.Model):
    """One state, one period. Its liaisons know of it once it was offered; other states do not know of it.

    `status`, `proposal` and `is_open` are changed by actions/plans.py alone. `is_open`: the state reads the lines.
    """

    Status, Proposal = PlanStatus, Proposal

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="plans", verbose_name=_("state"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    status = models.CharField(
        _("status"), max_length=8, choices=PlanStatus.choices, default=PlanStatus.DRAFT, editable=False
    )
    proposal = models.CharField(
        _("proposal"), max_length=8, choices=Proposal.choices, default=Proposal.DRAFT, editable=False
    )
    is_open = models.BooleanField(_("the state reads the lines"), default=False, editable=False)
    first_offered_at = models.DateTimeField(_("first offered at"), null=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plans_owned", verbose_name=_("responsible")
    )
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = CountryPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("country plan")
        verbose_name_plural = _("country plans")
        ordering = ("state", "-starts_on")
        constraints: ClassVar = (
            models.CheckConstraint(name="plan_ends_after_start", condition=models.Q(ends_on__gt=models.F("starts_on"))),
            models.CheckConstraint(
                name="plan_open_once_offered", condition=models.Q(is_open=False) | ~models.Q(first_offered_at=None)
            ),
            models.UniqueConstraint(name="plan_once", fields=("state", "starts_on")),
            RowWall(name="plan_wall", read=WAS_OFFERED, write=NOBODY),
            Audited(name="plan_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.state}, {self.starts_on:%Y-%m} – {self.ends_on:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("plan-detail", args=[self.state.slug, self.pk])

    @property
    def is_in_force(self) -> bool:
        return self.status in IN_FORCE

    @property
    def is_being_written(self) -> bool:
        return self.proposal == Proposal.DRAFT

    @property
    def is_offered(self) -> bool:
        return self.proposal == Proposal.OFFERED

    @property
    def is_amended(self) -> bool:
        """Something else than what is in force is written, or waits for the state."""
        return self.is_in_force and self.proposal != Proposal.NONE

    @property
    def display_status(self) -> str:
        """For the pill: a first draft that waits for the state is shown as offered."""
        return "offered" if self.status == PlanStatus.DRAFT and self.is_offered else f"plan_{self.status}"


class PlanLine(models.Model):
    """What a plan says of one of the seven points; with `not_needed_because` nothing is done for it, and why.

    The lines are what is being written; what was agreed stands in the version (PlanVersion). `is_open` is the plan's.
    """

    plan = models.ForeignKey(CountryPlan, on_delete=models.CASCADE, related_name="lines")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=False, editable=False)
    point = models.PositiveSmallIntegerField(_("point"), choices=Point.choices)
    what = models.TextField(_("what will be done"), max_length=2000, blank=True)
    target_stage = models.PositiveSmallIntegerField(
        _("target stage"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    target_on = models.DateField(_("target date"), null=True, blank=True)
    not_needed_because = models.TextField(_("why it is not needed"), max_length=500, blank=True)
    edited = models.PositiveIntegerField(default=0, editable=False)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        ordering = ("plan", "point")
        constraints: ClassVar = (
            models.UniqueConstraint(name="plan_line_once", fields=("plan", "point")),
            RowWall(name="plan_line_wall", read=IS_OPEN, write=NOBODY),
            SameState(name="plan_line_same_state", parent="plan"),
            SameState(name="plan_line_open_with_plan", parent="plan", column="is_open", follows="yes"),
            Audited(name="plan_line_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.get_point_display())

    @property
    def is_needed(self) -> bool:
        return not self.not_needed_because


class LineNeed(models.Model):
    """Why a line stands in the plan: what the state's accepted data said, or what it had asked, when it was chosen.

    A factor with its stage, and the stage `before` where it fell; a threat with level and trend; or a request for
    support with its words, which stay when the acceptance of the update that asked is withdrawn and the request goes;
    `asked` is one that a liaison sent outside an update.
    `update` is where it was said; none for what was published before any update.
    """

    class Kind(models.TextChoices):
        FACTOR = "factor", _("Factor")
        THREAT = "threat", _("Threat")
        REQUEST = "request", _("Request for support")
        ASKED = "asked", _("Request for support, asked outside an update")

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="needs")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=False, editable=False)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("factor"))
    threat = models.ForeignKey(
        ThreatClass, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("threat")
    )
    request = models.ForeignKey(
        SupportRequest, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("request for support")
    )
    asked = models.ForeignKey(
        "action_plan.AskedSupport",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("request for support, asked outside an update"),
    )
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage.choices, null=True)
    before = models.PositiveSmallIntegerField(_("stage before"), choices=Stage.choices, null=True)
    is_crossed = models.BooleanField(_("read from an earlier edition"), default=False)
    level = models.CharField(_("level"), max_length=10, choices=LEVELS, blank=True)
    trend = models.CharField(_("trend"), max_length=7, choices=ThreatLevel.Trend.choices, blank=True)
    words = models.TextField(_("what is needed"), blank=True)
    update = models.ForeignKey(Update, on_delete=models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(_("chosen at"), auto_now_add=True)

    objects = LineNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need that a line answers")
        verbose_name_plural = _("needs that lines answer")
        ordering = ("line", "kind", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="line_need_of_one_kind",
                condition=models.Q(kind="factor", factor__isnull=False, stage__isnull=False, **_none("threat", *ASKED))
                | models.Q(kind="threat", threat__isnull=False, **_none("factor", *ASKED))
                | models.Q(kind="request", **_none("factor", "threat", "asked")) & ~models.Q(words="")
                | models.Q(kind="asked", asked__isnull=False, **_none("factor", "threat", "request"))
                & ~models.Q(words=""),
            ),
            models.UniqueConstraint(name="line_need_factor_once", fields=("line", "factor")),
            models.UniqueConstraint(name="line_need_threat_once", fields=("line", "threat")),
            models.UniqueConstraint(name="line_need_request_once", fields=("line", "request")),
            models.UniqueConstraint(name="line_need_asked_once", fields=("line", "asked")),
            RowWall(name="line_need_wall", read=IS_OPEN, write=NOBODY),
            SameState(name="line_need_same_state", parent="line"),
            SameState(name="line_need_open_with_line", parent="line", column="is_open", follows="yes"),
            SameState(name="line_need_request_same_state", parent="request"),
            SameState(name="line_need_asked_same_state", parent="asked"),
            SameState(name="line_need_update_same_state", parent="update"),
            Audited(name="line_need_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.line_id}: {self.get_kind_display()}"

    @property
    def about(self) -> int:
        """The id of what it names; of a request that is gone a number below nothing, the need's own."""
        return self.factor_id or self.threat_id or self.request_id or self.asked_id or -self.pk


class PlanVersion(models.Model):
    """A plan as it was offered to the state, numbered and never changed: what is signed is this text.

    `text` is made and read by action_plan/text.py.
    """

    plan = models.ForeignKey(CountryPlan, on_delete=models.PROTECT, related_name="versions")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    text: Any = models.JSONField(_("text"))
    message = models.TextField(_("what the programme says of it"), max_length=2000, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("offered by")
    )
    offered_at = models.DateTimeField(_("offered at"), auto_now_add=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        ordering = ("plan", "-number")
        constraints: ClassVar = (
            models.UniqueConstraint(name="plan_version_once", fields=("plan", "number")),
            RowWall(name="plan_version_wall", read=OWN_STATE, write=NOBODY),
            SameState(name="plan_version_same_state", parent="plan"),
            Locked(name="plan_version_locked"),
            Audited(name="plan_version_audited"),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.number}"


class PlanMove(models.Model):
    """The ledger of a plan: who did what with it, when and why. One of `verb` "agree" is a signature.

    `name` is what the person was called that day. Where the state agreed on paper, `paper` is the number of the note
    verbale that it answered and `paper_on` the date of its reply; `by` is then who recorded it for the programme.
    """

    plan = models.ForeignKey(CountryPlan, on_delete=models.PROTECT, related_name="moves")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="moves")
    verb = models.CharField(_("step"), max_length=9, choices=Verb.choices)
    status_before = models.CharField(_("from"), max_length=8, choices=PlanStatus.choices)
    status_after = models.CharField(_("to"), max_length=8, choices=PlanStatus.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    name = models.CharField(_("name"), max_length=150)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    paper = models.CharField(_("agreed by note verbale"), max_length=40, blank=True)
    paper_on = models.DateField(_("date of the reply"), null=True, blank=True)

    objects = PlanMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of plans")
        ordering = ("at", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="plan_version_answered_once",
                fields=("version",),
                condition=models.Q(verb__in=[Verb.AGREE, Verb.SEND_BACK, Verb.TAKE_BACK]),
            ),
            models.CheckConstraint(
                name="plan_move_paper_agrees",
                condition=models.Q(paper="", paper_on=None)
                | models.Q(~models.Q(paper=""), verb=Verb.AGREE, paper_on__isnull=False),
            ),
            RowWall(name="plan_move_wall", read=TOLD, write=SIGNS),
            SameState(name="plan_move_same_state", parent="plan"),
            SameState(name="plan_move_version_same_state", parent="version"),
            Locked(name="plan_move_locked"),
            Audited(name="plan_move_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.get_verb_display()}"

    @property
    def signer(self) -> str:
        """Who answered for the state, or by what."""
        return self.paper or self.name
