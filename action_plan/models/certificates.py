"""Certificates of courses: what was true when it was issued, under a number that nobody can guess."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.models.training import PEOPLE, Course, Nomination
from action_plan.querysets.training import CertificateQuerySet
from common.walls import NOBODY, OWN_STATE, Audited, Locked, RowWall, SameState
from member_states.models import MemberState


class Certificate(models.Model):
    """Written once; it can only be revoked. One that replaces another says so.

    `number` is 20 letters and digits (99 bits); whoever has it may learn what verification says, and nothing else.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="certificates")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="certificates")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("course"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    hours = models.DecimalField(_("hours attended"), max_digits=6, decimal_places=1)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField(_("issued on"))
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PEOPLE)
    revoked_because = models.TextField(_("why it was revoked"), max_length=500, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("course", "name", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="certificate_once", fields=("nomination",), condition=Q(revoked_at=None)),
            models.CheckConstraint(
                name="certificate_revoked_by_whom",
                condition=Q(revoked_at=None, revoked_by=None, revoked_because="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_because="")),
            ),
            RowWall(name="certificate_wall", read=OWN_STATE, write=NOBODY),
            SameState(name="certificate_same_state", parent="nomination"),
            SameState(name="certificate_same_course", parent="nomination", column="course_id"),
            SameState(name="certificate_replaces_same_state", parent="replaces"),
            Locked(name="certificate_locked", but=("revoked_at", "revoked_by_id", "revoked_because")),
            Audited(name="certificate_audited"),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.spelled}"

    def get_absolute_url(self) -> str:
        return reverse("certificate-verify", args=[self.spelled])

    @property
    def spelled(self) -> str:
        """ABCDE-FGHJK-MNPQR-STVWX, as people read it."""
        return "-".join(self.number[at : at + 5] for at in range(0, 20, 5))

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None
