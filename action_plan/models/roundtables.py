"""Point 1: what states showed each other at a roundtable."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from action_plan.models.activities import SEES_ACTIVITY, Activity
from action_plan.querysets.points import PresentationQuerySet
from common.translated import Translated
from common.walls import NOBODY, Audited, RowWall
from documents.models import Source
from member_states.models import MemberState


class Presentation(models.Model):
    """As far as a source says: a state without a subject, a subject without a state, or both."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="presentations")
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("state")
    )
    subject_en = models.CharField(_("subject in English"), max_length=200, blank=True)
    subject_es = models.CharField(_("subject in Spanish"), max_length=200, blank=True)
    subject_fr = models.CharField(_("subject in French"), max_length=200, blank=True)
    subject_pt_br = models.CharField(_("subject in Portuguese"), max_length=200, blank=True)
    as_host = models.BooleanField(_("as host"), default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    subject = Translated("subject", or_any=True)

    objects = PresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")
        ordering = ("activity", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="presentation_of_something", condition=models.Q(state__isnull=False) | ~models.Q(subject_en="")
            ),
            models.UniqueConstraint(
                name="presentation_once", fields=("activity", "state", "subject_en"), nulls_distinct=False
            ),
            RowWall(name="presentation_wall", read=SEES_ACTIVITY, write=NOBODY),
            Audited(name="presentation_audited"),
        )

    def __str__(self) -> str:
        return f"{self.state or ''} {self.subject}".strip()
