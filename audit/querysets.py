"""Who sees the seals: programme staff and administrators; they tell nothing of what the entries say."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from audit.models import Fingerprint, Seal, Tally


class SealQuerySet(models.QuerySet["Seal"]):
    def visible_to(self, user: Any) -> "SealQuerySet":
        return self if user.is_authenticated and (user.is_programme_staff or user.is_staff) else self.none()


class FingerprintQuerySet(models.QuerySet["Fingerprint"]):
    def visible_to(self, user: Any) -> "FingerprintQuerySet":
        return self if user.is_authenticated and user.is_programme_staff else self.none()

    def unsealed(self) -> "FingerprintQuerySet":
        return self.filter(seal=None)


class TallyQuerySet(models.QuerySet["Tally"]):
    def visible_to(self, user: Any) -> "TallyQuerySet":
        return self if user.is_authenticated and user.is_programme_staff else self.none()
