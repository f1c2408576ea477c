from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import FactorResetQuerySet, RecoveryCodeQuerySet
from common.walls import Audited, Locked


class RecoveryCode(models.Model):
    """Lets a person in once who has lost the second factor. Only its hash is kept."""

    HOW_MANY: ClassVar[int] = 10

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes", verbose_name=_("person"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    used_at = models.DateTimeField(_("used"), null=True, editable=False)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        ordering = ("person", "pk")
        constraints = (Audited(name="recovery_code_audited", state=""),)

    def __str__(self) -> str:
        return f"{self.person}, {self.made_at:%Y-%m-%d}"


class FactorReset(models.Model):
    """That somebody's second factor was taken away, by whom and why; `by` is empty for the operator of the server."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets", verbose_name=_("person"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = _("reset of a second factor")
        verbose_name_plural = _("resets of second factors")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(name="factor_reset_has_a_reason", condition=~models.Q(reason="")),
            Audited(name="factor_reset_audited", state=""),
            Locked(name="factor_reset_locked"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.at:%Y-%m-%d}"
