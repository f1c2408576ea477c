"""What a program posted, and what became of each object (TAXII 2.1, section 4.3, status)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.walls import Audited
from csirt_network.models import Team
from csirt_network.models.subscriptions import work_wall
from csirt_network.models.teams import OWN_TEAM
from exchange import waiting_pushes
from exchange.models.collections import Collection
from exchange.models.tokens import MachineToken
from exchange.querysets.pushes import PushQuerySet
from notices.models import Job


class Push(Job):
    """Small posts are done at once and kept as done; large ones wait with their `body` for a worker,
    who does them while their `token` holds.

    `results`: per object, in the order they came, {"id", "version", "message"}; a message says why it was refused.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+", editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    token = models.ForeignKey(
        MachineToken, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("token"), editable=False
    )
    body = models.TextField(blank=True, editable=False)
    count = models.PositiveIntegerField(_("objects"), default=0, editable=False)
    successes = models.JSONField(default=list, editable=False)
    failures = models.JSONField(default=list, editable=False)

    objects = PushQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("push of objects")
        verbose_name_plural = _("pushes of objects")
        ordering = ("-queued_at", "-pk")
        constraints: ClassVar = (
            work_wall("push_of_objects_wall", OWN_TEAM),
            Audited(name="push_of_objects_audited", state="", private=True, without="body,successes,failures"),
        )

    def __str__(self) -> str:
        return str(self.uuid)

    def perform(self) -> None:
        waiting_pushes.perform(self)
