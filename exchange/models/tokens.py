"""By which a team's program signs in."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.walls import Audited, SqlCheck
from csirt_network.models import Team
from csirt_network.models.subscriptions import wall
from csirt_network.models.teams import OWN_TEAM
from exchange.querysets.tokens import MachineTokenQuerySet


class MachineToken(models.Model):
    """Reads and pushes as the team, while `made_by`, who made it, is a representative of the team.

    `key` is its public name (the user of HTTP Basic); of the secret only the digest is kept, SHA-256, for it has 256
    random bits. `networks`: from where it is taken, as CIDR; empty is from anywhere.
    """

    class Scope(models.TextChoices):
        READ = "read", _("Read what the team may read")
        PUSH = "push", _("Push objects in the name of the team")

    MOST: ClassVar[int] = 20  # usable ones of one team

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="machine_tokens", verbose_name=_("team"))
    name = models.CharField(_("name"), max_length=60)
    key = models.CharField(_("user name"), max_length=24, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=Scope.choices), verbose_name=pgettext_lazy("access token", "may")
    )
    networks = ArrayField(
        models.CharField(max_length=43), verbose_name=_("only from these networks"), default=list, blank=True
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    last_used_from = models.GenericIPAddressField(_("last used from"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = MachineTokenQuerySet.as_manager()

    is_represented: bool
    is_connected: bool

    class Meta:
        verbose_name = _("machine token")
        verbose_name_plural = _("machine tokens")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = (
            SqlCheck(
                name="machine_token_has_scopes",
                check="cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'push']::varchar[]",
            ),
            wall("machine_token_wall", OWN_TEAM),
            Audited(name="machine_token_audited", state="", private=True, without="last_used_from"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        """A code of the house's table of status words; of tokens found `with_standing`."""
        if self.revoked_at:
            return "revoked"
        if self.expires_at <= timezone.now():
            return "expired"
        return "stopped" if self.why_stopped else "active"

    @property
    def why_stopped(self) -> str:
        """What it rested on and is no more; of tokens found `with_standing`."""
        if not self.is_connected:
            return gettext("The team is not in the network today.")
        if not self.is_represented:
            return gettext("Whoever made it does not act for the team any more. Make a new one.")
        return ""

    @property
    def is_revocable(self) -> bool:
        """What has stopped may hold again, when a membership does."""
        return self.status in ("active", "stopped")

    @property
    def scope_names(self) -> list[str]:
        return [str(self.Scope(scope).label) for scope in self.scopes]
