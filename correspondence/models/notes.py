"""Notes verbales of the programme, each to the Permanent Mission of one state."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from action_plan.models import Course, PlanVersion
from capability.models import Round
from common.walls import NOBODY, OTHER_STATES, OWN_STATE, Audited, Locked, RowWall, SameState
from correspondence.purposes import Outcome, Purpose, Status, Way
from correspondence.querysets.notes import NoteQuerySet, NoteSerialQuerySet
from csirt_network.models import Application, Team
from csirt_network.models.files import KeptFile
from member_states.models import MemberState

PERSON = settings.AUTH_USER_MODEL
TEXT_LENGTH = 6000
ISSUED = "number IS NOT NULL"
LATER = (
    "status", "sent_on", "sent_way", "sent_by_id", "replied_on", "outcome", "reply_reference", "reply_said",
    "recorded_by_id", "recorded_at", "cancelled_at", "cancelled_by_id", "why_cancelled", "edited",
)  # fmt: skip


class NoteSerial(models.Model):
    """The last number given in a year. Locked while one is given, so that none is missing and none is given twice."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    objects = NoteSerialQuerySet.as_manager()

    class Meta:
        verbose_name = _("last number of notes of a year")
        verbose_name_plural = _("last numbers of notes of years")
        ordering = ("-year",)
        constraints: ClassVar = (
            RowWall(name="note_serial_wall", read=NOBODY, write=NOBODY),
            Audited(name="note_serial_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Note(KeptFile):
    """A draft is the staff's own; issued, it has a number, a code and a PDF, which never change (decision 0042).

    The columns of the kept file are those of the PDF. `text` are the paragraphs between the fixed opening and closing.
    """

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("member state"))
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    reply_days = models.PositiveSmallIntegerField(_("working days for the reply"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("update round")
    )
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    version = models.ForeignKey(
        PlanVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version of a plan"),
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("application")
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    contact = models.ForeignKey(
        "correspondence.PointOfContact",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("point of contact"),
    )
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by"))
    made_at = models.DateTimeField(_("written at"), auto_now_add=True)
    edited = models.PositiveIntegerField(default=0, editable=False)  # of two who edit at once the second is told
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    code = models.CharField(_("check code"), max_length=4, blank=True, editable=False)
    issued_on = models.DateField(_("date"), null=True, editable=False)
    issued_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("issued by"), editable=False
    )
    reply_due_on = models.DateField(_("reply asked for by"), null=True, editable=False)
    sent_on = models.DateField(_("handed over on"), null=True, blank=True)
    sent_way = models.CharField(_("how it was handed over"), max_length=8, choices=Way.choices, blank=True)
    sent_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("handed over by")
    )
    # While it waits: what only said that it arrived. Then the reply.
    replied_on = models.DateField(_("date of the reply"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    reply_reference = models.CharField(_("number of the reply"), max_length=80, blank=True)
    reply_said = models.TextField(_("what the reply says"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("reply recorded by")
    )
    recorded_at = models.DateTimeField(_("reply recorded at"), null=True)
    cancelled_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("cancelled by")
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    why_cancelled = models.TextField(_("why it was cancelled"), max_length=1000, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note verbale")
        verbose_name_plural = _("notes verbales")
        ordering = ("-year", "-number", "-pk")
        indexes = (
            models.Index(name="note_by_state", fields=("state", "status")),
            models.Index(
                name="note_waiting",
                fields=("reply_due_on",),
                condition=models.Q(status__in=("issued", "sent")),
            ),
        )
        constraints: ClassVar = (
            models.UniqueConstraint(name="note_number_once", fields=("year", "number")),
            models.CheckConstraint(
                name="note_issued_whole",
                condition=models.Q(
                    status="draft", year=None, number=None, code="", issued_on=None, issued_by=None, content=""
                )
                | models.Q(
                    ~models.Q(status="draft"),
                    ~models.Q(code=""),
                    ~models.Q(content=""),
                    year__isnull=False,
                    number__gte=1,
                    issued_on__isnull=False,
                    issued_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="note_answered_with_outcome",
                condition=~models.Q(status="answered")
                | models.Q(~models.Q(outcome=""), replied_on__isnull=False, recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="note_cancelled_because", condition=~models.Q(status="cancelled") | ~models.Q(why_cancelled="")
            ),
            # The state reads what was issued to it, and writes nothing here: its reply is a scan.
            RowWall(name="note_wall", read=f"{OWN_STATE} AND {ISSUED}", write=NOBODY, staff_write=OTHER_STATES),
            SameState(name="note_version_same_state", parent="version"),
            SameState(name="note_application_same_state", parent="application"),
            SameState(name="note_team_same_state", parent="team"),
            SameState(name="note_contact_same_state", parent="contact"),
            Locked(name="note_locked", once=f"OLD.{ISSUED}", but=LATER),
            Audited(name="note_audited"),
        )

    def __str__(self) -> str:
        return self.spelled or str(_("Draft of a note"))

    def get_absolute_url(self) -> str:
        return reverse("note-detail", args=[self.pk])

    @property
    def spelled(self) -> str:
        """As it stands on the paper: OAS/CYBER/NV-12/26."""
        return f"OAS/CYBER/NV-{self.number}/{self.year % 100:02}" if self.number and self.year else ""

    @property
    def mark(self) -> str:
        """Number and check code in one, as a reply may quote it and a file may be called: NV-12-26-7KQ4."""
        return f"NV-{self.number}-{self.year % 100:02}-{self.code}" if self.number and self.year else ""

    @property
    def record(self) -> models.Model | None:
        """What it is composed from; those that a list reads come with ``whole()``."""
        return self.round or self.course or self.version or self.application or self.team or self.contact

    @property
    def agrees_to_plan(self) -> bool:
        is_agreed = self.status == Status.ANSWERED and self.outcome == Outcome.AGREED
        return self.purpose == Purpose.PLAN and is_agreed and self.version_id is not None

    @property
    def gives_nominees(self) -> bool:
        is_named = self.status == Status.ANSWERED and self.outcome == Outcome.NAMES
        return self.purpose == Purpose.NOMINATIONS and is_named and self.course_id is not None

    @property
    def about(self) -> str:
        return words_of(self.record) if self.record else ""

    @property
    def look(self) -> str:
        """A code of the house's table of status words."""
        return f"note {self.status}"


def words_of(record: models.Model) -> str:
    """How a record reads in a list; a version by its plan."""
    if isinstance(record, PlanVersion):
        return gettext("%(plan)s, version %(number)s") % {"plan": record.plan, "number": record.number}
    return str(record)
