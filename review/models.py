"""The life of a submission, shared by everything that is submitted: abstract here, concrete per app with its state.

A generic foreign key can carry neither the row wall nor a composite key, so each app has tables of its own.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from review.states import Status


class Submittable(models.Model):
    """What is drafted, submitted, returned and accepted. `status` is changed by review/actions.py alone."""

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class Move(models.Model):
    """One change of status: who, when, from what to what, and why."""

    subject: models.ForeignKey  # the concrete table names what moves

    status_before = models.CharField(_("from"), max_length=10, choices=Status.choices)
    status_after = models.CharField(_("to"), max_length=10, choices=Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ("at", "pk")


class Snapshot(models.Model):
    """One round of submitting: numbered, locked, with everybody who ever wrote in it.

    `key` comes with the form: the same key sent again, however often, is the same snapshot.
    """

    key = models.UUIDField()
    number = models.PositiveSmallIntegerField(_("number"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    submitted_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    authors = ArrayField(models.BigIntegerField(), verbose_name=_("authors"))

    class Meta:
        abstract = True
        ordering: ClassVar = ("number",)


class Decision(models.Model):
    """What a reviewer decided of one answer. Reaches the state when it is released with all the others."""

    class Verdict(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        RETURN = "return", _("Return with a comment")

    verdict = models.CharField(_("decision"), max_length=6, choices=Verdict.choices)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_released = models.BooleanField(default=False, editable=False)
    authors = ArrayField(models.BigIntegerField(), editable=False)  # of the snapshot: nobody reviews what they wrote

    class Meta:
        abstract = True
