"""A team's application to the network, what was signed on its way, and the days on which a state works."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.walls import EVERYBODY, OWN_STATE, Audited, Locked, RowWall, SameState
from csirt_network.admission.steps import OVER, STEP_AT, TO_FILL, Stand, Step, Verdict
from csirt_network.models.teams import Team
from csirt_network.querysets.admission import (
    ApplicationDocumentQuerySet,
    ApplicationQuerySet,
    ApprovalQuerySet,
    ClosedDayQuerySet,
)
from documents.models import File
from member_states.models import MemberState

# The head of the team is known by the address that the application names: an account is opened for an address that was
# invited, and only administrators change one.
IS_HEAD = "head_email = (SELECT lower(me.email) FROM accounts_user me WHERE me.id = {person})"
REPRESENTS = """(consent_of_id = ANY ({teams}) AND EXISTS (
    SELECT 1 FROM csirt_network_teammember held
     WHERE held.team_id = consent_of_id AND held.person_id = {person} AND held.kind = 'representative'
       AND held.ended_at IS NULL AND held.starts_on <= (now() AT TIME ZONE 'UTC')::date
       AND (held.ends_on IS NULL OR held.ends_on >= (now() AT TIME ZONE 'Pacific/Honolulu')::date)))"""
SIDE = f"{OWN_STATE} OR {IS_HEAD} OR {REPRESENTS}"
OF_IT = "application_id IN (SELECT a.id FROM csirt_network_application a)"  # the inner one is under its own wall
HEADS = """application_id IN (
    SELECT a.id FROM csirt_network_application a
     WHERE a.head_email = (SELECT lower(me.email) FROM accounts_user me WHERE me.id = {person}))"""
APPLIES = f"({OWN_STATE} OR {HEADS})"
CONSENTS = """application_id IN (
    SELECT a.id FROM csirt_network_application a WHERE a.consent_of_id = ANY ({teams}))"""
SIGNS = f"""by_id = {{person}} AND (
    (step IN ('sent', 'withdrawn') AND {APPLIES})
    OR (step = 'contact point' AND {OWN_STATE})
    OR (step = 'consent' AND {CONSENTS}))"""


class Application(models.Model):
    """A team asks to be a member of the network: one that is known (`team`), or one that is not listed yet (`name`).

    The head of the team applies; whoever opens the application says who that is. `stands` is moved by
    ``actions/admission.py`` alone. `consent_of` is the national CSIRT, from the moment its consent is asked.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, related_name="applications", verbose_name=_("member state")
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("team")
    )
    name = models.CharField(_("name of the team"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Team.Kind.choices, default=Team.Kind.NATIONAL)
    host = models.CharField(_("host organisation"), max_length=200, blank=True)
    head_name = models.CharField(_("head of the team"), max_length=150)
    head_email = models.EmailField(_("e-mail address of the head"))
    language = models.CharField(_("language of the letters"), max_length=5, choices=settings.LANGUAGES)
    constituency = models.TextField(_("constituency"), blank=True, max_length=2000)
    stands = models.CharField(max_length=16, choices=Stand.choices, default=Stand.DRAFT, editable=False)
    stood_since = models.DateTimeField(_("there since"), auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)  # two who fill it in at once: the second is told
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    consent_of = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("consent asked of")
    )
    meeting_on = models.DateField(_("introductory meeting on"), null=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("-opened_at", "-pk")
        constraints: ClassVar = (
            models.CheckConstraint(name="application_names_team", condition=Q(team__isnull=False) | ~Q(name="")),
            models.CheckConstraint(
                name="application_sent_when",
                condition=Q(stands="draft") | Q(sent_at__isnull=False) | Q(stands="withdrawn"),
            ),
            models.UniqueConstraint(name="application_once", fields=("team",), condition=~Q(stands__in=sorted(OVER))),
            models.UniqueConstraint(
                Lower("name"),
                "state",
                name="application_of_name_once",
                condition=Q(team=None) & ~Q(stands__in=sorted(OVER)),
            ),
            RowWall(name="application_wall", read=SIDE, write=SIDE),
            SameState(name="application_team_same_state", parent="team"),
            SameState(name="application_consent_same_state", parent="consent_of"),
            Audited(name="application_audited"),
        )

    def __str__(self) -> str:
        return f"{self.team_name}, {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("application-detail", args=[self.pk])

    @property
    def team_name(self) -> str:
        return self.team.name if self.team else self.name

    @property
    def team_kind(self) -> str:
        return self.team.kind if self.team else self.kind

    @property
    def team_kind_words(self) -> str:
        return self.team.get_kind_display() if self.team else self.get_kind_display()

    @property
    def team_host(self) -> str:
        return self.team.host if self.team else self.host

    @property
    def is_national(self) -> bool:
        return self.team_kind == Team.Kind.NATIONAL

    @property
    def is_over(self) -> bool:
        return self.stands in OVER

    @property
    def is_to_fill(self) -> bool:
        return self.stands in TO_FILL

    @property
    def next_step(self) -> Step | None:
        return STEP_AT.get(Stand(self.stands))


class Approval(models.Model):
    """A step of an application as it was taken: signed by somebody of the portal, dated, and never changed.

    What came as a signed letter is recorded by the programme: then `signatory` says who signed it, and `signed_on`
    when. `turn` counts how often the step was taken: an application that came back is sent and checked again.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="approvals")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("step"), max_length=16, choices=Step.choices)
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    verdict = models.CharField(_("verdict"), max_length=4, choices=Verdict.choices)
    statement = models.TextField(_("statement"), blank=True, max_length=2000)
    checked = ArrayField(
        models.CharField(max_length=12), verbose_name=_("found in order"), default=list, blank=True
    )  # the keys of admission.steps.CHECKS
    signatory = models.CharField(_("signed by, on paper"), max_length=200, blank=True)
    signed_on = models.DateField(_("date of the letter or of the meeting"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ("application", "at", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="approval_once", fields=("application", "step", "turn")),
            RowWall(name="approval_wall", read=OF_IT, write=SIGNS),
            SameState(name="approval_same_state", parent="application"),
            Locked(name="approval_locked"),
            Audited(name="approval_audited"),
        )

    def __str__(self) -> str:
        return f"{self.application_id}, {self.get_step_display()}"


class ApplicationDocument(models.Model):
    """The founding document of a team, as a checked upload; a newer one stands beside those before.

    Its name is kept here too, for files are the state's to read, and the head of the team has no reach of the state.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ApplicationDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of an application")
        verbose_name_plural = _("documents of applications")
        ordering = ("application", "pk")
        constraints: ClassVar = (
            RowWall(name="application_document_wall", read=OF_IT, write=f"by_id = {{person}} AND {APPLIES}"),
            SameState(name="application_document_same_state", parent="application"),
            SameState(name="application_document_file_same_state", parent="file"),
            Locked(name="application_document_locked"),
            Audited(name="application_document_audited"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].upper()[:5]


class ClosedDay(models.Model):
    """A day on which a state does not work besides its public holidays: it does not count in the 20 working days."""

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="closed_days")
    day = models.DateField(_("day"))
    name = models.CharField(_("why it is closed"), max_length=120)

    objects = ClosedDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ("state", "day")
        constraints: ClassVar = (
            models.UniqueConstraint(name="closed_day_once", fields=("state", "day")),
            RowWall(name="closed_day_wall", read=EVERYBODY, write=OWN_STATE),
            Audited(name="closed_day_audited"),
        )

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"
