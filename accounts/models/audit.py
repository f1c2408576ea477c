from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import AuditEntryQuerySet
from common.walls import NOBODY, OWN_STATE, Locked, RowWall

# What administrators keep, and may read the history of: tables without a wall, so nothing here says what states said.
KEPT_BY_ADMINISTRATORS = (
    "accounts.user",
    "accounts.staffrole",
    "invitations.invitation",
    "accounts.apitoken",
    "accounts.recoverycode",
    "accounts.factorreset",
    "mfa.authenticator",
    "member_states.memberstate",
    "member_states.participation",
    "member_states.liaison",
    "documents.source",
    "capability.edition",
    "capability.dimension",
    "capability.factor",
    "capability.indicator",
    "capability.stagesentence",
    "capability.threatclass",
    "capability.round",
    "capability.law",
    "capability.externalindex",
    "reporting.schedule",
)
# What staff say and decide among themselves: never the state's to read here, nor of those of staff who speak for it.
AMONG_STAFF = (
    "capability.answerdecision",
    "capability.reviewassignment",
    "capability.reviewnote",
    "capability.secondopinion",
)
# In force by the same days as in accounts/querysets.py: the last one is over when it is over in the west.
IS_ADMINISTRATOR = """(SELECT EXISTS (
    SELECT 1 FROM accounts_staffrole held WHERE held.person_id = {person} AND held.role = 'administrator'
       AND held.ended_at IS NULL AND held.starts_on <= (now() AT TIME ZONE 'UTC')::date
       AND (held.ends_on IS NULL OR held.ends_on >= (now() AT TIME ZONE 'Pacific/Honolulu')::date)))"""
KEPT = "model IN ({})".format(", ".join(f"'{model}'" for model in KEPT_BY_ADMINISTRATORS))
SAID_AMONG_STAFF = "model IN ({})".format(", ".join(f"'{model}'" for model in AMONG_STAFF))
OF_OTHER_STATES = "coalesce((coalesce(after, before) ->> 'state_id')::bigint <> ALL ({states}), true)"


class AuditEntry(models.Model):
    """One change of one row: who, when, from which page, what stood before and after.

    Filled by the trigger ``audit_row`` on every audited table, so raw SQL shows too. ``by_id`` is a plain number: the
    trail outlives what it speaks of. Entries of drafts are private: they belong to the state, as the drafts do.
    """

    class Verb(models.TextChoices):
        ADDED = "I", _("added")
        CHANGED = "U", _("changed")
        REMOVED = "D", _("removed")
        READ = "R", _("read")

    at = models.DateTimeField(_("when"), db_default=models.functions.Now(), db_index=True)
    by_id = models.BigIntegerField(_("by"), null=True)
    page = models.CharField(_("page"), max_length=250, blank=True)
    verb = models.CharField(_("what"), max_length=1, choices=Verb.choices)
    model = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"))
    state_id = models.BigIntegerField(_("member state"), null=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    is_private = models.BooleanField(default=False)

    KEPT: ClassVar = KEPT_BY_ADMINISTRATORS
    AMONG_STAFF: ClassVar = AMONG_STAFF

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ("-at", "-id")
        indexes = (models.Index(name="audit_by_object", fields=("model", "object_id", "-id")),)
        constraints = (
            # Anyone's change must be recorded; the app's role may add entries and nobody may alter one.
            RowWall(
                name="audit_wall",
                read=f"({OWN_STATE} AND NOT {SAID_AMONG_STAFF}) OR ({KEPT} AND {IS_ADMINISTRATOR})",
                write=NOBODY,
                becomes="by_id IS NOT DISTINCT FROM {person}",
                staff_read=f"NOT is_private AND (NOT {SAID_AMONG_STAFF} OR {OF_OTHER_STATES})",
                staff_write=NOBODY,
                staff_becomes="by_id IS NOT DISTINCT FROM {person}",
            ),
            Locked(name="audit_locked"),
        )

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.model} {self.object_id}"

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """(column, before, after) of what differs."""
        before, after = self.before or {}, self.after or {}
        return [(k, before.get(k), after.get(k)) for k in sorted(before | after) if before.get(k) != after.get(k)]
