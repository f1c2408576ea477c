"""What the programme does, of every kind: when, where, for which states, who took part and what came of it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan.models.plans import PlanLine
from action_plan.querysets.activities import (
    LONGEST_DAYS,
    ActivityQuerySet,
    ActivityStateQuerySet,
    ParticipantCountQuerySet,
)
from common.mandate import Point, Sector
from common.translated import SUFFIXES, Translated, suffix
from common.walls import NOBODY, OTHER_STATES, OWN_STATE, SHARED, Audited, RowWall, SameState, SqlCheck
from documents.models import Source
from member_states.models import MemberState

OWN = f"({OWN_STATE} AND audience <> 'staff')"
INVOLVED = (
    "EXISTS (SELECT 1 FROM action_plan_activitystate s"
    " WHERE s.activity_id = action_plan_activity.id AND s.state_id = ANY ({states}))"
)
SEES_ACTIVITY = "EXISTS (SELECT 1 FROM action_plan_activity a WHERE a.id = activity_id)"


class Audience(models.TextChoices):
    """Who reads of an activity. Each is wider than the one before."""

    STAFF = "staff", _("The programme’s staff")
    PARTICIPANTS = "participants", _("The states that take part")
    STATES = "states", _("All member states")
    PUBLIC = "public", _("Everybody")


class Kind(models.TextChoices):
    STRATEGY_WORKSHOP = "strategy workshop", _("Strategy workshop")
    CONSULTATION = "consultation", _("Strategy consultation")
    ROUNDTABLE = "roundtable", _("Roundtable")
    COURSE = "course", _("Course")
    DEPLOYMENT = "deployment", _("CSIRT deployment")
    NETWORK_MEETING = "network meeting", _("Network meeting")
    EXERCISE = "exercise", _("Crisis management exercise")
    CAMPAIGN = "campaign", _("Awareness campaign")
    COMPETITION = "competition", _("Competition")
    MISSION = "mission", _("Technical assistance mission")
    PLACEMENT = "placement", _("Expert placement")
    CONFERENCE = "conference", _("Conference or symposium")
    MEETING = "meeting", _("Meeting")
    LAUNCH = "launch", _("Launch or publication")


POINT_OF = {
    Kind.STRATEGY_WORKSHOP: Point.STRATEGY,
    Kind.CONSULTATION: Point.STRATEGY,
    Kind.ROUNDTABLE: Point.STRATEGY,
    Kind.COURSE: Point.TRAINING,
    Kind.DEPLOYMENT: Point.CSIRT,
    Kind.NETWORK_MEETING: Point.CSIRT,
    Kind.EXERCISE: Point.EXERCISES,
    Kind.CAMPAIGN: Point.AWARENESS,
    Kind.COMPETITION: Point.AWARENESS,
    Kind.MISSION: Point.MISSIONS,
    Kind.PLACEMENT: Point.EXPERTISE,
}


class Activity(models.Model):
    """`starts_on` and `ends_on` are whole days; `precision` says how much of them a source states (Decision 17).

    Hours are in `time_zone`, where it takes place. `status` is changed by actions/activities.py alone.
    """

    class Status(models.TextChoices):
        IDEA = "idea", _("Idea")
        PLANNED = "planned", pgettext_lazy("activity", "Planned")
        CONFIRMED = "confirmed", pgettext_lazy("activity", "Confirmed")
        UNDER_WAY = "under way", _("Under way")
        DONE = "done", pgettext_lazy("activity", "Done")
        CANCELLED = "cancelled", pgettext_lazy("activity", "Cancelled")

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        WEEK = "week", _("the week")
        MONTH = "month", _("the month")
        YEAR = "year", _("the year")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    point = models.PositiveSmallIntegerField(_("point"), choices=Point.choices, null=True, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_pt_br = models.CharField(_("title in Portuguese"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.IDEA, editable=False)
    cancelled_because = models.TextField(_("why it was cancelled"), max_length=500, blank=True, editable=False)
    audience = models.CharField(_("who reads of it"), max_length=12, choices=Audience.choices, default=Audience.STAFF)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    precision = models.CharField(
        _("how exact the dates are"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    starts_at = models.TimeField(_("from (hour)"), null=True, blank=True)
    ends_at = models.TimeField(_("until (hour)"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    host_state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in which state")
    )
    is_online = models.BooleanField(_("online"), default=False)
    languages = ArrayField(
        models.CharField(max_length=5, choices=settings.LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    host = models.CharField(_("host"), max_length=200, blank=True)
    organisers = models.CharField(_("organised by"), max_length=300, blank=True)
    partners = models.CharField(_("together with"), max_length=300, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("responsible"),
    )
    about = models.TextField(_("what it is about"), max_length=4000, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=4000, blank=True)
    participants_as_stated = models.CharField(_("participants as the source states them"), max_length=300, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    title = Translated("title", or_any=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("-starts_on", "-pk")
        indexes = (
            models.Index(name="activity_by_date", fields=("starts_on", "id")),
            models.Index(name="activity_by_officer", fields=("officer", "starts_on")),
            models.Index(name="activity_by_point", fields=("status", "point"), include=("id", "audience")),
        )
        constraints: ClassVar = (
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            SqlCheck(name="activity_not_endless", check=f"ends_on <= starts_on + {LONGEST_DAYS}"),
            models.CheckConstraint(
                name="activity_cancelled_because",
                condition=~models.Q(status="cancelled") | ~models.Q(cancelled_because=""),
            ),
            RowWall(name="activity_wall", read=f"{SHARED} OR (audience <> 'staff' AND {INVOLVED})", write=NOBODY),
            Audited(name="activity_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activity-detail", args=[self.slug])

    @property
    def look(self) -> str:
        """How the house's table of status words shows it; "confirmed" is the word of another status there."""
        return {"under way": "under_way", "confirmed": "complete"}.get(self.status, self.status)

    @property
    def titled(self) -> str:
        """In which language the title is, when it is not the reader's."""
        own = suffix()
        given = [one for one in (own, *SUFFIXES) if getattr(self, f"title_{one}")]
        return "" if not given or given[0] == own else given[0].replace("_", "-")

    @property
    def address(self) -> str:
        """Whole, for what leaves the portal."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def participants(self) -> int | None:
        """Of one that was read `with_figures`; None where nobody counted."""
        figures: list[int] | None = self.figures  # type: ignore[attr-defined]
        return sum(figures) if figures else None

    def language_names(self) -> list[str]:
        return [str(name) for code, name in settings.LANGUAGES if code in self.languages]


class ActivityState(models.Model):
    """That a state takes part, and the line of its plan that this serves.

    `audience` is the activity's own and follows it, so that this table alone says who sees which state takes part.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="taking_part")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="taking_part")
    audience = models.CharField(max_length=12, choices=Audience.choices, editable=False)
    line = models.ForeignKey(
        PlanLine, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("plan")
    )

    objects = ActivityStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state that takes part")
        verbose_name_plural = _("states that take part")
        ordering = ("activity", "state")
        constraints: ClassVar = (
            models.UniqueConstraint(name="activity_state_once", fields=("activity", "state")),
            RowWall(name="activity_state_wall", read=f"{SHARED} OR {OWN}", write=NOBODY, staff_write=OTHER_STATES),
            SameState(name="activity_state_same_audience", parent="activity", column="audience", follows="yes"),
            SameState(name="activity_state_same_state", parent="line"),
            Audited(name="activity_state_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.state}, {self.activity_id}"


class ParticipantCount(models.Model):
    """How many people of a state and a sector took part. Whoever reads of the activity reads its figures."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participant_counts")
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("state")
    )  # none: of no member state, or not stated
    sector = models.CharField(_("sector"), max_length=14, choices=Sector.choices, blank=True)
    women = models.PositiveIntegerField(_("women"), default=0)
    men = models.PositiveIntegerField(_("men"), default=0)
    other = models.PositiveIntegerField(_("other"), default=0)
    not_stated = models.PositiveIntegerField(_("not stated"), default=0)

    objects = ParticipantCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of participants")
        verbose_name_plural = _("numbers of participants")
        ordering = ("activity", "state", "sector")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="participant_count_once", fields=("activity", "state", "sector"), nulls_distinct=False
            ),
            RowWall(name="participant_count_wall", read=SEES_ACTIVITY, write=NOBODY),
            Audited(name="participant_count_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.total}"

    @property
    def total(self) -> int:
        return self.women + self.men + self.other + self.not_stated
