"""What triggers cannot see: that somebody read something."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from accounts.models import AuditEntry


def record_read(request: HttpRequest, instance: Model, *, private: bool = False) -> None:
    """Adds "read" to the audit trail of `instance`. A GET writes nothing: hand this to the middleware,

    request.after_response.append(lambda: record_read(request, file))

    `private` keeps the entry from staff, as with drafts.
    """
    record_reads(request, [instance], private=private)


def record_reads(request: HttpRequest, instances: Iterable[Model], *, private: bool = False) -> None:
    """The same for several, at once."""
    entries = [
        AuditEntry(
            by_id=request.user.pk,
            page=f"{request.method} {request.path}"[:250],
            verb=AuditEntry.Verb.READ,
            model=instance._meta.label_lower,
            object_id=instance.pk,
            state_id=_state_of(instance),
            is_private=private,
        )
        for instance in instances
    ]
    # Nothing comes back: whoever reads need not be allowed to read the trail.
    AuditEntry.objects.bulk_create(entries, ignore_conflicts=True)


def _state_of(instance: Any) -> int | None:
    return getattr(instance, "state_id", None)
