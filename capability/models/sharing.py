"""Who chose, and when, who sees what a state had accepted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from capability.querysets import SharingChangeQuerySet
from common.walls import NOBODY, OWN_STATE, Audited, Locked, RowWall
from member_states.models import MemberState, Sharing


class SharingChange(models.Model):
    """One change of sharing; written with it, and never again."""

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="sharing_changes")
    before = models.CharField(_("before"), max_length=10, choices=Sharing.choices)
    after = models.CharField(_("after"), max_length=10, choices=Sharing.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = SharingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of sharing")
        verbose_name_plural = _("changes of sharing")
        ordering = ("-at", "-pk")
        constraints = (
            RowWall(name="sharing_change_wall", read=OWN_STATE, write=NOBODY),
            Locked(name="sharing_change_locked"),
            Audited(name="sharing_change_audited"),
        )

    def __str__(self) -> str:
        return f"{self.state}: {self.get_after_display()}"
