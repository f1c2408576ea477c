from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import SentKeyQuerySet


class SentKey(models.Model):
    """What a program sent with this key made `made`, a row of what `asked` names.

    Nothing of what was sent or answered is kept: the answer is made anew, in the reach its reader has by then.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sent_keys", verbose_name=_("person"))
    key = models.UUIDField(_("key"))
    asked = models.CharField(max_length=64, editable=False)  # a keyed hash of address and body
    made = models.BigIntegerField(editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = SentKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a sending")
        verbose_name_plural = _("keys of sendings")
        ordering = ("-made_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="one_sending_of_a_key"),)
        indexes = (models.Index(fields=("made_at",), name="sent_key_made_at"),)

    def __str__(self) -> str:
        return str(self.key)
