"""What came back on paper: matched to the note whose number is on it, or waiting on a list."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.walls import NOBODY, OWN_STATE, SPOKEN_FOR, Audited, Locked, RowWall, SameState
from correspondence.models.notes import Note
from correspondence.querysets.notes import NoteScanQuerySet
from csirt_network.models.files import KeptFile
from member_states.models import MemberState

PERSON = settings.AUTH_USER_MODEL


class NoteScan(KeptFile):
    """A checked PDF or picture. Without a note it waits for the staff, and no state knows of it."""

    class Matched(models.TextChoices):
        PAGE = "page", _("Brought on the page of the note")
        TYPED = "typed", _("By the number that was typed")
        NAME = "name", _("By the number in the name of the file")
        TEXT = "text", _("By the number in the text of the file")
        HAND = "hand", pgettext_lazy("scan of a reply", "Matched by hand")

    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("member state")
    )
    note = models.ForeignKey(
        Note, on_delete=models.PROTECT, null=True, related_name="scans", verbose_name=_("note verbale")
    )
    matched = models.CharField(_("matched"), max_length=8, choices=Matched.choices, blank=True)
    found = models.CharField(_("numbers found on it"), max_length=200, blank=True)
    brought_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", verbose_name=_("brought by"))
    brought_at = models.DateTimeField(_("brought at"), auto_now_add=True)
    matched_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("matched by")
    )
    put_aside_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("put aside by")
    )
    why_put_aside = models.CharField(_("why it was put aside"), max_length=300, blank=True)

    objects = NoteScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan of a reply")
        verbose_name_plural = _("scans of replies")
        ordering = ("-brought_at", "-pk")
        indexes = (models.Index(name="note_scan_waiting", fields=("brought_at",), condition=models.Q(note=None)),)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="note_scan_matched_whole",
                condition=models.Q(note=None, state=None, matched="")
                | models.Q(~models.Q(matched=""), note__isnull=False, state__isnull=False, put_aside_by=None),
            ),
            models.CheckConstraint(
                name="note_scan_put_aside_because",
                condition=models.Q(put_aside_by=None, why_put_aside="")
                | models.Q(~models.Q(why_put_aside=""), put_aside_by__isnull=False),
            ),
            # A liaison brings what answers a note to the own state; all else the programme does.
            RowWall(
                name="note_scan_wall",
                read=OWN_STATE,
                write=NOBODY,
                becomes=f"{SPOKEN_FOR} AND brought_by_id = {{person}} AND matched = 'page'",
            ),
            SameState(name="note_scan_same_state", parent="note"),
            Locked(
                name="note_scan_locked",
                but=("state_id", "note_id", "matched", "matched_by_id", "put_aside_by_id", "why_put_aside"),
            ),
            Audited(name="note_scan_audited"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("note-scan-file", args=[self.token])
