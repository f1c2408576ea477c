"""The points of contact of each state: named by a note, ended by a note, and kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.walls import NOBODY, OTHER_STATES, OWN_STATE, Audited, Locked, RowWall, SameState
from correspondence.querysets.contacts import PointOfContactQuerySet
from member_states.models import MemberState

PERSON = settings.AUTH_USER_MODEL


class PointOfContact(models.Model):
    """Whom a state named to the programme, by a note of its own; an account in the portal is another matter.

    `named_note` and `ended_note` are notes of the programme that this answers, where there was one; the references are
    the state's own numbers. `confirmed_on` is when the state last said that it holds.
    """

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("member state"))
    name = models.CharField(_("name"), max_length=150)
    post = models.CharField(_("post"), max_length=200, blank=True)
    institution = models.CharField(_("institution"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed on"))
    named_note = models.ForeignKey(
        "correspondence.Note",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="named",
        verbose_name=_("answers the note"),
    )
    named_reference = models.CharField(_("number of the state’s note"), max_length=80)
    ended_note = models.ForeignKey(
        "correspondence.Note",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ended",
        verbose_name=_("ended in answer to the note"),
    )
    ended_reference = models.CharField(_("number of the state’s note that ended it"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("end recorded by")
    )
    edited = models.PositiveIntegerField(default=0, editable=False)

    objects = PointOfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of contact")
        verbose_name_plural = _("points of contact")
        ordering = ("state", "-starts_on", "-pk")
        indexes = (models.Index(name="point_of_contact_by_state", fields=("state", "ends_on")),)
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="point_of_contact_once", fields=("state", "email"), condition=models.Q(ended_by=None)
            ),
            models.CheckConstraint(
                name="point_of_contact_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="point_of_contact_ended_by_a_note",
                condition=models.Q(ends_on=None, ended_by=None, ended_reference="", ended_note=None)
                | models.Q(~models.Q(ended_reference=""), ends_on__isnull=False, ended_by__isnull=False),
            ),
            RowWall(name="point_of_contact_wall", read=OWN_STATE, write=NOBODY, staff_write=OTHER_STATES),
            SameState(name="point_of_contact_named_same_state", parent="named_note"),
            SameState(name="point_of_contact_ended_same_state", parent="ended_note"),
            # Once it has ended it is history; nothing of it is ever deleted.
            Locked(
                name="point_of_contact_locked",
                but=("post", "institution", "email", "phone", "language", "confirmed_on", "ends_on", "ended_note_id",
                     "ended_reference", "ended_by_id", "edited"),
            ),
            Audited(name="point_of_contact_audited"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('contact-points', args=[self.state.slug])}#contact-{self.pk}"
