from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from accounts.querysets import ApiTokenQuerySet
from common.walls import Audited, SqlCheck


class ApiToken(models.Model):
    """Lets a program work in the name of a person, within `scopes` and until `expires_at`.

    Only the hash of the secret is kept. What the token reaches is what the person reaches at that moment.
    """

    class Scope(models.TextChoices):
        READ = "read", _("Read what you may read")
        SUBMIT = "submit", _("Send the update of your state, or answers of your team")

    MOST: ClassVar[int] = 10  # usable ones of one person

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=Scope.choices), verbose_name=pgettext_lazy("access token", "may")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ("-made_at", "-pk")
        constraints = (
            SqlCheck(
                name="api_token_has_scopes",
                check="cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'submit']::varchar[]",
            ),
            Audited(name="api_token_audited", state=""),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        """A code of the house's table of status words."""
        if self.revoked_at:
            return "revoked"
        return "active" if self.expires_at > timezone.now() else "expired"

    @property
    def scope_names(self) -> list[str]:
        return [str(self.Scope(scope).label) for scope in self.scopes]
