from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from action_plan.querysets.calendar_feeds import CalendarFeedQuerySet
from common.walls import ONLY_ME, Audited, RowWall
from member_states.models import MemberState

ME_OR_PORTAL = f"{ONLY_ME} OR {{person}} IS NULL"  # of the programme: its own work, and nobody of its staff


class CalendarFeed(models.Model):
    """Opens a calendar (RFC 5545) by its address: of all that the person may read, of a state, or of the own work.

    Only the digest of the secret is kept. What it shows is what the person may read at that moment.
    """

    MOST: ClassVar[int] = 10  # usable ones of one person
    DAYS: ClassVar[int] = 365

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds", verbose_name=_("person")
    )
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("state")
    )
    is_own_work = models.BooleanField(_("only what the person is responsible for"), default=False)
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = (
            RowWall(
                name="calendar_feed_wall",
                read=ONLY_ME,
                write=ONLY_ME,
                staff_read=ME_OR_PORTAL,
                staff_write=ME_OR_PORTAL,
            ),
            Audited(name="calendar_feed_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        """A code of the house's table of status words."""
        if self.revoked_at:
            return "revoked"
        return "active" if self.expires_at > timezone.now() else "expired"
