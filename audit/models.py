"""The seal on the audit trail: what was once written there cannot be edited, dropped or swapped unseen.

Each entry leaves its fingerprint in ``Fingerprint`` when it is written, whoever may read the entry itself. Once a
minute the sealer (sealing.py) puts the fingerprints that no seal holds yet under a new ``Seal``, whose digest takes in
the one before it. The newest digest, the head, is logged and mailed, so that it also stands outside of this database.
"""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.audit import IS_ADMINISTRATOR
from audit.querysets import FingerprintQuerySet, SealQuerySet, TallyQuerySet
from common.walls import EVERYBODY, NOBODY, Locked, RowWall


class Seal(models.Model):
    """`digest` is the SHA-256, in hex, of the digest before it, of its own number, count and time, and of its
    fingerprints in the order of the entries.
    """

    made_at = models.DateTimeField(_("made at"), db_default=Now())
    entries = models.PositiveIntegerField(_("entries"))
    previous = models.CharField(_("digest before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ("id",)
        constraints = (
            RowWall(name="seal_wall", read=IS_ADMINISTRATOR, write=NOBODY, staff_write=NOBODY, staff_becomes=EVERYBODY),
            Locked(name="seal_locked"),
        )

    def __str__(self) -> str:
        return self.head

    @property
    def head(self) -> str:
        """As it is logged and mailed, and as `manage.py verify_audit --head` takes it."""
        return f"{self.pk}:{self.digest}"


class Fingerprint(models.Model):
    """The SHA-256 of one audit entry, in hex; made by a trigger with the entry, and sealed once."""

    entry_id = models.BigIntegerField(_("audit entry"), primary_key=True)
    digest = models.CharField(_("digest"), max_length=64)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, related_name="fingerprints")

    objects = FingerprintQuerySet.as_manager()

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        ordering = ("entry_id",)
        indexes = (models.Index(name="fingerprint_unsealed", fields=("entry_id",), condition=models.Q(seal=None)),)
        constraints = (
            # The trigger writes with the rights of whoever made the change; only the programme's own work reads.
            RowWall(name="fingerprint_wall", read=NOBODY, write=NOBODY, becomes=EVERYBODY),
            Locked(name="fingerprint_locked", but=("seal_id",)),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.digest}"


class Tally(models.Model):
    """How many seals were ever made, in one row: a chain that was cut at its end has fewer, and is whole otherwise.

    Counted in the transaction of the seal. The numbers of seals prove nothing: what is rolled back uses one up, and
    PostgreSQL skips up to 32 when it recovers from a crash or is restored.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    seals = models.BigIntegerField(_("seals made"))

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of seals")
        verbose_name_plural = _("counts of seals")
        constraints = (models.CheckConstraint(name="one_tally", condition=models.Q(id=1)),)

    def __str__(self) -> str:
        return str(self.seals)
