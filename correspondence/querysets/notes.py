"""A note is read by the one state it was issued to, and by the programme's staff; a draft by staff alone."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from common.days import today
from common.scope import reach_of
from correspondence.purposes import WITH_CLOCK, Status

if TYPE_CHECKING:
    from correspondence.models import Note, NoteScan, NoteSerial

WHOLE = ("state", "round", "course__activity", "version__plan__state", "application__team", "team", "contact")


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states, number__isnull=False)

    def whole(self) -> Self:
        """With what its lines and its letter say."""
        return self.select_related(*WHOLE)

    def drafts(self) -> Self:
        return self.filter(status=Status.DRAFT)

    def issued_as(self, numbers: Iterable[tuple[int, int]]) -> Self:
        """By (number, year)."""
        asked = Q(pk__in=())
        for number, year in numbers:
            asked |= Q(number=number, year=year)
        return self.filter(asked)

    def with_clock(self) -> Self:
        """A reply is asked for, and was not recorded."""
        return self.filter(status__in=WITH_CLOCK, reply_due_on__isnull=False)

    def overdue(self) -> Self:
        return self.with_clock().filter(reply_due_on__lt=today())

    def with_reply_brought(self) -> Self:
        """Adds `has_scan`: something came back on paper, after what was recorded of it."""
        return self.annotate(has_scan=self._scans())

    def without_reply(self) -> Self:
        return self.filter(~self._scans())

    def _scans(self) -> Exists:
        """An acknowledgement that was recorded is no reply that waits to be read."""
        scans: Any = self.model._meta.get_field("scans").related_model
        since = Coalesce(OuterRef("recorded_at"), F("brought_at"))
        return Exists(scans.objects.filter(note=OuterRef("pk"), brought_at__gte=since))

    def to_record(self) -> Self:
        """What came back was not read yet."""
        return self.with_reply_brought().filter(status__in=WITH_CLOCK, has_scan=True)


class NoteScanQuerySet(models.QuerySet["NoteScan"]):
    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states)

    def unmatched(self) -> Self:
        return self.filter(note=None, put_aside_by=None)


class NoteSerialQuerySet(models.QuerySet["NoteSerial"]):
    def visible_to(self, user: Any) -> Self:
        return self if reach_of(user).staff else self.none()
