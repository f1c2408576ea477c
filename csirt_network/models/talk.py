"""What readers say of an alert, under its label."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.walls import Audited, Locked, RowWall
from csirt_network.models.alerts import Alert
from csirt_network.models.of_alerts import (
    AMONG_US,
    BY_ME,
    COMES_FROM_PROGRAMME,
    COMES_FROM_US,
    OWN_TEAM,
    READ_OF_TEAM,
    READABLE,
    STAFF_READ_OF_TEAM,
)
from csirt_network.models.teams import Team
from csirt_network.querysets.talk import CommentQuerySet, CorrectionQuerySet

SAY = f"{AMONG_US} AND {BY_ME} AND ({OWN_TEAM} OR (team_id IS NULL AND NOT {{community}}))"
STAFF_SAY = f"{BY_ME} AND ({OWN_TEAM} OR team_id IS NULL)"
PROPOSE = f"{AMONG_US} AND {BY_ME} AND {OWN_TEAM} AND decided_at IS NULL"


class Comment(models.Model):
    """Written once; whoever wrote it may withdraw it, and then its words are shown to nobody. No team: the programme,
    or a person whom TLP:RED names."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="comments", verbose_name=_("alert"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    text = models.TextField(_("text"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    key = models.UUIDField(unique=True, editable=False)  # the same form sent twice is one comment
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("at", "pk")
        constraints: ClassVar = (
            RowWall(name="comment_wall", read=AMONG_US, write=SAY, staff_read=READABLE, staff_write=STAFF_SAY),
            Locked(name="comment_locked", but=("withdrawn_at",)),
            Audited(name="comment_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%Y-%m-%d}"


class Correction(models.Model):
    """Other words for one field, proposed by a reader; whom the alert comes from accepts or refuses them."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("alert"))
    version = models.PositiveIntegerField(_("version of the alert"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    field = models.CharField(_("field"), max_length=20)
    before = models.TextField(_("as it stands"), max_length=8000, blank=True)
    after = models.TextField(_("as it should be"), max_length=8000)
    reason = models.TextField(_("why"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    key = models.UUIDField(unique=True, editable=False)
    is_accepted = models.BooleanField(_("accepted"), null=True, editable=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-at", "-pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="correction_is_decided_once",
                condition=models.Q(decided_at=None, is_accepted=None)
                | models.Q(decided_at__isnull=False, is_accepted__isnull=False, decided_by__isnull=False),
            ),
            RowWall(
                name="correction_wall",
                read=READ_OF_TEAM,
                write=COMES_FROM_US,
                becomes=f"({PROPOSE}) OR {COMES_FROM_US}",
                staff_read=STAFF_READ_OF_TEAM,
                staff_write=COMES_FROM_PROGRAMME,
                staff_becomes=f"({PROPOSE}) OR {COMES_FROM_PROGRAMME}",
            ),
            Locked(name="correction_locked", but=("is_accepted", "answer", "decided_by_id", "decided_at")),
            Audited(name="correction_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.field}, {self.at:%Y-%m-%d}"
