from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from capability.models import Round
from common.walls import NOBODY, ONLY_ME, OWN_STATE, Audited, Locked, RowWall, SameState
from member_states.models import MemberState
from notices.models import Job
from partnerships.models import Agreement
from reporting import making
from reporting.bulletin.facts import month_of
from reporting.calendars.periods import Months, Period
from reporting.calendars.worded import area_name
from reporting.glance.quarters import quarter_of
from reporting.kinds import KINDS, Subject
from reporting.querysets import DeliveryQuerySet, RunFileQuerySet, RunQuerySet, ScheduleQuerySet


class Kind(models.TextChoices):
    COUNTRY_BRIEF = "country brief", _("Country brief")
    ROUND_PROGRESS = "round progress", _("Progress of a round")
    NETWORK_BULLETIN = "network bulletin", _("Network bulletin")
    ACTIVITIES_CALENDAR = "activities calendar", _("Activities calendar")
    AGREEMENT_REPORT = "agreement report", _("Agreement report")
    REGION_AT_A_GLANCE = "region at a glance", _("Region at a glance")


NO_MONTHS: dict[str, Any] = {"sub_region": "", "first_on": None, "last_on": None, "agreement": None}
# Read by the community of the network, once they are made.
BULLETIN = f"kind = '{Kind.NETWORK_BULLETIN}' AND {{community}}"
OF_BULLETIN = """run_id IN (
    SELECT r.id FROM reporting_run r WHERE r.kind = 'network bulletin' AND r.status = 'done' AND {community})"""
# Read by the liaisons of any state, once they are made (decision 0032).
REGIONAL = f"kind = '{Kind.REGION_AT_A_GLANCE}' AND cardinality({{states}}) > 0"
OF_REGIONAL = """cardinality({states}) > 0 AND run_id IN (
    SELECT r.id FROM reporting_run r WHERE r.kind = 'region at a glance' AND r.status = 'done')"""


class Schedule(models.Model):
    """A report that is made by itself: every day, week, month or quarter, at a local time in an IANA time zone."""

    class Every(models.TextChoices):
        DAY = "day", _("every day")
        WEEK = "week", _("every week")
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    kind = models.CharField(_("report"), max_length=20, choices=Kind.choices, default=Kind.COUNTRY_BRIEF)
    states = models.ManyToManyField(MemberState, related_name="+", blank=True, verbose_name=_("member states"))
    sub_region = models.CharField(_("sub-region"), max_length=20, choices=MemberState.SubRegion.choices, blank=True)
    period = models.CharField(_("months"), max_length=12, choices=Period.choices, blank=True)
    languages = ArrayField(models.CharField(max_length=5, choices=settings.LANGUAGES), verbose_name=_("languages"))
    every = models.CharField(_("how often"), max_length=8, choices=Every.choices, default=Every.MONTH)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday.choices, null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day of the month"), null=True, blank=True)
    at = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/New_York")
    to_liaisons = models.BooleanField(_("liaisons of the state"), default=True)
    to_representatives = models.BooleanField(_("representatives of the network’s teams"), default=False)
    recipients = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("programme staff")
    )
    is_active = models.BooleanField(_("active"), default=True)
    # Nothing is made for times before: moves when timing, states or languages change, and when a pause ends.
    since = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ("-is_active", "pk")
        constraints = (
            models.CheckConstraint(
                name="schedule_week_has_weekday",
                condition=~models.Q(every="week") | models.Q(weekday__range=(0, 6)),
            ),
            models.CheckConstraint(
                name="schedule_month_has_day",
                condition=~models.Q(every__in=("month", "quarter")) | models.Q(day__range=(1, 31)),
            ),
            models.CheckConstraint(
                name="schedule_of_progress_is_for_staff",
                condition=~models.Q(kind=Kind.ROUND_PROGRESS) | models.Q(to_liaisons=False),
                violation_error_message=_("The progress of a round names all states: it is for the programme’s staff."),
            ),
            models.CheckConstraint(
                name="schedule_of_bulletin_is_for_the_network",
                condition=models.Q(kind=Kind.NETWORK_BULLETIN, to_liaisons=False)
                | ~models.Q(kind=Kind.NETWORK_BULLETIN) & models.Q(to_representatives=False),
                violation_error_message=_("The network’s bulletin is for its representatives, and nothing else is."),
            ),
            models.CheckConstraint(
                name="schedule_of_calendar_is_of_months",
                condition=models.Q(kind=Kind.ACTIVITIES_CALENDAR, period__in=Period.values)
                | ~models.Q(kind=Kind.ACTIVITIES_CALENDAR) & models.Q(period="", sub_region=""),
                violation_error_message=_("A calendar is of some months, and nothing else is."),
            ),
            models.CheckConstraint(
                name="schedule_of_region_is_quarterly",
                condition=~models.Q(kind=Kind.REGION_AT_A_GLANCE) | models.Q(every="quarter", to_liaisons=False),
                violation_error_message=_("The region at a glance is made every quarter, for the programme’s staff."),
            ),
            Audited(name="schedule_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("schedule-detail", args=[self.pk])


class Run(Job):
    """One making of one report for one slot of a schedule, or by hand (no schedule).

    It is about a state, and then also the state's to read, or about a round or an agreement, and then the programme's
    staff alone read it, or about the network, whose community reads it. A calendar of activities is of the months from
    `first_on` to `last_on`, of a state, or else of a sub-region or all states and the staff's. The files are made in
    the reach of those who may. One on the region lies with the staff, and is made in the reach of any member state.
    `as_of`: when what they say was read. `figures` are those that the next report on the region is compared with.
    """

    kind = models.CharField(_("report"), max_length=20, choices=Kind.choices, default=Kind.COUNTRY_BRIEF)
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, null=True, related_name="runs")
    slot = models.DateTimeField(_("due at"))
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("member state")
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("round"))
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("agreement")
    )
    sub_region = models.CharField(_("sub-region"), max_length=20, choices=MemberState.SubRegion.choices, blank=True)
    first_on = models.DateField(_("from"), null=True, editable=False)
    last_on = models.DateField(_("until"), null=True, editable=False)
    as_of = models.DateTimeField(_("as of"), null=True, editable=False)
    figures = models.JSONField(_("figures"), null=True, editable=False)
    languages = ArrayField(models.CharField(max_length=5), verbose_name=_("languages"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RunQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("report run")
        verbose_name_plural = _("report runs")
        ordering = ("-slot", "-pk")
        constraints = (
            models.UniqueConstraint(name="run_once_per_slot", fields=("schedule", "slot", "state")),
            models.UniqueConstraint(name="run_of_round_once_per_slot", fields=("schedule", "slot", "round")),
            models.CheckConstraint(
                name="run_is_about_what_its_kind_says",
                condition=models.Q(kind=Kind.COUNTRY_BRIEF, state__isnull=False, round=None, **NO_MONTHS)
                | models.Q(kind=Kind.ROUND_PROGRESS, state=None, round__isnull=False, **NO_MONTHS)
                | models.Q(kind=Kind.NETWORK_BULLETIN, state=None, round=None, **NO_MONTHS)
                | models.Q(kind=Kind.REGION_AT_A_GLANCE, state=None, round=None, **NO_MONTHS)
                | models.Q(kind=Kind.AGREEMENT_REPORT, state=None, round=None, agreement__isnull=False)
                & models.Q(sub_region="", first_on=None, last_on=None)
                | models.Q(kind=Kind.ACTIVITIES_CALENDAR, round=None, agreement=None)
                & models.Q(first_on__isnull=False, last_on__isnull=False)
                & (models.Q(state=None) | models.Q(sub_region="")),
            ),
            models.UniqueConstraint(name="run_of_agreement_once_per_slot", fields=("schedule", "slot", "agreement")),
            models.UniqueConstraint(
                name="run_of_calendar_once_per_slot",
                fields=("schedule", "slot"),
                condition=models.Q(kind=Kind.ACTIVITIES_CALENDAR),
            ),
            models.UniqueConstraint(
                name="run_of_network_once_per_slot",
                fields=("schedule", "slot"),
                condition=models.Q(kind=Kind.NETWORK_BULLETIN),
            ),
            models.UniqueConstraint(
                name="run_of_region_once_per_slot",
                fields=("schedule", "slot"),
                condition=models.Q(kind=Kind.REGION_AT_A_GLANCE),
            ),
            RowWall(
                name="run_wall",
                read=f"({OWN_STATE} OR ({BULLETIN}) OR ({REGIONAL})) AND status = 'done'",
                write=NOBODY,
                becomes=NOBODY,
            ),
            Audited(name="run_audited"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.about}, {self.slot:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("run-detail", args=[self.pk])

    def perform(self) -> None:
        making.make(self)

    @property
    def about(self) -> MemberState | Round | Agreement | str:
        """A state, a round or an agreement; of a bulletin its month, of the region its quarter; of a calendar whose it
        is, and its months."""
        if self.kind == Kind.REGION_AT_A_GLANCE:
            return quarter_of(self).in_words
        if self.months:
            area = area_name(self.state, self.sub_region)
            return gettext("%(area)s, %(period)s") % {"area": area, "period": self.months.in_words}
        return self.state or self.round or self.agreement or date_format(month_of(self).first, "F Y")

    @property
    def months(self) -> Months | None:
        """Of a calendar."""
        return Months(self.first_on, self.last_on) if self.first_on and self.last_on else None

    @property
    def subject(self) -> Subject:
        return Subject(self.state_id, self.round_id, self.sub_region, self.first_on, self.last_on, self.agreement_id)

    @property
    def is_of_a_time(self) -> bool:
        return KINDS[self.kind].is_of_a_time

    @property
    def is_unfinished(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    @property
    def look(self) -> str:
        """The code of its status in the table of looks."""
        return "ready" if self.status == self.Status.DONE else str(self.status)


class RunFile(models.Model):
    """A finished report: kept as it was made, in one language and one format, until its content expires."""

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF")
        XLSX = "xlsx", _("Excel")

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="files")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    content = models.FileField(upload_to="reports")
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    expired_at = models.DateTimeField(_("expired at"), null=True, editable=False)

    objects = RunFileQuerySet.as_manager()

    class Meta:
        ordering = ("language", "format")
        constraints = (
            models.UniqueConstraint(name="run_file_once", fields=("run", "language", "format")),
            RowWall(name="run_file_wall", read=f"{OWN_STATE} OR {OF_BULLETIN} OR ({OF_REGIONAL})", write=NOBODY),
            SameState(name="run_file_same_state", parent="run"),
            Audited(name="run_file_audited"),
        )

    def __str__(self) -> str:
        return f"{self.run}, {self.language}, {self.format}"

    def get_absolute_url(self) -> str:
        return reverse("run-file", args=[self.run_id, self.language, self.format])


class Delivery(models.Model):
    """Who was told of a report: name and language as they were that day. What came of it stands in the outbox."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("report"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recipient")
    )
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(name="delivery_once", fields=("run", "person")),
            RowWall(name="delivery_wall", read=f"({OWN_STATE} OR {OF_BULLETIN}) AND ({ONLY_ME})", write=NOBODY),
            SameState(name="delivery_same_state", parent="run"),
            Locked(name="delivery_locked"),
            Audited(name="delivery_audited"),
        )

    def __str__(self) -> str:
        return f"{self.run} → {self.name}"
